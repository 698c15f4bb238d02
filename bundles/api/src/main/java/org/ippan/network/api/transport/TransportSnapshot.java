// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import org.ippan.network.api.snapshot.Measure;

/**
 * What the transport tells about itself.
 *
 * @param boundAddress where it listens, or empty
 * @param listenError why it does not listen, or empty
 * @param tls whether connections are encrypted and authenticated
 * @param connections connections open, handshakes included
 * @param pendingHandshakes connections whose handshake is not finished
 * @param accepted connections accepted
 * @param refused connections refused at accept: by rate, by number, by address
 * @param refusedByRate of these, those over {@code acceptPerSecond}
 * @param refusedPending of these, those over {@code maxPendingPerAddress}
 * @param handshakesGivenUp handshakes given up for newer ones, over {@code maxPendingHandshakes}
 * @param handshakesFailed handshakes that failed or took too long
 * @param queuedBytes bytes that wait to be sent: control frames queued, and what sockets have not taken yet
 * @param framesDropped control frames dropped because the queue of their connection was full
 * @param bytesRead bytes read from sockets, all frames
 * @param bytesWritten bytes written to sockets, all frames
 * @param codecs codecs for payloads, as named to new connections
 * @param bodiesCompressed payloads published here that were compressed
 * @param compressionSavedBytes bytes they got shorter
 * @param bodiesIncompressible payloads published here, long enough, that were not worth compressing
 * @param bodiesInflated payloads from peers that were inflated, duplicates included
 * @param inflateFailures payloads from peers that were not what their codec makes
 * @param ratePausedConnections connections not read just now because messages came over their rate
 * @param ratePausedMillis time for which connections were not read because of their rate, summed over them
 * @param framesIgnored control frames ignored because they came over their rate
 * @param shapedConnections connections that wait to send for a rate just now
 * @param shapedMillis time for which connections waited to send for a rate, summed over them
 * @param bytesShaped bytes sent while a rate was set
 * @param shapingAllowance bytes all connections together may send at once
 */
public record TransportSnapshot(
        @Measure("Address the node listens on; empty while it does not.") String boundAddress,
        @Measure("Why the node does not listen; empty if it does.") String listenError,
        @Measure("Whether connections are encrypted and authenticated.") boolean tls,
        @Measure(value = "Connections open, handshakes included.", unit = "connections") int connections,
        @Measure(value = "Connections whose handshake is not finished.", unit = "connections") int pendingHandshakes,
        @Measure(value = "Connections accepted.", unit = "connections", counter = true) long accepted,
        @Measure(value = "Connections refused at accept, by rate, number or address.", unit = "connections",
                counter = true) long refused,
        @Measure(value = "Connections refused at accept because of acceptPerSecond.", unit = "connections",
                counter = true) long refusedByRate,
        @Measure(value = "Connections refused at accept because of maxPendingPerAddress.", unit = "connections",
                counter = true) long refusedPending,
        @Measure(value = "Handshakes given up for newer ones because of maxPendingHandshakes.", unit = "connections",
                counter = true) long handshakesGivenUp,
        @Measure(value = "Handshakes that failed or took too long.", unit = "connections", counter = true)
        long handshakesFailed,
        @Measure(value = "Bytes that wait to be sent: control frames queued, and what sockets have not taken yet.",
                unit = "bytes") long queuedBytes,
        @Measure(value = "Control frames dropped because the queue of their connection was full.", unit = "frames",
                counter = true) long framesDropped,
        @Measure(value = "Bytes of frames read from sockets.", unit = "bytes", counter = true) long bytesRead,
        @Measure(value = "Bytes of frames written to sockets.", unit = "bytes", counter = true) long bytesWritten,
        @Measure("Codecs for payloads, as named to new connections.") String codecs,
        @Measure(value = "Payloads published here that were compressed.", unit = "messages", counter = true)
        long bodiesCompressed,
        @Measure(value = "Bytes by which payloads got shorter when they were compressed.", unit = "bytes",
                counter = true) long compressionSavedBytes,
        @Measure(value = "Payloads published here, long enough, that were not worth compressing.",
                unit = "messages", counter = true) long bodiesIncompressible,
        @Measure(value = "Compressed payloads from peers that were inflated, duplicates included.",
                unit = "messages", counter = true) long bodiesInflated,
        @Measure(value = "Compressed payloads from peers that were not what their codec makes.",
                unit = "messages", counter = true) long inflateFailures,
        @Measure(value = "Connections not read just now because messages come over inboundMessagesPerSecond or "
                + "inboundBytesPerSecond.", unit = "connections") int ratePausedConnections,
        @Measure(value = "Time for which connections were not read because of these rates, summed over them.",
                unit = "milliseconds", counter = true) long ratePausedMillis,
        @Measure(value = "Control frames ignored because they came over controlFramesPerSecond.", unit = "frames",
                counter = true) long framesIgnored,
        @Measure(value = "Connections that wait just now to send, for outboundBytesPerSecond or "
                + "peerOutboundBytesPerSecond.", unit = "connections") int shapedConnections,
        @Measure(value = "Time for which connections waited to send for these rates, summed over them.",
                unit = "milliseconds", counter = true) long shapedMillis,
        @Measure(value = "Bytes of frames sent while such a rate was set.", unit = "bytes", counter = true)
        long bytesShaped,
        @Measure(value = "Bytes all connections together may send at once under outboundBytesPerSecond; below 0 while "
                + "they wait, 0 if it is off.", unit = "bytes") long shapingAllowance) {
}
