// SPDX-License-Identifier: Apache-2.0
/**
 * The handshake of a connection, and the rule that decides which of two connections to one peer stays. The
 * connections of the core call it when a connection opens and when a handshake frame arrives. It runs on {@code
 * ippan-peers-timer} only.
 */
package org.ippan.network.peers.handshake;
