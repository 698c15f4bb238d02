// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A key that is misspelt does nothing, which the log is not the only one to tell. */
class UnknownKeysTest {

    private final FakeNode node = new FakeNode();

    @Test
    void shouldFindKeysThatDoNothing() {
        node.configure("dedup", Map.of("capacty", "1000", "unheardOf", "1"));

        assertEquals(List.of("WARN org.ippan.network.dedup: unknown key capacty, which does nothing. Did you mean"
                + " capacity?", "WARN org.ippan.network.dedup: unknown key unheardOf, which does nothing. Known are"
                + " capacity, windowSeconds."), FakeNode.of("configuration", node.doctor().examine()));
    }
}
