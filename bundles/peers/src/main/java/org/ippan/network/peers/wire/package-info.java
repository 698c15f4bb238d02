// SPDX-License-Identifier: Apache-2.0
/**
 * The bodies of the frames by which a connection begins and ends, and the hashes of the handshake. Sessions and the
 * handshake call it. All of it is stateless or immutable, so any thread may use it.
 */
package org.ippan.network.peers.wire;
