// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinkSetTest {

    @Test
    void shouldBehaveAsASetOfNumbers() {
        LinkSet set = new LinkSet();
        Set<Integer> model = new HashSet<>();
        SplittableRandom random = new SplittableRandom(3);

        for (int i = 0; i < 20_000; i++) {
            int slot = random.nextInt(300);
            if (random.nextBoolean()) {
                assertEquals(model.add(slot), set.add(slot));
            } else {
                assertEquals(model.remove(slot), set.remove(slot));
            }
            assertEquals(model.contains(slot), set.has(slot));
        }
        model.forEach(slot -> assertTrue(set.remove(slot)));

        for (int slot = 0; slot < 300; slot++) {
            assertFalse(set.has(slot));
        }
    }
}
