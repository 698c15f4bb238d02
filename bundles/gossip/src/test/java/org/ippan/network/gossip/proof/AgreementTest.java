// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.gossip.wire.Neighbourhood.Proof;
import org.junit.jupiter.api.Test;

/** Two nodes, to both of which a publisher sends what it publishes. */
class AgreementTest {

    private static final int NORMAL = Priority.NORMAL.ordinal();
    private static final long[] NOTHING = {0, 0, 0};
    private static final long PUBLISHER = 1;
    private static final int EPOCH = 2;

    private final Level mine = new Level(() -> { }, Rooms.ample());
    private final Level its = new Level(() -> { }, Rooms.ample());
    private final List<String> lacked = new ArrayList<>();
    private final Agreement agreement = new Agreement(mine, NOTHING.clone(), 0);
    private final Lately lately = new Lately();
    private final Agreement.Lacking lacking = new Agreement.Lacking() {
        @Override
        public void lacks(int priority, long after, long upTo) {
            lacked.add(after + " to " + upTo);
        }

        @Override
        public void lacksAll(int priority, long after) {
            lacked.add("all after " + after);
        }
    };
    private long key = 5;

    private static void came(Level level, long from, long to) {
        for (long number = from; number <= to; number++) {
            level.came(Priority.NORMAL, number, number * number);
        }
    }

    /** The peer says how far it is, and this node looks. */
    private void look(long after, long now) {
        long[] numbers = {0, its.last(NORMAL, 0), 0};
        Neighbour seen = new Neighbour(PUBLISHER, true, true, EPOCH, numbers,
                its.proof(numbers, new long[] {0, after, 0}, new Key(key)));
        hear(seen);
        agreement.look(lately, PUBLISHER, EPOCH, now, lacking);
    }

    private void hear(Neighbour seen) {
        lately.add(new Neighbourhood(key++, 3, NOTHING, List.of(seen)), 1024);
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
        hear(new Neighbour(PUBLISHER, true, true, EPOCH, numbers, its.proof(numbers, NOTHING, new Key(key))));

        agreement.look(lately, PUBLISHER, EPOCH, 1, lacking);
        long before = agreed();
        came(mine, 11, 25);
        agreement.look(lately, PUBLISHER, EPOCH, 2, lacking);

        assertEquals(0, before);
        assertEquals(20, agreed());
        assertEquals(List.of(), lacked);
    }

    /** Each fingerprint begins where the one before it ended: none may be left out. */
    @Test
    void shouldCompareAllThatAPeerSaidWhileItWasBehind() {
        came(mine, 1, 5);
        for (int i = 1; i <= 5; i++) {
            came(its, 10 * i - 9, 10 * i);
            long[] numbers = {0, 10 * i, 0};
            hear(new Neighbour(PUBLISHER, true, true, EPOCH, numbers,
                    its.proof(numbers, new long[] {0, 10 * i - 10, 0}, new Key(key))));
        }
        agreement.look(lately, PUBLISHER, EPOCH, 1, lacking);
        long before = agreed();
        came(mine, 6, 45);
        agreement.look(lately, PUBLISHER, EPOCH, 2, lacking);
        long behind = agreed();
        came(mine, 46, 50);
        agreement.look(lately, PUBLISHER, EPOCH, 3, lacking);

        assertEquals(List.of(0L, 40L, 50L), List.of(before, behind, agreed()));
        assertEquals(List.of(), lacked);
    }

    /** It is work that others can ask for: as much as came, and a little. */
    @Test
    void shouldCompareNoMoreThanWhatIsNew() {
        came(mine, 1, 20_000);
        came(its, 1, 20_000);
        look(15_000, 1);
        came(mine, 20_001, 20_010);
        its.came(Priority.NORMAL, 20_001, 5);
        came(its, 20_002, 20_010);
        look(10_000, 2);
        long much = agreement.differences();
        look(20_000, 3);

        assertEquals(0, much);
        assertEquals(1, agreement.differences());
    }

    @Test
    void shouldTellAPeerThatGotSomethingElse() {
        came(mine, 1, 10);
        came(its, 1, 9);
        its.came(Priority.NORMAL, 10, 5);
        look(0, 1);

        assertEquals(List.of("all after 0"), lacked);
        assertEquals(1, agreement.differences());
        assertEquals(10, agreed());
    }

    @Test
    void shouldTellAPeerOfWhatItsFingerprintLeavesOut() {
        came(mine, 1, 100);
        came(its, 1, 100);
        look(40, 1);

        assertEquals(List.of("0 to 40"), lacked);
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
        assertEquals(List.of("0 to 10"), lacked);
        assertEquals(10, agreed());
    }

    @Test
    void shouldTellAPeerOfAllWhenNumbersBreakOff() {
        came(mine, 1, 10);
        came(its, 1, 8);
        look(0, 1);
        came(mine, 20, 21);
        look(0, 2);

        assertEquals(List.of("all after 8"), lacked);
        assertEquals(21, agreed());
    }

    @Test
    void shouldTellAPeerOfWhatItWasNotSeenToHaveWhenTheLinkEnds() {
        came(mine, 1, 10);
        came(its, 1, 8);
        look(0, 1);
        agreement.end(2, lacking);

        assertEquals(List.of("all after 8"), lacked);
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

    /** To compare costs this node more than it costs a peer to say something false. */
    @Test
    void shouldCompareFewIdsAgainHoweverOftenAPeerTellsOfThem() {
        came(mine, 1, 2000);
        came(its, 1, 2000);
        look(0, 1);
        Neighbour seen = new Neighbour(PUBLISHER, true, true, EPOCH, new long[] {0, 2000, 0},
                new Proof(new int[] {0, 2000, 0}, new long[] {0, 1, 0}));
        for (int i = 0; i < 1000; i++) {
            hear(seen);
            agreement.look(lately, PUBLISHER, EPOCH, 2, lacking);
        }
        long atOnce = agreement.differences();
        hear(seen);
        agreement.look(lately, PUBLISHER, EPOCH, TimeUnit.SECONDS.toNanos(1), lacking);

        assertEquals((1 << 18) / 2000, atOnce);
        assertEquals(atOnce + 1, agreement.differences());
    }
}
