// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;

/** Peers and message ids with names, the same in every test. */
public final class Peers {

    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private Peers() {
    }

    /** A peer. */
    public static PeerId alice() {
        return peer(0xA11CE);
    }

    /** Another peer. */
    public static PeerId bob() {
        return peer(0xB0B);
    }

    /** A third peer. */
    public static PeerId carol() {
        return peer(0xCA201);
    }

    /** The peer of this number. */
    public static PeerId peer(long number) {
        return PeerId.of(number * SPREAD, number + 1, ~number, number << Integer.SIZE);
    }

    /** The message id of this number. */
    public static MessageId messageId(long number) {
        return MessageId.of(number * SPREAD, number, number ^ SPREAD, -number);
    }
}
