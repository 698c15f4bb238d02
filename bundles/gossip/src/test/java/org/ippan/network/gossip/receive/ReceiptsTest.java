// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** How much of what came is settled, and what is said of it. */
class ReceiptsTest {

    /** Of a body; its frame has {@link #FRAME} bytes. */
    private static final int BODY = 92;
    private static final int FRAME = FrameType.HEADER_LENGTH + BODY;

    private final ManualScheduler time = new ManualScheduler();
    private final LogSpace space = new LogSpace(time, 4096);
    private final Sources.Source source = new Sources(space, new EntryIndex(space, 5), 1024).of(null);
    private final Receipts receipts = new Receipts(source, 0, time.nanos());

    private void come(Priority priority) {
        receipts.came(priority, BODY);
        receipts.note();
    }

    /** A message comes and is to be sent on by one link. */
    private Cursor comeForAnother() {
        space.limit(1 << 20);
        append();
        Cursor cursor = source.of(Priority.NORMAL).read(any -> true);
        append();
        come(Priority.NORMAL);
        return cursor;
    }

    private void append() {
        Draft draft = new Draft();
        draft.body(ByteBuffer.allocate(BODY), 1);
        source.append(Priority.NORMAL, new IdKey(Peers.messageId(space.entries())), draft);
    }

    private boolean isDue(long least) {
        return receipts.isDue(least, time.nanos());
    }

    private long[] settled() {
        isDue(0);
        return receipts.ack(false).settled();
    }

    @Test
    void shouldSettleWhatCameAndIsToBeSentToNoOther() {
        assertFalse(receipts.note());
        receipts.came(Priority.NORMAL, BODY);
        assertEquals(0, receipts.untold(), "not taken in yet");
        assertTrue(receipts.note());
        assertFalse(receipts.note());

        assertEquals(FRAME, receipts.untold());
        assertTrue(isDue(FRAME));
        assertFalse(isDue(FRAME + 1));
        come(Priority.LOW);
        assertArrayEquals(new long[] {0, FRAME, FRAME}, settled());
    }

    @Test
    void shouldTellNothingTwiceNorAgainTooSoon() {
        come(Priority.HIGH);
        isDue(1);
        long told = time.nanos();
        receipts.told(receipts.ack(false), told);

        assertEquals(0, receipts.untold());
        assertFalse(isDue(1));
        come(Priority.HIGH);
        assertFalse(receipts.isDue(1, told - 1));
        assertTrue(receipts.isDue(1, told));
        assertEquals(FRAME, receipts.untold());
    }

    @Test
    void shouldNotSettleWhatWaitsForAVerdict() {
        receipts.waits(Priority.NORMAL, FRAME);
        come(Priority.NORMAL);
        long[] waiting = settled();
        receipts.waits(Priority.NORMAL, -FRAME);

        assertArrayEquals(new long[3], waiting);
        assertArrayEquals(new long[] {0, FRAME, 0}, settled());
    }

    @Test
    void shouldNotSettleWhatAnotherLinkHasStillToSend() {
        Cursor cursor = comeForAnother();
        long[] before = settled();
        cursor.pass(cursor.pin(), 2);
        cursor.passed();
        long[] after = settled();
        append();

        assertArrayEquals(new long[3], before);
        assertArrayEquals(new long[] {0, FRAME, 0}, after);
        assertArrayEquals(after, settled(), "what was settled stays so");
    }

    @Test
    void shouldBeginWithAnyNumber() {
        Receipts later = new Receipts(source, Long.MAX_VALUE - 10, time.nanos());
        long nothing = later.untold();

        later.came(Priority.NORMAL, BODY);
        later.note();

        assertEquals(0, nothing);
        assertTrue(later.isDue(FRAME, time.nanos()));
        assertEquals(Long.MIN_VALUE + FRAME - 11, later.ack(false).settled()[1]);
    }

    private static List<Boolean> pressed(Ack ack) {
        return List.of(ack.isPressed(0), ack.isPressed(1), ack.isPressed(2));
    }

    @Test
    void shouldSayThatThereIsLittleRoomHereOfWhatIsSettledNow() {
        come(Priority.NORMAL);
        isDue(1);

        assertEquals(List.of(false, false, false), pressed(receipts.ack(false)));
        assertEquals(List.of(false, true, false), pressed(receipts.ack(true)));
        receipts.told(receipts.ack(true), time.nanos());
        come(Priority.LOW);
        isDue(1);
        assertEquals(List.of(false, false, true), pressed(receipts.ack(true)));
    }

    @Test
    void shouldPassOnOnceThatThereIsLittleRoomFarther() {
        comeForAnother();
        SourceLog log = source.of(Priority.NORMAL);
        log.pressed(FRAME);
        time.advance(Duration.ofMillis(1));

        List<Boolean> first = pressed(receipts.ack(false));
        receipts.told(receipts.ack(false), time.nanos());

        assertEquals(List.of(false, true, false), first);
        assertEquals(List.of(false, false, false), pressed(receipts.ack(false)));
        log.pressed(2 * FRAME);
        assertEquals(List.of(false, true, false), pressed(receipts.ack(false)));
    }
}
