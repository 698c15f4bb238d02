// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Strangers at real nodes: one of a mesh of five publishes as fast as it may, and every 2 s a stranger with a new
 * identity dials it, which takes nothing or little. From 10 s on the publisher is hardly slower than before and after,
 * and its peers get all. Each attack takes three quarters of a minute; {@code docs/testing.md} has the command.
 */
class StrangersAcceptance {

    private static final int GRAFT = 0x13;
    private static final int PRUNE = 0x14;
    private static final int NEIGHBOURS = 0x80;
    private static final int ACK = 0x82;
    private static final Topic TOPIC = Topic.of("load");
    private static final int BYTES = 1024;
    private static final int HONEST = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration CALM = Duration.ofSeconds(6);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration ATTACK = Duration.ofSeconds(12);
    private static final Duration NEW_IDENTITY = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration TO_ARRIVE = Duration.ofSeconds(30);
    private static final double LEAST = 0.95;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<IppanNode> honest = new ArrayList<>();
    private final LongAdder published = new LongAdder();
    private final LongAdder arrived = new LongAdder();
    private volatile boolean over;

    /** What a stranger does. */
    private enum Attack {

        TAKES_NOTHING {
            @Override
            void begin(WirePeer stranger) {
                stranger.stopReading();
            }
        },
        TAKES_LITTLE {
            @Override
            void begin(WirePeer stranger) {
                stranger.readSlowly();
            }
        },
        PRUNES_AND_GRAFTS {
            @Override
            void begin(WirePeer stranger) {
                stranger.stopReading();
            }

            @Override
            void goOn(WirePeer stranger, int turn) throws IOException {
                stranger.send(turn % 2 == 0 ? PRUNE : GRAFT, new byte[turn % 2 == 0 ? 2 : 1]);
            }
        },
        CLAIMS_WHAT_IT_DID_NOT_TAKE {
            @Override
            void begin(WirePeer stranger) {
                stranger.stopReading();
            }

            @Override
            void goOn(WirePeer stranger, int turn) throws IOException {
                long settled = turn * 65_536L;
                stranger.send(ACK, ByteBuffer.allocate(25).put((byte) 7).putLong(settled).putLong(settled)
                        .putLong(settled).array());
                stranger.send(NEIGHBOURS, ByteBuffer.allocate(30).putInt(turn).array());
            }
        };

        abstract void begin(WirePeer stranger);

        void goOn(WirePeer stranger, int turn) throws IOException {
        }
    }

    private IppanNode node(String name, String... peers) {
        return nodes.embed(name, builder -> builder.set("org.ippan.network.transport", "tls", "false"), peers);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHardlySlowAPublisherDown(Attack attack) throws Exception {
        IppanNode publisher = node("publisher-" + attack);
        List<String> addresses = new ArrayList<>(List.of(Nodes.address(publisher)));
        for (int i = 0; i < HONEST; i++) {
            IppanNode peer = node("peer-" + i + attack, addresses.toArray(String[]::new));
            peer.subscribe(TOPIC.name(), message -> arrived.increment());
            addresses.add(Nodes.address(peer));
            honest.add(peer);
        }
        honest.forEach(peer -> Nodes.awaitPeers(peer, HONEST));
        Thread publishing = new Thread(() -> publish(publisher), "publishing");
        publishing.start();
        try {
            Thread.sleep(WARM_UP.toMillis());
            double before = rate(() -> Thread.sleep(CALM.toMillis()));
            strangers(attack, addresses.get(0), FIRST);
            double beside = rate(() -> strangers(attack, addresses.get(0), ATTACK));
            double after = rate(() -> Thread.sleep(CALM.toMillis()));

            String figures = "%s: %.0f messages/s before, %.0f beside strangers, %.0f after (%.3f)".formatted(attack,
                    before, beside, after, 2 * beside / (before + after));
            System.out.println(figures);
            assertTrue(2 * beside >= LEAST * (before + after), figures);
        } finally {
            over = true;
            publishing.join();
        }
        Eventually.until(() -> arrived + " of " + HONEST + " x " + published, TO_ARRIVE,
                () -> arrived.sum() >= HONEST * published.sum());
        assertEquals(HONEST * published.sum(), arrived.sum());
    }

    /** What goes on while the rate is measured. */
    private interface Meanwhile {

        void pass() throws Exception;
    }

    private double rate(Meanwhile meanwhile) throws Exception {
        long count = published.sum();
        long begin = System.nanoTime();
        meanwhile.pass();
        return (published.sum() - count) * 1e9 / (System.nanoTime() - begin);
    }

    private static void strangers(Attack attack, String address, Duration time) throws Exception {
        for (long round = 0; round < time.dividedBy(NEW_IDENTITY); round++) {
            try (WirePeer stranger = WirePeer.connect(address, "default")) {
                attack.begin(stranger);
                for (int turn = 0; turn < NEW_IDENTITY.dividedBy(TURN); turn++) {
                    attack.goOn(stranger, turn);
                    stranger.flush();
                    Thread.sleep(TURN.toMillis());
                }
            }
        }
    }

    private void publish(IppanNode node) {
        try {
            for (long number = 0; !over; number++) {
                Message message = Message.of(TOPIC, ByteBuffer.allocate(BYTES).putLong(number).array());
                PublishResult.Status status = node.gossip().publish(message).status();
                while (status == PublishResult.Status.BACKPRESSURE) {
                    node.gossip().whenWritable(Priority.NORMAL).toCompletableFuture().get(30, TimeUnit.SECONDS);
                    status = node.gossip().publish(message).status();
                }
                assertEquals(PublishResult.Status.ACCEPTED, status);
                published.increment();
            }
        } catch (Exception e) {
            throw new AssertionError("could not publish", e);
        }
    }
}
