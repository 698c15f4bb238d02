// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

/** Why a node closes a connection; the code is the value on the wire. */
public enum GoodbyeReason {
    /** The node stops. */
    SHUTDOWN(1),
    /** Another network id. */
    WRONG_NETWORK(2),
    /** No common version of the protocol. */
    VERSION(3),
    /** The peer is not who it should be, does not know the key, or is not on the list. */
    AUTH(4),
    /** The node talks to itself. */
    SELF(5),
    /** Another connection to the same peer stays. */
    DUPLICATE(6),
    /** A limit of connections is reached. */
    TOO_MANY(7),
    /** The peer is banned. */
    BANNED(8),
    /** Control frames came too fast for too long. */
    RATE_LIMIT(9),
    /** Something broke the protocol. */
    PROTOCOL_ERROR(10),
    /** The peer takes nothing. */
    SLOW_PEER(11),
    /** The peer does not answer. */
    TIMEOUT(12),
    /** The node stops and comes back. */
    RESTARTING(13);

    private static final GoodbyeReason[] BY_CODE = values();

    private final int code;

    GoodbyeReason(int code) {
        this.code = code;
    }

    /**
     * The reason with this code.
     *
     * @param code value on the wire
     * @return the reason; {@link #SHUTDOWN} for one nobody knows
     */
    public static GoodbyeReason of(int code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : SHUTDOWN;
    }

    /**
     * Value on the wire.
     *
     * @return 1 to 13
     */
    public int code() {
        return code;
    }
}
