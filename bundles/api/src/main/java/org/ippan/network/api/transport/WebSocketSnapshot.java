// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import org.ippan.network.api.snapshot.Measure;

/**
 * What links inside WebSocket tell beside what the transport tells of all links.
 *
 * @param boundAddress where it listens, or empty
 * @param listenError why it does not listen, or empty
 * @param opened connections that became streams
 * @param refused requests refused
 * @param forwarded connections that a trusted proxy opened for a client that it named
 * @param unnamed connections that a trusted proxy opened without naming a client
 * @param pingsIgnored pings over their rate
 * @param certificateEndsMillis when the certificate ends that clients are shown, or the first that certifies it, in
 *        milliseconds since 1970; 0 if they are shown none
 */
public record WebSocketSnapshot(
        @Measure("Address the node accepts WebSocket connections at; empty while it does not.") String boundAddress,
        @Measure("Why the node accepts no WebSocket connections; empty if it does, or only dials.") String listenError,
        @Measure(value = "WebSocket connections that were opened, by either side.", unit = "connections",
                counter = true) long opened,
        @Measure(value = "Requests refused because they asked for another path or no WebSocket, or came too often.",
                unit = "requests", counter = true) long refused,
        @Measure(value = "WebSocket connections that a trusted proxy opened, and said for which address.",
                unit = "connections", counter = true) long forwarded,
        @Measure(value = "WebSocket connections that came from a trusted proxy without a word for which address.",
                unit = "connections", counter = true) long unnamed,
        @Measure(value = "Pings of peers that were not answered because there were more than 2 a second.",
                unit = "frames", counter = true) long pingsIgnored,
        @Measure(value = "When the certificate of WebSocket connections ends, since 1970; 0 without one.",
                unit = "milliseconds") long certificateEndsMillis) {
}
