// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

/**
 * Rates over one span of time.
 *
 * @param messagesSent messages sent a second
 * @param messagesReceived messages received a second
 * @param bytesSent bytes sent a second
 * @param bytesReceived bytes received a second
 */
public record Rates(double messagesSent, double messagesReceived, double bytesSent, double bytesReceived) {

    /** Nothing moved. */
    public static final Rates ZERO = new Rates(0, 0, 0, 0);
}
