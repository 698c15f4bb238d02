// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

/** Why a score changed. Carries no points: what a cause costs is configured with the kind of record. */
public enum Cause {
    /** A first copy of a valid message came from the peer. */
    MESSAGE_ACCEPTED,
    /** In {@code direct} mode, a message was handed to the peer. */
    MESSAGE_SENT,
    /** In {@code direct} mode, a message could not be handed to the peer. */
    SEND_FAILED,
    /** A validator rejected a message the peer delivered. */
    MESSAGE_REJECTED,
    /** A frame or body broke the protocol. */
    PROTOCOL_ERROR,
    /** Control frames came faster than allowed for 30 seconds. */
    RATE_LIMIT,
    /** The peer announced many messages in a row and sent none of them when it was asked to. */
    PROMISE_BROKEN,
    /** A heartbeat was not answered. */
    PING_MISSED,
    /** A frame was begun and never completed. */
    FRAME_STALLED,
    /** The peer took nothing for too long while data waited for it, and nothing came from it either. */
    WRITE_STALLED,
    /** The connection was reset while data was queued for the peer. */
    CONNECTION_RESET,
    /** The peer could not be reached. */
    DIAL_FAILED,
    /** An operator or an application said so. */
    MANUAL
}
