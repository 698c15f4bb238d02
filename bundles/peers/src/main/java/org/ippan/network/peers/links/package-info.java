// SPDX-License-Identifier: Apache-2.0
/**
 * All connections of this node with the peers behind them, the limits on their number, and the probes that show
 * whether a peer still answers. The handshake, the dialling, the exchange and the core call it. It changes on
 * {@code ippan-peers-timer} only; any thread may read which peers are connected.
 */
package org.ippan.network.peers.links;
