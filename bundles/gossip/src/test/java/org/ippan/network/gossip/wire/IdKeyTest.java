// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdKeyTest {

    private static final int MANY = 10_000;

    private final SplittableRandom random = new SplittableRandom(7);

    private static IdKey key(long first, long second, long third, long fourth) {
        IdKey key = new IdKey();
        key.set(first, second, third, fourth);
        return key;
    }

    private static void assertSpread(Stream<IdKey> keys) {
        Set<Integer> codes = keys.map(IdKey::hashCode).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(codes.size() > MANY - MANY / 100, codes.size() + " hash codes of " + MANY);
    }

    /** What peers would announce to have all ids in one bucket, were codes made of the words alone. */
    @Test
    void shouldSpreadIdsThatAreChosenToCollide() {
        assertSpread(Stream.generate(random::nextLong).limit(MANY).map(word -> key(word, word, 0, 0)));
        assertSpread(Stream.generate(random::nextLong).limit(MANY).map(word -> key(1, word, 2, word)));
        assertSpread(Stream.iterate(0L, word -> word + (1L << 32 | 1)).limit(MANY).map(word -> key(word, 0, 0, 0)));
        assertSpread(Stream.iterate(0L, word -> word + (1L << 48)).limit(MANY).map(word -> key(0, 0, 0, word >>> 20)));
    }

    /** A table looks at the low bits only: what differs at the top of a word has to reach them. */
    @Test
    void shouldSpreadIdsOverATableThatDifferInTheirHighestBits() {
        for (int word = 0; word < 3; word++) {
            Set<Integer> buckets = new TreeSet<>();
            for (long i = 0; i < 1024; i++) {
                long[] words = new long[4];
                words[word] = i << 54;
                int code = key(words[0], words[1], words[2], words[3]).hashCode();
                buckets.add((code ^ code >>> 16) & 1023);
            }

            assertTrue(buckets.size() > 512, buckets.size() + " of 1024 buckets, word " + word);
        }
    }

    @Test
    void shouldHaveTheCodeOfAnEqualKeyOfAnotherClass() {
        IdKey key = key(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        IdKey other = new IdKey(key) {
        };

        assertEquals(key, other);
        assertEquals(key.hashCode(), other.hashCode());
    }
}
