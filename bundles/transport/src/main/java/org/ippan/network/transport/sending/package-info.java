// SPDX-License-Identifier: Apache-2.0
/**
 * The way out of a connection: its queue, the rates that hold frames back, and the writer that hands them to the
 * socket. The connection calls it, and the core sets the budget that all queues share. Any thread offers frames and
 * asks how full the queue is; all else runs on the event loop of the connection.
 */
package org.ippan.network.transport.sending;
