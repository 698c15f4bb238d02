// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.testkit.ManualScheduler;

/** The window of one log that one link reads. */
abstract class WindowFixture {

    static final int KIB = 1024;
    static final int FIRST = 256 * KIB;

    final ManualScheduler time = new ManualScheduler();
    final LogSpace space = new LogSpace(time, 64 * KIB);
    final SourceLog log = space.log(null, 1);
    final Draft draft = new Draft();
    long first = FIRST;
    long memory = 1L << 30;
    Duration longestWay = Duration.ofMinutes(1);
    boolean pressed;
    /** Whether the only link sends what is published; else it announces. */
    boolean sends = true;
    Cursor link;
    boolean shortWays;
    final Window window = new Window(time.nanos(), new Ways(), () -> pressed);

    private final class Ways implements Window.Ways {

        @Override
        public long first() {
            return first;
        }

        @Override
        public long longest() {
            return longestWay.toNanos();
        }

        @Override
        public boolean areShort() {
            return shortWays;
        }
    }

    private final class Link implements Cursor.Waiting {

        @Override
        public boolean isWaitedFor(Cursor cursor) {
            return sends;
        }
    }

    /** Publishes so many KiB. */
    void publish(int kib) {
        space.limit(64L << 20);
        if (link == null) {
            link = log.read(new Link());
        }
        long before = log.head();
        for (int i = 0; i < kib; i++) {
            draft.body(ByteBuffer.allocate(KIB - 8), 0);
            log.append(draft);
        }
        assertEquals(before + kib * KIB, log.head());
    }

    /** The link sends all there is, which its peer has to settle. */
    void send() {
        Segment segment;
        long before = link.position();
        while ((segment = link.pin()) != null) {
            link.pass(segment, segment.count());
            segment.unpin();
        }
        link.sent();
        link.taken(log.head());
        link.owes(log.head() - before);
    }

    void look() {
        window.look(log, memory, time.nanos());
    }

    /** Publishes so many KiB that are settled after a time. */
    void settledAfter(int kib, Duration lasting) {
        publish(kib);
        send();
        look();
        time.advance(lasting);
        settle(kib);
    }

    void settle(int kib) {
        link.settled(kib * KIB);
        look();
    }
}
