// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that listens, and yet takes part in nothing. */
class RefusalTest {

    private final FakeNode node = new FakeNode();

    private void finds(String check, String expected) {
        assertEquals(List.of(expected), FakeNode.of(check, node.doctor().examine()));
    }

    @Test
    void shouldFindThatGossipRefusesToServe() {
        node.signatures("requre");

        String refusal = "org.ippan.network.gossip: signatures = requre: must be true or false. Correct ";
        finds("configuration", "FAIL " + refusal + "it: the bundle does not serve until then.");
        finds("listener", "FAIL The node listens on 0.0.0.0:9700 but takes no messages: " + refusal + "what is named"
                + " there; no message travels through the node until then.");
    }
}
