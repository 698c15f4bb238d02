// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.random.RandomGenerator;

/**
 * Mixes all 256 bits of an id with a secret, so that no peer can choose ids that meet in the index. The products
 * are NH of UMAC (Black, Halevi, Krawczyk, Krovetz, Rogaway 1999), whose collisions are as rare as 2^-63 for two ids
 * chosen without the key; the multiplications after it spread sequences such as counters, which linear probing
 * would otherwise pile up. Immutable.
 */
final class KeyedHash {

    /** An odd number without structure: 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final long key0;
    private final long key1;
    private final long key2;
    private final long key3;
    private final long low;
    private final long high;

    /** Draws the secret. */
    KeyedHash(RandomGenerator random) {
        key0 = random.nextLong();
        key1 = random.nextLong();
        key2 = random.nextLong();
        key3 = random.nextLong();
        low = random.nextLong() | 1;
        high = random.nextLong() | 1;
    }

    /** The hash of an id, its most significant bits being the best. */
    long of(long word0, long word1, long word2, long word3) {
        long a = word0 + key0;
        long b = word1 + key1;
        long c = word2 + key2;
        long d = word3 + key3;
        long mixed = (a * b + c * d) * low + (Math.multiplyHigh(a, b) + Math.multiplyHigh(c, d)) * high;
        mixed = (mixed ^ mixed >>> 32) * SPREAD;
        return (mixed ^ mixed >>> 29) * SPREAD;
    }
}
