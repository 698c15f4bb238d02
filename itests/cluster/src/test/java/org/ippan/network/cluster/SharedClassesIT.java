// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes of one JVM have the same classes, and nothing else in common. */
@Tag(Nodes.WAITING)
class SharedClassesIT {

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldLoadClassesOnceForAllNodes() {
        IppanNode first = nodes.embed("first");
        IppanNode second = nodes.embed("second");

        assertSame(first.gossip().getClass(), second.gossip().getClass());
        assertNotSame(first.gossip(), second.gossip());
        assertNotSame(first.id(), second.id());
    }

    @Test
    void shouldOutliveTheNodeThatLoadedThem() {
        IppanNode first = nodes.embed("first");
        IppanNode second = nodes.embed("second", Nodes.address(first));
        Nodes.awaitPeers(second, 1);
        first.close();
        Nodes.awaitPeers(second, 0);

        IppanNode third = nodes.embed("third", Nodes.address(second));
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        third.subscribe("news", message -> heard.add(new String(message.payloadBytes())));
        Nodes.awaitPeers(second, 1);
        second.gossip().publish(Message.of(Topic.of("news"), "still here".getBytes()));

        Eventually.until("the message is heard", Nodes.SOON, () -> !heard.isEmpty());
        assertEquals("still here", heard.peek());
    }
}
