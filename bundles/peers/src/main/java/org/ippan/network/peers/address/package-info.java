// SPDX-License-Identifier: Apache-2.0
/**
 * Addresses and networks: how they are written, which of them lie in one network, and the signed records by which
 * peers pass them on. Settings, book, links and exchange call it. All of it is stateless or immutable, so any
 * thread may use it.
 */
package org.ippan.network.peers.address;
