// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.junit.jupiter.api.Test;

/** What peers are told of that is not sent to them, and when. */
class AnnouncerTest extends LinksFixture {

    private final Outbound from = link();
    private final Outbound dialled = link();
    private final Outbound inbound = stranger();

    private int told(Outbound outbound) {
        return Collections.frequency(end(outbound).told, "offer IHAVE");
    }

    private long announced() {
        return context.counters.announced.sum();
    }

    private void tickFor(long millis) {
        for (long passed = 0; passed < millis; passed += 10) {
            advance(10);
            announcer.tick(time.nanos());
        }
    }

    @Test
    void shouldAnnounceOnceWhatIsNotSent() {
        dialled.link().eager(false);
        announcer.tick(time.nanos());
        bring(from, 3);
        boolean busy = announcer.isBusy();
        tickFor(200);
        int soon = told(dialled);
        tickFor(2000);

        assertTrue(busy);
        assertEquals(1, soon);
        assertEquals(1, told(dialled));
        assertEquals(3, announced());
        assertEquals(0, told(from));
        assertEquals(0, told(inbound), "it is sent the messages");
        assertFalse(announcer.isBusy());
    }

    /** Both ends get a message at about the same time: who hears of it need not announce it back. */
    @Test
    void shouldLetTheEndThatDialledBeFirst() {
        dialled.link().eager(false);
        inbound.link().eager(false);
        bring(from, 1);
        for (int i = 0; i < 15 && told(dialled) == 0; i++) {
            tickFor(10);
        }
        int atOnce = told(inbound);
        tickFor(40);
        int early = told(inbound);
        tickFor(400);

        assertEquals(List.of(0, 0, 1), List.of(atOnce, early, told(inbound)));
    }

    @Test
    void shouldAnnounceToSomeLinksAfterTheOther() {
        set("announceFanout", 2);
        List<Outbound> lazy = new ArrayList<>(List.of(dialled));
        for (int i = 0; i < 4; i++) {
            lazy.add(link());
        }
        lazy.forEach(each -> each.link().eager(false));
        bring(from, 1);
        for (int i = 0; i < 15 && announced() == 0; i++) {
            tickFor(10);
        }
        long first = announced();
        tickFor(1000);

        assertEquals(2, first);
        assertEquals(5, announced());
    }

    /** So many links that are told of messages only, besides those there are. */
    private List<Outbound> lazy(int count, boolean known) {
        List<Outbound> lazy = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Outbound outbound = known ? link() : stranger();
            outbound.link().eager(false);
            lazy.add(outbound);
        }
        return lazy;
    }

    private void announceEachOf(int messages) {
        for (int i = 0; i < messages; i++) {
            bring(from, 1);
            tickFor(150);
        }
    }

    /** An attacker chooses the others. */
    @Test
    void shouldTellThoseItDialledFirst() {
        set("announceFanout", 2);
        List<Outbound> strangers = lazy(4, false);
        List<Outbound> known = lazy(2, true);
        announceEachOf(40);

        known.forEach(each -> assertTrue(told(each) >= 35, told(each) + " times"));
        strangers.forEach(each -> assertTrue(told(each) < 20, told(each) + " times"));
    }

    @Test
    void shouldTellSomeOfTheOthersByChance() {
        set("announceFanout", 6);
        List<Outbound> strangers = lazy(6, false);
        lazy(6, true);
        announceEachOf(60);

        strangers.forEach(each -> assertTrue(told(each) > 5 && told(each) < 40, told(each) + " times"));
    }

    @Test
    void shouldKeepWhatALinkDoesNotTakeAndTryItLessOften() {
        dialled.link().eager(false);
        end(dialled).takes = false;
        bring(from, 3);
        tickFor(1000);
        boolean busy = announcer.isBusy();
        end(dialled).takes = true;
        tickFor(3000);

        assertTrue(busy);
        assertEquals(1, told(dialled));
        assertEquals(3, announced());
    }

    private static Announcement announcement(int number) {
        return new Announcement(id(number).toId(), 10, 0);
    }

    private void lose(int count) {
        for (int i = 0; i < count; i++) {
            announcer.lost(dialled, announcement(i));
        }
    }

    @Test
    void shouldAnnounceWhatWasLostInFullFrames() {
        lose(ControlCodec.MAX_IDS + 1);
        boolean busy = announcer.isBusy();
        announcer.tick(time.nanos());

        assertTrue(busy);
        assertEquals(2, told(dialled));
        assertEquals(ControlCodec.MAX_IDS + 1, announced());
        assertFalse(announcer.isBusy());
        announcer.tick(time.nanos());
        assertEquals(2, told(dialled));
    }

    @Test
    void shouldKeepWhatWasLostUntilALinkTakesItsAnnouncement() {
        end(dialled).takes = false;
        lose(1);
        announcer.tick(time.nanos());
        boolean busy = announcer.isBusy();
        end(dialled).takes = true;
        announcer.tick(time.nanos());

        assertTrue(busy);
        assertEquals(1, announced());
    }

    @Test
    void shouldForgetWhatWasLostOnALinkThatEnded() {
        lose(1);
        announcer.down(dialled);
        boolean after = announcer.isBusy();
        dialled.link().end();
        lose(1);

        assertFalse(after || announcer.isBusy());
    }

    /** The memory for what is lost is bounded. */
    @Test
    void shouldTellOfAllAtOnceWhereVeryMuchWasLost() {
        publish(2);
        take(dialled, 2);
        end(dialled).takes = false;
        lose(10 * ControlCodec.MAX_IDS + 1);
        end(dialled).takes = true;
        tickFor(100);

        assertEquals(10 * ControlCodec.MAX_IDS + 2, announced(), "and of the two that were sent");
    }

    @Test
    void shouldTellInADigestOfAllThatIsNotToBeSentAnyMore() {
        publish(5);
        bring(from, 2);
        announcer.digest(dialled);
        long toBeSent = announced();
        take(dialled, 7);
        bring(from, 1);
        tickFor(3000);
        announcer.digest(dialled);

        assertEquals(0, toBeSent);
        assertEquals(7, announced());
        assertFalse(announcer.isBusy());
    }

    @Test
    void shouldTellNoPeerOfWhatItBroughtItself() {
        bring(dialled, 2);
        announcer.digest(dialled);

        assertEquals(0, announced());
    }

    @Test
    void shouldMakeNoDigestsOneAfterTheOther() {
        publish(1);
        take(dialled, 1);
        announcer.digest(dialled);
        announcer.digest(dialled);
        int atOnce = told(dialled);
        boolean busy = announcer.isBusy();
        tickFor(1990);
        int early = told(dialled);
        tickFor(10);

        assertEquals(List.of(1, 1, 2), List.of(atOnce, early, told(dialled)));
        assertTrue(busy);
        assertFalse(announcer.isBusy());
    }

    @Test
    void shouldRepeatTheRestOfADigestThatWasNotTaken() {
        publish(3);
        take(dialled, 3);
        end(dialled).takes = false;
        announcer.digest(dialled);
        tickFor(200);
        boolean busy = announcer.isBusy();
        end(dialled).takes = true;
        tickFor(1000);

        assertTrue(busy);
        assertEquals(1, told(dialled));
        assertEquals(3, announced());
    }

    @Test
    void shouldMakeNoMoreOfADigestForALinkThatEnded() {
        publish(3);
        take(dialled, 3);
        end(dialled).takes = false;
        announcer.digest(dialled);
        announcer.down(dialled);

        assertFalse(announcer.isBusy());
    }
}
