// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

import org.ippan.network.api.snapshot.Measure;

/**
 * Rates over one span of time.
 *
 * @param messagesSent messages sent a second
 * @param messagesReceived messages received a second
 * @param bytesSent bytes sent a second
 * @param bytesReceived bytes received a second
 */
public record Rates(
        @Measure(value = "Messages sent.", unit = "messages/s") double messagesSent,
        @Measure(value = "Messages received.", unit = "messages/s") double messagesReceived,
        @Measure(value = "Bytes sent.", unit = "bytes/s") double bytesSent,
        @Measure(value = "Bytes received.", unit = "bytes/s") double bytesReceived) {

    /** Nothing moved. */
    public static final Rates ZERO = new Rates(0, 0, 0, 0);
}
