// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.junit.jupiter.api.Test;

/** Two nodes, to both of which a publisher sends what it publishes. */
class AgreementTest {

    private static final int NORMAL = Priority.NORMAL.ordinal();
    private static final long[] NOTHING = {0, 0, 0};

    private final Level mine = new Level(() -> { });
    private final Level its = new Level(() -> { });
    private final List<String> lacked = new ArrayList<>();
    private final Agreement agreement = new Agreement(mine, NOTHING.clone(), 0);
    private long key = 5;

    private static void came(Level level, long from, long to) {
        for (long number = from; number <= to; number++) {
            level.came(Priority.NORMAL, number, number * number);
        }
    }

    private void lacks(int priority, long after, boolean broken) {
        if (priority == NORMAL) {
            lacked.add((broken ? "broken " : "") + after);
        }
    }

    /** The peer says how far it is, and this node looks. */
    private void look(long after, long now) {
        long[] numbers = {0, its.last(NORMAL, 0), 0};
        Neighbour seen = new Neighbour(1, true, true, 2, numbers, its.proof(numbers, new long[] {0, after, 0},
                new Key(key)));
        agreement.look(new Neighbourhood(key++, 3, NOTHING, List.of(seen)), seen, now, this::lacks);
    }

    private long agreed() {
        return agreement.upTo()[NORMAL];
    }

    @Test
    void shouldAgreeWithAPeerThatGotTheSame() {
        came(mine, 1, 100);
        came(its, 1, 90);
        look(0, 1);
        long before = agreed();
        came(its, 91, 100);
        look(0, 2);

        assertEquals(90, before);
        assertEquals(100, agreed());
        assertEquals(List.of(), lacked);
    }

    @Test
    void shouldLookAgainWhenItHasGotAsFarAsThePeer() {
        came(mine, 1, 10);
        came(its, 1, 20);
        long[] numbers = {0, 20, 0};
        Neighbour seen = new Neighbour(1, true, true, 2, numbers, its.proof(numbers, NOTHING, new Key(1)));
        Neighbourhood told = new Neighbourhood(1, 3, NOTHING, List.of(seen));

        agreement.look(told, seen, 1, this::lacks);
        long before = agreed();
        came(mine, 11, 25);
        agreement.look(told, seen, 2, this::lacks);

        assertEquals(0, before);
        assertEquals(20, agreed());
        assertEquals(List.of(), lacked);
    }

    @Test
    void shouldTellAPeerThatGotSomethingElse() {
        came(mine, 1, 10);
        came(its, 1, 9);
        its.came(Priority.NORMAL, 10, 5);
        look(0, 1);

        assertEquals(List.of("broken 0"), lacked);
        assertEquals(1, agreement.differences());
        assertEquals(10, agreed());
    }

    @Test
    void shouldTellAPeerOfWhatItsFingerprintLeavesOut() {
        came(mine, 1, 100);
        came(its, 1, 100);
        look(40, 1);

        assertEquals(List.of("0"), lacked);
        assertEquals(100, agreed());
        assertEquals(0, agreement.differences());
    }

    @Test
    void shouldTellAPeerThatGivesNoProofAfterAWhile() {
        came(mine, 1, 10);
        look(0, 1);
        look(0, Agreement.PATIENCE - 1);
        List<String> before = List.copyOf(lacked);
        look(0, Agreement.PATIENCE);

        assertEquals(List.of(), before);
        assertEquals(List.of("0"), lacked);
        assertEquals(10, agreed());
    }

    @Test
    void shouldTellAPeerOfAllWhenNumbersBreakOff() {
        came(mine, 1, 10);
        came(its, 1, 8);
        look(0, 1);
        came(mine, 20, 21);
        look(0, 2);

        assertEquals(List.of("broken 8"), lacked);
        assertEquals(21, agreed());
    }

    @Test
    void shouldTellAPeerOfWhatItWasNotSeenToHaveWhenTheLinkEnds() {
        came(mine, 1, 10);
        came(its, 1, 8);
        look(0, 1);
        agreement.end(2, this::lacks);

        assertEquals(List.of("broken 8"), lacked);
    }

    /** A peer that claims what cannot be moves nothing. */
    @Test
    void shouldNotAgreeOnNumbersThatDidNotCome() {
        came(mine, 1, 10);
        came(its, 1_000, 1_010);
        look(0, 1);

        assertEquals(0, agreed());
        assertEquals(List.of(), lacked);
    }
}
