// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ippan.network.api.Priority;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;

/**
 * A peer of nodes that are all linked with each other says that it sends everything to all, and gives them other
 * messages, or numbers, than others: each node must get what any of them took.
 */
abstract class TwofoldFixture {

    private static final long[] NOTHING = {0, 0, 0};
    private static final int EPOCH = 77;
    static final Duration REPAIRED = Duration.ofSeconds(3);

    final ManualScheduler time = new ManualScheduler();
    final List<FakeNode> honest = FakeNode.mesh(time, 3);
    final FakeNode mallory = new FakeNode(time, 66);
    final Set<String> sent = new HashSet<>();

    @BeforeEach
    void link() throws ProtocolException {
        honest.forEach(node -> node.connect(mallory));
        mallory.links.forEach(link -> link.receiver = null);
        time.advance(Duration.ofSeconds(2));
        say();
        time.advance(Duration.ofSeconds(1));
    }

    static FakeLink toMallory(FakeNode node) {
        return node.links.get(2);
    }

    private static Neighbourhood said(FakeLink link) throws ProtocolException {
        List<Frame> said = link.carried.stream().filter(frame -> frame.type() == FrameType.NEIGHBOURS).toList();
        return Neighbourhood.decode(ByteBuffer.wrap(said.get(said.size() - 1).body()));
    }

    /** To each, that it sends everything to the others, and gets everything of them. */
    private void say() throws ProtocolException {
        for (FakeNode node : honest) {
            List<Neighbour> others = new ArrayList<>();
            for (FakeNode other : honest) {
                if (other != node) {
                    others.add(new Neighbour(other.id.word0(), true, true, said(toMallory(other)).epoch(), NOTHING));
                }
            }
            toMallory(node).give(new Neighbourhood(0, EPOCH, NOTHING, others).frame());
        }
    }

    void give(int node, long number, String text, int flags) {
        sent.add(text);
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 1, payload.length);
        ByteBuffer.wrap(head).putLong(MessageCodec.NUMBER_OFFSET, number);
        toMallory(honest.get(node)).give(FrameType.GOSSIP, flags,
                ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).rewind());
    }

    void give(int node, long number, String text) {
        give(node, number, text, 0);
    }

    void giveAll(long number, String text) {
        for (int node = 0; node < honest.size(); node++) {
            give(node, number, text);
        }
    }

    void giveTwofold(long number, String toOne, String toOthers) {
        give(0, number, toOne);
        give(1, number, toOthers);
        give(2, number, toOthers);
    }

    void assertAllHaveAll() {
        for (FakeNode node : honest) {
            Set<String> missing = new HashSet<>(sent);
            node.received.forEach(missing::remove);
            assertEquals(Set.of(), missing);
            assertEquals(sent.size(), node.received.size());
            assertNull(toMallory(node).closed);
        }
    }

    long mismatches() {
        return honest.stream().mapToLong(node -> node.snapshot().fingerprintMismatches()).sum();
    }

    long announcedUnproven() {
        return honest.stream().mapToLong(node -> node.snapshot().announcedUnproven()).sum();
    }
}
