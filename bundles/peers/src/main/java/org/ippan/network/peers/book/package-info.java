// SPDX-License-Identifier: Apache-2.0
/**
 * The addresses that this node knows, how long each one waits for its next dial, and the file that keeps them over
 * restarts. Links, dialling, exchange and operators call it. It changes on {@code ippan-peers-timer} only and may
 * be read on any thread; the file is written on {@code ippan-peers-book}.
 */
package org.ippan.network.peers.book;
