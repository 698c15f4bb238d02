// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Strangers with new identities dial a node that publishes as fast as it may to peers which dialled it too. They
 * take nothing, or little, or say that they took it: publishers are hardly slower for it, and honest peers miss
 * nothing.
 */
class StrangersTest {

    private static final int KIB = 1024;
    private static final int LENGTH = 8 * KIB;
    private static final Map<String, ?> SETTINGS = Map.of("cacheBytes", 1024 * KIB, "maxMessageBytes", 16 * KIB);
    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final int ROUNDS = 10;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final Duration STANDING = Duration.ofSeconds(31);
    private static final Duration STOPPED = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(1400);
    private static final double LEAST = 0.95;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1, SETTINGS);
    private final List<FakeNode> honest = new ArrayList<>();
    private int number;
    private int strangers;

    /** What strangers do that are there at once, and until the next come. */
    private enum Attack {

        TAKES_NOTHING(1) {
            @Override
            void begin(FakeLink link) {
                link.stick(true);
            }
        },
        TWO_TAKE_NOTHING(2) {
            @Override
            void begin(FakeLink link) {
                link.stick(true);
            }
        },
        SETTLES_NOTHING(1) {
            @Override
            void begin(FakeLink link) {
                link.other.receiver = null;
            }
        },
        TAKES_LITTLE(1) {
            @Override
            void begin(FakeLink link) {
                link.frameTime = Duration.ofMillis(100);
            }
        },
        TAKES_A_TENTH(1) {
            @Override
            void begin(FakeLink link) {
                link.frameTime = HONEST_FRAME.multipliedBy(10);
            }
        },
        PRUNES_AND_GRAFTS(1) {
            @Override
            void begin(FakeLink link) {
                link.stick(true);
            }

            @Override
            void goOn(FakeLink link, FakeNode alice, int step) {
                link.give(step % 40 < 20 ? ControlCodec.pruneFor(0) : ControlCodec.GRAFT_NONE);
            }
        },
        CLAIMS_WHAT_IT_DID_NOT_TAKE(1) {
            @Override
            void begin(FakeLink link) {
                link.stick(true);
            }

            @Override
            void goOn(FakeLink link, FakeNode alice, int step) {
                long all = step * 1000L * KIB;
                link.give(new Ack(0, new long[] {all, all, all}).frame());
                List<Neighbour> neighbours = new ArrayList<>();
                for (FakeLink other : alice.links) {
                    neighbours.add(new Neighbour(other.peer.word0(), true, true, false, 1, new long[] {all, all, all}));
                }
                link.give(new Neighbourhood(7, new long[3], neighbours).frame());
            }
        },
        TAKES_ALL_FOR_A_SECOND(1) {
            @Override
            void goOn(FakeLink link, FakeNode alice, int step) {
                if (step == 200) {
                    link.stick(true);
                }
            }
        };

        private static final Duration HONEST_FRAME = Duration.ofMillis(5);
        private final int atOnce;

        Attack(int atOnce) {
            this.atOnce = atOnce;
        }

        void begin(FakeLink link) {
        }

        void goOn(FakeLink link, FakeNode alice, int step) {
        }
    }

    @BeforeEach
    void shouldHaveHonestPeers() {
        for (int i = 2; i < 4; i++) {
            FakeNode peer = new FakeNode(time, i, SETTINGS);
            honest.forEach(peer::connect);
            honest.add(peer);
            dial(peer);
        }
    }

    /** The node's end of a link that another opened. */
    private FakeLink dial(FakeNode peer) {
        peer.connect(alice);
        FakeLink link = alice.links.get(alice.links.size() - 1);
        link.frameTime = Attack.HONEST_FRAME;
        return link;
    }

    /** Publishes what may be for a moment. */
    private void step() {
        while (alice.publish(number + "x".repeat(LENGTH)).accepted()) {
            number++;
        }
        time.advance(STEP);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHardlySlowPublishersDown(Attack attack) {
        publish(CALM.dividedBy(2));
        int before = number;
        publish(CALM);
        double undisturbed = (double) (number - before) / CALM.toSeconds();

        before = number;
        for (int round = 0; round < ROUNDS; round++) {
            round(attack);
        }
        double disturbed = (double) (number - before) / (ROUNDS * ROUND.toSeconds());
        time.advance(Duration.ofSeconds(2));

        String figures = "%.0f messages/s, beside strangers %.0f (%.3f)".formatted(undisturbed, disturbed,
                disturbed / undisturbed);
        for (FakeNode peer : honest) {
            assertEquals(number, peer.received.size(), figures);
        }
        assertTrue(disturbed >= LEAST * undisturbed, figures);
    }

    /** Strangers that take all until they count as peers of long standing, and stop then, one after another. */
    @Test
    void shouldSoonHaveNoPatienceWithStrangersThatKeptUpForLong() {
        List<FakeLink> links = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            links.add(dial(new FakeNode(time, 100 + strangers++, SETTINGS)));
        }
        publish(STANDING);
        int before = number;
        publish(CALM);
        double undisturbed = (double) (number - before) / CALM.toSeconds();

        List<Double> lost = new ArrayList<>();
        for (FakeLink link : links) {
            before = number;
            link.stick(true);
            publish(STOPPED);
            lost.add(STOPPED.toSeconds() - (number - before) / undisturbed);
        }

        assertTrue(lost.get(0) <= 1.5 && lost.get(1) <= 1 && lost.get(2) <= 1, "seconds lost: " + lost);
    }

    /** A node that collects garbage, say. */
    @Test
    void shouldWaitForAPeerOfLongStandingThatPausesForAMoment() {
        publish(STANDING);
        FakeLink link = alice.links.get(0);

        link.stick(true);
        publish(PAUSE);
        int during = number;
        link.stick(false);
        publish(Duration.ofSeconds(5));
        time.advance(Duration.ofSeconds(2));

        assertTrue(number > during);
        assertEquals(0, alice.snapshot().overrun());
        for (FakeNode peer : honest) {
            assertEquals(number, peer.received.size());
        }
    }

    private void publish(Duration duration) {
        for (long i = 0; i < duration.dividedBy(STEP); i++) {
            step();
        }
    }

    private void round(Attack attack) {
        List<FakeLink> links = new ArrayList<>();
        for (int i = 0; i < attack.atOnce; i++) {
            FakeLink link = dial(new FakeNode(time, 100 + strangers++, SETTINGS));
            attack.begin(link);
            links.add(link);
        }
        for (int step = 0; step < ROUND.dividedBy(STEP); step++) {
            for (FakeLink link : links) {
                attack.goOn(link, alice, step);
            }
            step();
        }
        links.forEach(link -> link.close(GoodbyeReason.SHUTDOWN, ""));
        alice.links.removeAll(links);
    }
}
