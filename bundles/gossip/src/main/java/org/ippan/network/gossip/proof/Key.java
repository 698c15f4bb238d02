// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import org.ippan.network.gossip.wire.Neighbourhood.Proof;

/**
 * What fingerprints are made with: a polynomial of the words at a secret place, modulo 2^61 - 1 (Carter and Wegman
 * 1979). The place is chosen after the messages came, so that no publisher can make two rows of ids with one
 * fingerprint; a sum, an xor or any fixed function would let it.
 */
public final class Key {

    private static final long MODULUS = Proof.MODULUS;
    private static final int BITS = Long.bitCount(MODULUS);

    private final long place;

    /** A key of these bits. */
    public Key(long bits) {
        place = reduced(bits);
    }

    /** A fingerprint with one more word. */
    long fingerprint(long before, long word) {
        long high = Math.multiplyHigh(before, place);
        long low = before * place;
        long product = (high << Long.SIZE - BITS | low >>> BITS) + (low & MODULUS);
        return reduced(reduced(product) + reduced(word) + 1);
    }

    /** Modulo 2^61 - 1, unsigned. */
    private static long reduced(long any) {
        long folded = (any >>> BITS) + (any & MODULUS);
        return folded >= MODULUS ? folded - MODULUS : folded;
    }
}
