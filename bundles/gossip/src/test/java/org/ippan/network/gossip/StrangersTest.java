// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.Crowd.Events;
import org.ippan.network.gossip.wire.ControlCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers that take little or nothing cost a publisher at full speed. */
class StrangersTest {

    /** Honest peers take 32 MiB a second. */
    private static final Duration VERY_FAST = Duration.ofNanos(500_000);
    static final Duration SHORT = Duration.ofSeconds(24);
    /** To see that an attack would cost something. */
    private static final Duration ENOUGH = Duration.ofSeconds(12);
    /** Those that kept up first may cost 5 s once, 4 % in the long run, and what it takes to try them: 16 s. */
    private static final Duration LONG = Duration.ofSeconds(200);
    private static final double LONG_PART = 0.92;
    private static final long ROUND = 2000;
    private static final String PAUSES = "pauses just below the time that says nothing";

    static Events every(long period, Runnable event) {
        return millis -> {
            if (millis % period == 0) {
                event.run();
            }
        };
    }

    private static Events fresh(Crowd crowd, int count, Runnable one) {
        return every(ROUND, () -> {
            crowd.leave();
            for (int i = 0; i < count; i++) {
                one.run();
            }
        });
    }

    private static Arguments attack(String name, Duration time, Function<Crowd, Events> attack) {
        return Arguments.of(name, time, attack);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("a fresh identity every 2 s reads nothing", SHORT, crowd -> fresh(crowd, 1, crowd::stuck)),
                attack("20 fresh identities every 2 s read nothing", SHORT, crowd -> fresh(crowd, 20, crowd::stuck)),
                attack("those that read nothing stay", SHORT, crowd -> every(ROUND, crowd::stuck)),
                attack("settles a little, then reads nothing", SHORT, crowd -> fresh(crowd, 1,
                        () -> stuckAfter(crowd, Duration.ofMillis(100)))),
                attack("reads 1 KiB/s", SHORT, crowd -> fresh(crowd, 1, () -> slow(crowd, 16_000))),
                attack("reads 1 MiB/s", SHORT, crowd -> fresh(crowd, 1, () -> slow(crowd, 16))),
                attack("reads 1 MiB/s and stays", SHORT, crowd -> {
                    slow(crowd, 16);
                    return millis -> { };
                }),
                attack("reads at two thirds of the rate and stays", SHORT, crowd -> {
                    slow(crowd, 3);
                    return millis -> { };
                }),
                attack("keeps up for 4 s, then reads nothing", LONG, crowd -> every(6000, () -> {
                    crowd.others.forEach(reader -> reader.link.stick(true));
                    if (crowd.others.size() > 1) {
                        crowd.others.remove(0).link.close(null, "");
                    }
                    crowd.stranger();
                })),
                attack("four keep up for 6 s, then read nothing", LONG, crowd -> every(6000, () -> {
                    crowd.others.forEach(reader -> reader.link.stick(true));
                    while (crowd.others.size() > 4) {
                        crowd.others.remove(0).link.close(null, "");
                    }
                    for (int i = 0; i < 4; i++) {
                        crowd.stranger();
                    }
                })),
                attack("PRUNE and GRAFT in turns", SHORT, StrangersTest::prunes),
                attack("takes all, never settles", SHORT, crowd -> fresh(crowd, 1,
                        () -> crowd.stranger().settles = null)),
                attack("settles what it did not take", SHORT, crowd -> fresh(crowd, 1,
                        () -> crowd.stuck().settle(1L << 40))),
                attack("settles half a second late", SHORT, crowd -> fresh(crowd, 1,
                        () -> crowd.stranger().settles = Duration.ofMillis(450))),
                attack("takes all, says that there is room for nothing", SHORT, crowd -> fresh(crowd, 1,
                        () -> crowd.stranger().presses = true)),
                attack("says so and settles late", SHORT, crowd -> fresh(crowd, 1, () -> {
                    Reader reader = crowd.stranger();
                    reader.presses = true;
                    reader.settles = Duration.ofMillis(150);
                })),
                attack(PAUSES, SHORT, crowd -> {
                    Reader reader = crowd.stranger();
                    return every(2500, () -> reader.pause(Duration.ofMillis(190)));
                }),
                attack("pauses as soon as the purse is full again", SHORT, crowd -> {
                    Reader reader = crowd.stranger();
                    return every(15_000, () -> reader.pause(Duration.ofMillis(600)));
                }));
    }

    private static Reader stuckAfter(Crowd crowd, Duration length) {
        Reader reader = crowd.stranger();
        crowd.time.schedule(() -> reader.link.stick(true), length.toNanos(), TimeUnit.NANOSECONDS);
        return reader;
    }

    private static void slow(Crowd crowd, int messageMillis) {
        crowd.stranger().link.frameTime = Duration.ofMillis(messageMillis);
    }

    private static Events prunes(Crowd crowd) {
        Events fresh = fresh(crowd, 3, crowd::stuck);
        return millis -> {
            fresh.at(millis);
            for (Reader reader : crowd.others) {
                if (millis % 200 == 0) {
                    reader.link.give(ControlCodec.GRAFT_NONE);
                } else if (millis % 200 == 100) {
                    reader.link.give(ControlCodec.pruneFor(0));
                }
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void shouldCostAPublisherAmongMembersLittle(String name, Duration length, Function<Crowd, Events> attack) {
        check(true, length, least(name, length), attack);
    }

    static Stream<Arguments> someAttacks() {
        return attacks().filter(each -> each.get()[0].toString().matches(".*(nothing|never).*"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("someAttacks")
    void shouldCostAPublisherAmongStrangersOfStandingLittle(String name, Duration length,
            Function<Crowd, Events> attack) {
        check(false, length, least(name, length), attack);
    }

    /** One that pauses may have no processor for the moment. */
    private static double least(String name, Duration length) {
        return name.equals(PAUSES) ? 0.9 : length == LONG ? LONG_PART : 0.95;
    }

    private static void check(boolean members, Duration length, double least, Function<Crowd, Events> attack) {
        Crowd crowd = new Crowd(members, length == LONG ? Crowd.STEADY : Crowd.FAST);

        double part = part(crowd, length, attack);

        assertEquals(0, crowd.slow());
        assertEquals(0, crowd.lost());
        assertTrue(part >= least, part + " of the undisturbed rate");
    }

    /** The rate beside an attack, as part of the undisturbed one. */
    private static double part(Crowd crowd, Duration length, Function<Crowd, Events> attack) {
        Duration calm = Duration.ofSeconds(8);
        double usual = crowd.run(calm, millis -> { }) / (double) calm.toSeconds();
        return crowd.run(length, attack.apply(crowd)) / (double) length.toSeconds() / usual;
    }

    static Stream<Arguments> dearAttacks() {
        return attacks().filter(each -> !each.get()[0].toString().matches("PRUNE.*|settles half.*|pauses as soon.*"));
    }

    /** Else the attacks would show nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dearAttacks")
    void shouldCostMoreIfMembersDidIt(String name, Duration length, Function<Crowd, Events> attack) {
        Crowd crowd = new Crowd(true, Crowd.FAST);
        crowd.othersAreMembers = true;

        double part = part(crowd, ENOUGH, attack);

        assertTrue(part < 0.95, part + " of the undisturbed rate");
    }

    /** At a high rate, so that publishers wait for them nearly as soon as they stop; they settle something before. */
    @Test
    void shouldCostAPublisherLittleThoughEachIdentityGoesBeforeItLags() {
        Crowd crowd = new Crowd(true, VERY_FAST);

        double part = part(crowd, ENOUGH, any -> every(145, () -> {
            crowd.leave();
            stuckAfter(crowd, Duration.ofMillis(50));
        }));

        assertEquals(0, crowd.slow());
        assertTrue(part >= 0.95, part + " of the undisturbed rate");
    }

    /** Neither the first, nor one of those that follow. */
    @Test
    void shouldCostAPublisherNothingWhereStrangersNeverSettleAnything() {
        for (boolean takes : new boolean[] {false, true}) {
            Crowd crowd = new Crowd(true, VERY_FAST);

            double part = part(crowd, Duration.ofSeconds(3), any -> every(500, () -> {
                crowd.leave();
                for (int i = 0; i < 5; i++) {
                    Reader reader = takes ? crowd.stranger() : crowd.stuck();
                    reader.settles = null;
                }
            }));

            assertTrue(part >= 0.99, part + " of the undisturbed rate");
        }
    }

    /** As soon as it has settled something; and where there is no other, from the beginning. */
    @Test
    void shouldWaitForANewStrangerThatSettles() {
        Crowd crowd = new Crowd(true, Crowd.FAST);
        Reader reader = crowd.stranger();
        boolean atFirst = crowd.alice.link(Crowd.HONEST).isLeftOut();

        crowd.run(Duration.ofMillis(200), millis -> { });
        boolean after = crowd.alice.link(Crowd.HONEST).isLeftOut();
        crowd.honest.forEach(each -> each.link.close(null, ""));
        crowd.leave();
        crowd.run(Duration.ofSeconds(1), millis -> { });
        crowd.stuck();
        int alone = crowd.run(Duration.ofSeconds(1), millis -> { });

        assertTrue(atFirst);
        assertFalse(after);
        assertTrue(reader.got > 0);
        assertTrue(alone < 200, alone + " published for one that takes nothing");
    }

    /** Else nothing would say why it misses messages. */
    @Test
    void shouldCallAStrangerSlowThatSettlesNothingUntilItDoes() {
        Crowd crowd = new Crowd(true, Crowd.FAST);
        Reader reader = crowd.stuck();
        crowd.run(Duration.ofMillis(900), millis -> { });
        Patience soon = crowd.alice.link(Crowd.HONEST).patience();
        crowd.run(Duration.ofMillis(600), millis -> { });
        Patience later = crowd.alice.link(Crowd.HONEST).patience();
        reader.link.frameTime = Crowd.FAST.dividedBy(2);
        reader.link.stick(false);
        int published = crowd.run(Duration.ofSeconds(2), millis -> { });

        assertEquals(Patience.WAITS, soon);
        assertEquals(Patience.STRANGER, later);
        assertEquals(Patience.WAITS, crowd.alice.link(Crowd.HONEST).patience());
        assertTrue(reader.got >= published / 2, reader.got + " of " + published);
    }

    @Test
    void shouldWaitAgainForAStrangerThatKeepsUpAgain() {
        Crowd crowd = new Crowd(true, Crowd.FAST);
        Reader reader = stuckAfter(crowd, Duration.ofMillis(100));
        crowd.run(Duration.ofSeconds(1), millis -> { });
        Patience without = crowd.alice.link(Crowd.HONEST).patience();
        reader.link.frameTime = Crowd.FAST.dividedBy(2);
        reader.link.stick(false);
        crowd.run(Duration.ofSeconds(20), millis -> { });
        Patience after = crowd.alice.link(Crowd.HONEST).patience();
        reader.link.stick(true);
        crowd.run(Duration.ofSeconds(4), millis -> { });
        Patience within = crowd.alice.link(Crowd.HONEST).patience();
        crowd.run(Duration.ofSeconds(5), millis -> { });

        assertEquals(Patience.STRANGER, without);
        assertEquals(Patience.WAITS, after);
        assertEquals(Patience.WAITS, within);
        assertEquals(Patience.STRANGER_OF_STANDING, crowd.alice.link(Crowd.HONEST).patience());
    }

    /** Nobody else is disturbed. */
    @Test
    void shouldWaitForStrangersWhereAllTakeNothing() {
        Crowd crowd = new Crowd(false, Crowd.FAST);
        crowd.honest.forEach(reader -> reader.link.stick(true));

        crowd.run(Duration.ofSeconds(10), millis -> { });

        assertEquals(0, crowd.slow());
        assertEquals(0, crowd.run(Duration.ofSeconds(1), millis -> { }));
    }
}
