// SPDX-License-Identifier: Apache-2.0
/**
 * The way in: bytes are cut into frames and checked, and a peer that sends more than its rate is read later. The
 * connection calls it and is told of frames and faults. It runs on the event loop of the connection, and other threads
 * only ask whether reading is paused.
 */
package org.ippan.network.transport.receiving;
