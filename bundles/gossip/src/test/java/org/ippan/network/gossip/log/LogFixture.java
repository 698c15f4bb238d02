// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;


import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;

/** A log that numbers are appended to and read from. */
abstract class LogFixture {

    /** 16 entries, and with the columns {@link #SIZE} bytes. */
    static final int SEGMENT = 2048;
    static final int ENTRIES = 16;
    static final long SIZE = new SegmentArrays(SEGMENT).size();

    final ManualScheduler time = new ManualScheduler();
    final LogSpace space = new LogSpace(time, SEGMENT);
    /** That of a link: what this node publishes gets a number in place of what stands there. */
    final SourceLog log = space.log("link", 1);
    final Draft draft = new Draft();
    boolean waits = true;

    LogFixture() {
        space.limit(1 << 20);
    }

    Cursor reader() {
        return log.read(cursor -> waits);
    }

    long append(int number, int length) {
        return append(log, number, length);
    }

    long append(SourceLog to, int number, int length) {
        draft.id(number, 2, 3, 4);
        draft.body(ByteBuffer.allocate(length).putInt(4, number), 7);
        draft.note(time.nanos() / 1_000_000, 0, 0);
        return to.append(draft);
    }

    void appendAll(int first, int end) {
        IntStream.range(first, end).forEach(number -> append(number, 100));
    }

    /** Four bytes of a frame in a pinned segment. */
    static int intAt(Segment segment, int index) {
        return ByteBuffer.wrap(segment.data()).getInt(index);
    }

    /** The numbers of what a cursor passes; all of it counts as taken. */
    static List<Integer> read(Cursor cursor, int most) {
        List<Integer> numbers = new ArrayList<>();
        Segment segment;
        while (numbers.size() < most && (segment = cursor.pin()) != null) {
            numbers.add(intAt(segment, segment.offset(cursor.at()) + FrameType.HEADER_LENGTH + 4));
            cursor.pass(segment, cursor.at() + 1);
            segment.unpin();
        }
        cursor.passed();
        return numbers;
    }

    static List<Integer> numbers(int first, int end) {
        return IntStream.range(first, end).boxed().toList();
    }
}
