// SPDX-License-Identifier: Apache-2.0
/**
 * One connection from its dial or accept to its end, with the link and the heartbeat it carries. The transport
 * calls it with frames and events, and the packages above it decide what follows. Frames of an established link are
 * handled on the connection's I/O thread; everything that needs a decision goes to {@code ippan-peers-timer}.
 */
package org.ippan.network.peers.session;
