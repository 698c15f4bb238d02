// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class RelayTest {

    private final ManualScheduler time = new ManualScheduler();

    private List<FakeNode> mesh(int size) {
        List<FakeNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FakeNode node = new FakeNode(time, i + 1);
            nodes.forEach(node::connect);
            nodes.add(node);
        }
        return nodes;
    }

    @Test
    void shouldDeliverEachMessageExactlyOnceToAllOfAMesh() {
        List<FakeNode> nodes = mesh(6);

        for (int i = 0; i < 100; i++) {
            assertEquals(Status.ACCEPTED, nodes.get(i % 6).publish("m" + i).status());
        }
        time.advance(Duration.ofSeconds(3));

        for (int i = 0; i < 6; i++) {
            List<String> received = nodes.get(i).received;
            assertEquals(received.size(), new HashSet<>(received).size());
            assertEquals(100 - (i < 4 ? 17 : 16), received.size());
        }
    }
}
