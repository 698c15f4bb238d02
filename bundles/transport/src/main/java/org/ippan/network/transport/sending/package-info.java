// SPDX-License-Identifier: Apache-2.0
/**
 * The way out of a connection: the queue of its control frames, the rates that hold frames back, and the writer that
 * pulls messages from their source and hands all of it to the socket. The connection calls it. Any thread offers
 * control frames, says that there is something to pull, and asks how much waits; all else runs on the event loop of
 * the connection.
 */
package org.ippan.network.transport.sending;
