// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.send.Outbound;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer may lack of a publisher: differences of fingerprints, and what they leave out, one upon the other. */
class OwedTest extends LinksFixture {

    private final Outbound publisher = link();
    private final Outbound peer = link();
    private final SourceLog log = source(publisher).log(Priority.NORMAL);

    @BeforeEach
    void bringThree() {
        for (int i = 1; i <= 3; i++) {
            bringNumbered(publisher, i, 0);
        }
    }

    private long announced() {
        announcer.tick(time.nanos());
        return context.counters.announced.sum();
    }

    private void differ(long after) {
        announcer.oweAll(peer, log, after, log.head(), time.nanos());
    }

    private void leaveOut(long after, long upTo) {
        announcer.owe(peer, log, after, upTo, time.nanos());
    }

    @Test
    void shouldAnnounceEachIdOfADifferenceAndOfALateVerdictOnce() {
        differ(0);
        announced();
        bringNumbered(publisher, 4, Segment.JUDGED);
        long late = announced();
        bringNumbered(publisher, 5, 0);

        assertEquals(4, late);
        assertEquals(4, announced());
    }

    /** What came between the two was passed over, as the first did not mean it. */
    @Test
    void shouldAnnounceASecondDifferenceSoonAfterTheFirst() {
        differ(0);
        announced();
        bringNumbered(publisher, 4, 0);
        bringNumbered(publisher, 5, Segment.JUDGED);
        announced();
        differ(3);
        bringNumbered(publisher, 6, 0);

        assertEquals(6, announced());
        assertEquals(6, announced());
    }

    /** It had waited for a validator, so that the difference meant it, too. */
    @Test
    void shouldAnnounceNothingTwiceThatIsLeftOutWhileADifferenceIsAnnounced() {
        differ(0);
        announced();
        bringNumbered(publisher, 4, Segment.JUDGED);
        bringNumbered(publisher, 5, 0);
        leaveOut(3, 5);

        assertEquals(5, announced());
        assertEquals(5, announced());
    }

    @Test
    void shouldAnnounceNothingTwiceThatIsLeftOutJustAfterADifference() {
        differ(0);
        bringNumbered(publisher, 4, 0);
        leaveOut(3, 4);

        assertEquals(4, announced());
        assertEquals(4, announced());
    }

    @Test
    void shouldAnnounceWhatTwoHolesLeaveOutOnce() {
        leaveOut(0, 1);
        long first = announced();
        leaveOut(2, 3);

        assertEquals(1, first);
        assertEquals(2, announced());
        assertEquals(2, announced());
    }

    @Test
    void shouldAnnounceNothingTwiceOfADifferenceWithinAnother() {
        differ(0);
        announced();
        differ(2);
        leaveOut(0, 1);

        assertEquals(3, announced());
        assertEquals(3, announced());
    }

    /** The difference does not mean it. */
    @Test
    void shouldAnnounceWhatIsLeftOutBeforeADifference() {
        differ(2);
        long first = announced();
        leaveOut(0, 1);

        assertEquals(1, first);
        assertEquals(2, announced());
        assertEquals(2, announced());
    }

    @Test
    void shouldAnnounceAHoleBeforeOneThatIsStillOpen() {
        leaveOut(2, 3);
        leaveOut(0, 1);

        assertEquals(3, announced(), "both, and what is between them");
    }

    @Test
    void shouldForgetAHoleThatIsOver() {
        leaveOut(2, 3);
        announced();
        time.advance(Duration.ofHours(1));
        leaveOut(0, 1);

        assertEquals(2, announced());
    }
}
