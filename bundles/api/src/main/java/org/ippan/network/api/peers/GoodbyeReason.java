// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import org.ippan.network.api.snapshot.Described;

/** Why a node closes a connection; the code is the value on the wire. */
public enum GoodbyeReason implements Described {
    /** The node stops. */
    SHUTDOWN(1, "The node stops."),
    /** Another network id. */
    WRONG_NETWORK(2, "Another network id."),
    /** No common version of the protocol. */
    VERSION(3, "No common version of the protocol."),
    /** The peer is not who it says, or is not on the list. */
    AUTH(4, "Not who it says, or not on the list."),
    /** The node talks to itself. */
    SELF(5, "The node talked to itself."),
    /** Another connection to the same peer stays. */
    DUPLICATE(6, "Another connection to the same peer stayed."),
    /** A limit of connections is reached. */
    TOO_MANY(7, "A limit of connections was reached."),
    /** The peer is banned. */
    BANNED(8, "The peer is banned."),
    /** Control frames came too fast for too long. */
    RATE_LIMIT(9, "Control frames came too fast for too long."),
    /** Something broke the protocol. */
    PROTOCOL_ERROR(10, "Something broke the protocol."),
    /** The peer takes nothing. */
    SLOW_PEER(11, "The peer took nothing."),
    /** The peer does not answer. */
    TIMEOUT(12, "The peer did not answer."),
    /** The node stops and comes back. */
    RESTARTING(13, "The node stops and comes back."),
    /** The peer does not prove that it has the key of the network. */
    NETWORK_KEY(14, "Another network key."),
    /** Another peer was expected where this one was dialled. */
    OTHER_PEER(15, "Another peer was expected at the address.");

    private static final GoodbyeReason[] BY_CODE = values();

    private final int code;
    private final String description;

    GoodbyeReason(int code, String description) {
        this.code = code;
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    /**
     * The reason with this code.
     *
     * @param code value on the wire
     * @return the reason; {@link #SHUTDOWN} for an unknown one
     */
    public static GoodbyeReason of(int code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : SHUTDOWN;
    }

    /** {@return its value on the wire: 1 to 15} */
    public int code() {
        return code;
    }
}
