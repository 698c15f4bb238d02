// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.nio.ByteBuffer;
import org.ippan.network.jmh.OneStep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Appends a message to a full log, and has four cursors pass it, beside the copy alone. */
@State(Scope.Thread)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class LogBenchmark extends OneStep {

    private static final int SEGMENT = 64 * 1024;
    private static final long SPACE = 64 << 20;
    private static final int READERS = 4;

    @Param({"256", "1024"})
    public int bytes;

    private final LogSpace space = new LogSpace(System::nanoTime, SEGMENT);
    private final SourceLog log = space.log("link", 1);
    private final Cursor[] cursors = new Cursor[READERS];
    private final Draft draft = new Draft();
    private ByteBuffer body;
    private byte[] from;
    private byte[] to;
    private long number;

    @Setup
    public void fill() {
        space.limit(SPACE);
        body = ByteBuffer.allocate(bytes);
        from = new byte[bytes];
        to = new byte[(int) SPACE];
        for (int i = 0; i < READERS; i++) {
            cursors[i] = log.read(any -> true);
        }
        for (long filled = 0; filled < 2 * SPACE; filled += bytes) {
            appendAndRead();
        }
    }

    @Benchmark
    public long appendAndRead() {
        number++;
        draft.id(number * 0x9E37_79B9_7F4A_7C15L, number, number, number);
        draft.body(body, 1);
        draft.note(number, 0, 0);
        long at = log.append(draft);
        for (Cursor cursor : cursors) {
            pass(cursor);
        }
        return at;
    }

    private static void pass(Cursor cursor) {
        Segment segment;
        while ((segment = cursor.pin()) != null) {
            cursor.pass(segment, segment.count());
            segment.unpin();
        }
        cursor.taken(cursor.position());
        cursor.passed();
    }

    @Benchmark
    public byte[] copyAlone() {
        number += bytes;
        if (number + bytes > to.length) {
            number = 0;
        }
        System.arraycopy(from, 0, to, (int) number, bytes);
        return to;
    }
}
