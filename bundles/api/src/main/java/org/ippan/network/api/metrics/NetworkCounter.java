// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

import org.ippan.network.api.snapshot.Described;

/** The counters of the network: JMX, Prometheus, shell and documents show exactly these. */
public enum NetworkCounter implements Described {
    /** Messages handed to sockets, once per peer. */
    MESSAGES_SENT("messages", "Messages handed to sockets, once per peer."),
    /** Messages received. */
    MESSAGES_RECEIVED("messages", "Messages received, duplicates included."),
    /** Messages that could not be sent. */
    MESSAGES_FAILED("messages", "Messages that could not be sent."),
    /** Frames and messages not used, for all reasons. */
    MESSAGES_DROPPED("messages", "Frames and messages not used, for all reasons."),
    /** Bytes of messages handed to sockets. */
    BYTES_SENT("bytes", "Bytes of messages handed to sockets."),
    /** Bytes of messages received. */
    BYTES_RECEIVED("bytes", "Bytes of messages received."),
    /** Connections established. */
    CONNECTIONS_OPENED("connections", "Connections established."),
    /** Connections that ended. */
    CONNECTIONS_CLOSED("connections", "Connections that ended."),
    /** Connections that could not be established. */
    CONNECTIONS_FAILED("connections", "Connections that could not be established.");

    private final String unit;
    private final String description;

    NetworkCounter(String unit, String description) {
        this.unit = unit;
        this.description = description;
    }

    /**
     * What is counted.
     *
     * @return for example {@code bytes}
     */
    @Override
    public String unit() {
        return unit;
    }

    @Override
    public String description() {
        return description;
    }
}
