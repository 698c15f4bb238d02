// SPDX-License-Identifier: Apache-2.0
/**
 * Peer exchange: asks peers for addresses of others, and answers when they ask; what discovery services find, and what
 * services that know addresses of this node tell. The core calls it at every tick and when services come and go,
 * and the links call it with the frames of this protocol. Frames arrive on I/O threads of the transport, which only
 * check their form; everything else runs on {@code ippan-peers-timer}.
 */
package org.ippan.network.peers.exchange;
