// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.Test;

/** One thread appends, several read and look up, one lets entries go: no reader ever sees half of an entry. */
class LogThreadsTest {

    private static final int MESSAGES = 300_000;
    private static final int READERS = 3;
    private static final int SEGMENT = 1024;

    private final LogSpace space = new LogSpace(Ticker.system(), SEGMENT);
    private final SourceLog log = space.log("link", 0);
    private final EntryIndex index = new EntryIndex(space, 5);
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong looked = new AtomicLong();

    private Thread start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((any, failure) -> {
            failures.add(failure);
            over.set(true);
        });
        thread.start();
        return thread;
    }

    private void append() {
        Draft draft = new Draft();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 1; i <= MESSAGES && !over.get(); i++) {
            int length = random.nextInt(500) == 0 ? 2 * SEGMENT : 16 + random.nextInt(100);
            ByteBuffer body = ByteBuffer.allocate(length);
            while (body.hasRemaining()) {
                body.put((byte) i);
            }
            draft.id(i, 2L * i, 3L * i, 4L * i);
            draft.body(body.flip(), (byte) i);
            draft.note(i, 0, 0);
            index.add(i, 2L * i, log.append(draft));
            newest.set(i);
        }
    }

    private static void check(Segment segment, int entry, long number) {
        assertEquals(number, segment.word(entry, 0));
        assertEquals(4 * number, segment.word(entry, 3));
        assertEquals((int) number, segment.born(entry));
        int from = segment.offset(entry);
        int to = segment.offset(entry + 1);
        assertEquals(to - from - FrameType.HEADER_LENGTH, LogFixture.intAt(segment, from + 4));
        for (int i = from + FrameType.HEADER_LENGTH; i < to; i++) {
            assertEquals((byte) number, segment.data()[i]);
        }
    }

    /** Reads to the end; what it is too slow for is left out, and counted. */
    private void read(Cursor cursor) {
        long last = 0;
        while (last < MESSAGES && !over.get()) {
            Segment segment = cursor.pin();
            if (segment == null) {
                Thread.onSpinWait();
                continue;
            }
            int end = segment.count();
            for (int entry = cursor.at(); entry < end; entry++) {
                long number = segment.word(entry, 0);
                assertTrue(number > last, "in order");
                last = number;
                check(segment, entry, number);
                seen.incrementAndGet();
            }
            cursor.pass(segment, end);
            segment.unpin();
            cursor.passed();
        }
    }

    private void lookUp() {
        EntryIndex.Found found = new EntryIndex.Found();
        SplittableRandom random = new SplittableRandom(2);
        while (newest.get() < MESSAGES && !over.get()) {
            long number = Math.max(1, newest.get() - random.nextInt(300));
            if (index.find(number, 2 * number, 3 * number, 4 * number, found)) {
                check(found.segment(), found.entry(), number);
                found.unpin();
                looked.incrementAndGet();
            }
        }
    }

    private void letGo() {
        while (newest.get() < MESSAGES && !over.get()) {
            space.expire(System.nanoTime() - 500_000, System.nanoTime() - 3_000_000);
            log.rest(log.head());
            Thread.yield();
        }
    }

    @Test
    void shouldNeverShowHalfOfAnEntry() throws InterruptedException {
        space.limit(40 * new SegmentArrays(SEGMENT).size());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            boolean waitedFor = i > 0;
            Cursor cursor = log.read(any -> waitedFor);
            threads.add(start(() -> read(cursor)));
        }
        threads.add(start(this::lookUp));
        threads.add(start(this::letGo));
        threads.add(start(this::append));

        for (Thread thread : threads) {
            thread.join(60_000);
        }
        over.set(true);

        assertEquals(List.of(), List.copyOf(failures));
        assertEquals((long) READERS * MESSAGES, seen.get() + space.overrun().sum());
        assertTrue(looked.get() > 0);
    }
}
