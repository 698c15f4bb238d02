// SPDX-License-Identifier: Apache-2.0
/**
 * TLS 1.3 with keys as identities: which key this node shows, which it trusts, and who a peer proved to be. The parts
 * that open a stream call it, and the core to warm it up. Engines belong to the event loop of their connection; all
 * else is safe for any thread.
 */
package org.ippan.network.transport.tls;
