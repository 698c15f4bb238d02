// SPDX-License-Identifier: Apache-2.0
/**
 * The life of a connection, from its handshake to its end, and the list of all connections with the limits of who may
 * come in. The dialler and the core make connections, and the other bundles hold them through the interface of the
 * API. Any thread calls a connection or the list; what drives a connection runs on its event loop.
 */
package org.ippan.network.transport.connection;
