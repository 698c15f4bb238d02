// SPDX-License-Identifier: Apache-2.0
/**
 * Streams inside WebSocket connections: the upgrade of HTTP at both ends, the way through proxies, the outer TLS, and
 * bytes as binary messages. The core of the transport has it carry connections, and the component gives it settings.
 * Handlers are confined to the event loop of their channel; everything else is safe for any thread.
 */
package org.ippan.network.transport.websocket;
