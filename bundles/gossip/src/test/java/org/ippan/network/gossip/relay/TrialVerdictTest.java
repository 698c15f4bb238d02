// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who holds up others, as turns with it and without show. */
class TrialVerdictTest extends LinksFixture {

    private static final int TURNS = 8;
    private static final long HALF = millis(100);

    private final Exchange exchange = new Exchange();
    private final Watch suspect = watch();
    private final List<Watch> others = List.of(watch(), watch());
    private Trial trial;

    private Watch watch() {
        return new Watch(stranger(), exchange, time.nanos());
    }

    @BeforeEach
    void publishEnough() {
        publish(1000);
        take(suspect.outbound(), 7);
        others.forEach(each -> take(each.outbound(), 9));
        look();
        trial = new Trial(List.of(suspect), others);
    }

    private void look() {
        advance(100);
        suspect.look(FRAME, 0, HALF, time.nanos());
        others.forEach(each -> each.look(FRAME, 0, HALF, time.nanos()));
    }

    /** A turn in which the one that is tried takes so much, and each of the others. Whether it is left out then. */
    private boolean turn(int tried, int each) {
        boolean leftOut = suspect.link().isLeftOut();
        look();
        boolean early = trial.passed(HALF);
        take(suspect.outbound(), tried);
        others.forEach(other -> take(other.outbound(), each));
        look();
        assertFalse(early);
        assertTrue(trial.passed(HALF));
        return leftOut;
    }

    /** What others take in turns without it, and with it, and what it takes in all. */
    private List<Watch> guilty(int without, int with, int tried) {
        for (int i = 0; i < TURNS / 2; i++) {
            turn(0, without);
            turn(i == 0 ? tried : 0, with);
        }
        assertTrue(trial.isOver());
        return trial.guilty();
    }

    @Test
    void shouldLeaveItOutInEachOtherTurnAndTakeItInAtTheEnd() {
        List<Boolean> leftOut = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            assertFalse(trial.isOver());
            leftOut.add(turn(1, 1));
        }

        assertEquals(List.of(true, false, true, false, true, false, true, false), leftOut);
        assertTrue(trial.isOver());
        assertFalse(suspect.link().isLeftOut());
    }

    @Test
    void shouldFindItGuiltyIfOthersAreFasterWithoutIt() {
        assertEquals(List.of(suspect), guilty(26, 20, 184));
    }

    @Test
    void shouldTakeALittleFasterForChance() {
        assertEquals(List.of(), guilty(25, 20, 180));
    }

    /** Each of the others takes 80: it keeps up with three quarters of that. */
    @Test
    void shouldNotMindOneThatKeepsUp() {
        assertEquals(List.of(), guilty(10, 10, 60));
    }

    @Test
    void shouldFindItGuiltyIfItTakesLessThanOthersDo() {
        assertEquals(List.of(suspect), guilty(10, 10, 59));
    }

    private void makeFair() {
        exchange.look(sources.appended(), 0);
        bring(suspect.outbound(), 1);
        exchange.look(sources.appended(), 0);
        bring(suspect.outbound(), 10);
        exchange.look(sources.appended(), 0);
        assertTrue(suspect.bringsItsPart());
    }

    /** A fifth of the 160 that each of the others could take without it. */
    @Test
    void shouldExpectLessOfOneThatBringsItsPart() {
        makeFair();

        assertEquals(List.of(), guilty(20, 5, 32));
    }

    @Test
    void shouldFindItGuiltyThoughItBringsItsPartIfItTakesNearlyNothing() {
        makeFair();

        assertEquals(List.of(suspect), guilty(20, 5, 31));
    }

    @Test
    void shouldTakeItInAgainWhenItEndsWithoutAVerdict() {
        boolean before = suspect.link().isLeftOut();
        trial.end();

        assertTrue(before);
        assertFalse(suspect.link().isLeftOut());
    }
}
