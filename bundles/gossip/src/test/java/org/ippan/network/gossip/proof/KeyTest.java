// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyTest {

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
    private static final long[] ODD = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 61) - 1, 1L << 61,
            (1L << 61) - 2};

    private static BigInteger unsigned(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }

    private static void assertAsInSchool(long key, long before, long word) {
        BigInteger expected = unsigned(before).multiply(unsigned(key)).add(unsigned(word)).add(BigInteger.ONE)
                .mod(MODULUS);
        assertEquals(expected.longValue(), new Key(key).fingerprint(before, word));
    }

    @Test
    void shouldCountModuloAPrimeNumber() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            assertAsInSchool(random.nextLong(), random.nextLong() >>> 4, random.nextLong());
        }
        for (long key : ODD) {
            for (long word : ODD) {
                assertAsInSchool(key, 0, word);
                assertAsInSchool(key, (1L << 61) - 2, word);
            }
        }
    }

    /** What no xor or sum would tell apart. */
    @Test
    void shouldTellOrdersApart() {
        Key key = new Key(12345);

        assertNotEquals(key.fingerprint(key.fingerprint(0, 1), 2), key.fingerprint(key.fingerprint(0, 2), 1));
        assertNotEquals(key.fingerprint(0, 0), key.fingerprint(key.fingerprint(0, 0), 0));
    }

    @Test
    void shouldMakeKeysThatDifferByTheirSecretAndFromEachOther() {
        Keys keys = new Keys(1);
        long first = keys.next();

        assertEquals(first, new Keys(1).next());
        assertNotEquals(first, keys.next());
        assertNotEquals(first, new Keys(2).next());
    }
}
