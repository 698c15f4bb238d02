// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTrace.Judged;
import org.ippan.network.api.trace.TracedLink;
import org.ippan.network.api.trace.TracedLink.Reach;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What a node tells of a message that it relayed, published, judges or does not have. */
class TracingTest {

    private final ManualScheduler time = new ManualScheduler();

    private static Optional<MessageTrace> trace(FakeNode node, MessageId id) {
        return new GossipService(node.core).trace(id);
    }

    private static MessageId published(FakeNode node, String text) {
        return node.publish(text).id().orElseThrow();
    }

    @Test
    void shouldTellTheWayOfAMessageAtEachNodeOfAChain() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of());
        MessageId id = published(nodes.get(0), "hello");
        time.advance(Duration.ofSeconds(2));

        MessageTrace first = trace(nodes.get(0), id).orElseThrow();
        MessageTrace second = trace(nodes.get(1), id).orElseThrow();
        MessageTrace third = trace(nodes.get(2), id).orElseThrow();

        assertEquals(Optional.empty(), first.from());
        assertEquals(List.of(new TracedLink(nodes.get(1).id, Reach.SENT)), first.links());
        assertEquals(List.of(), first.listeners());
        assertEquals(Optional.of(nodes.get(0).id), second.from());
        assertEquals(List.of(new TracedLink(nodes.get(0).id, Reach.BROUGHT),
                new TracedLink(nodes.get(2).id, Reach.SENT)), second.links());
        assertEquals(1, second.listeners().size());
        assertEquals(List.of(0, 0, 1), List.of(first.hops(), second.hops(), third.hops()));
        assertEquals(Duration.ZERO, first.age());
        assertTrue(third.age().toMillis() > 0 && third.age().toMillis() < 100, third.toString());
        assertTrue(third.here().toMillis() > 1900 && third.here().toMillis() <= 2000, third.toString());
        assertEquals("test 5 ACCEPTED false", third.topic() + " " + third.bytes() + " " + third.verdict() + " "
                + third.asked());
    }

    @Test
    void shouldTellWhoGetsAMessageElsewhereAndWhoHasIt() {
        List<FakeNode> direct = FakeNode.chain(time, 3, Map.of("relayMode", "direct"));
        MessageId id = published(direct.get(0), "hello");
        List<FakeNode> halves = FakeNode.halves(time, 4);
        MessageId twice = published(halves.get(0), "round");
        time.advance(Duration.ofSeconds(2));

        assertEquals(Reach.LEFT, trace(direct.get(1), id).orElseThrow().links().get(1).reach());
        assertTrue(trace(halves.get(2), twice).orElseThrow().links().stream().map(TracedLink::reach).toList()
                .containsAll(List.of(Reach.BROUGHT, Reach.HAS)), () -> trace(halves.get(2), twice).toString());
    }

    @Test
    void shouldTellOfMessagesThatWaitAreRejectedOrAreNotHere() {
        FakeNode node = new FakeNode(time, 4);
        ArrayDeque<Runnable> validations = new ArrayDeque<>();
        node.core = new GossipCore(node.environment(validations::add, time), node.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        node.core.reputation(node.reputation);
        node.core.deduplicator(node.dedup);
        node.validate("*", message -> Verdict.REJECT);
        FakeNode sender = new FakeNode(time, 20);
        sender.connect(node);
        MessageId id = published(sender, "x");
        time.advance(Duration.ofMillis(100));

        assertEquals(Judged.WAITING, trace(node, id).orElseThrow().verdict());
        validations.remove().run();
        assertEquals(Judged.REJECTED, trace(node, id).orElseThrow().verdict());
        assertFalse(trace(node, MessageId.parse("0a".repeat(32))).isPresent());
    }
}
