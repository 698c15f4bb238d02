// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Peers that begin long messages and do not end them: together they hold a part of the heap at most. */
final class LongFramesTest {

    private static final int MIB = 1 << 20;
    private static final int READ = 64 * 1024;
    private static final int READS = MIB / READ;

    private final ManualScheduler time = new ManualScheduler();
    /** Room for four such messages, of two MiB of the heap each; three are of peers that opened their connections. */
    private final LongFrames room = new LongFrames(4L * 2 * MIB + READ);

    /** What comes by one connection. */
    private final class Line implements FrameDecoder.Sink {

        private final LongFrames.Share share;
        private final FrameDecoder decoder;
        private final List<String> seen = new ArrayList<>();
        private int starved;

        Line(boolean dialled) {
            share = room.share(dialled);
            decoder = new FrameDecoder(time, share, this);
            decoder.established(MIB);
        }

        /** A message of a megabyte begins, and comes so far. */
        Line begin(int reads) {
            decoder.read(Unpooled.buffer().writeInt(FrameType.MARK << 24 | FrameType.GOSSIP.code() << 16)
                    .writeInt(MIB));
            go(reads);
            share.settled();
            return this;
        }

        void go(int reads) {
            for (int i = 0; i < reads; i++) {
                decoder.read(Unpooled.wrappedBuffer(new byte[READ]));
            }
        }

        @Override
        public void frame(FrameType type, int flags, ByteBuffer body) {
            seen.add(type + " " + body.remaining());
        }

        @Override
        public void fault(ConnectionFault fault, String detail) {
            seen.add(fault.name());
        }

        @Override
        public void starved() {
            starved++;
        }
    }

    private List<Line> begun(int count) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(new Line(false).begin(READS - 1));
        }
        return lines;
    }

    @Test
    void shouldHoldAPartOfTheHeapHoweverManyBeginAMessage() {
        List<Line> lines = begun(64);
        Line dialled = new Line(true).begin(READS);

        long bytes = lines.stream().mapToLong(line -> line.decoder.gatheredBytes()).sum();
        assertTrue(bytes <= 3L * (MIB + READ), bytes + " bytes");
        assertEquals(61, lines.stream().filter(line -> line.starved == 1).count());
        assertEquals(List.of("GOSSIP 1048576"), dialled.seen);
        lines.forEach(line -> line.decoder.discard());
        assertEquals(0, new Line(false).begin(1).starved);
    }

    @Test
    void shouldGoOnWithAMessageThatWaitedWhenThereIsRoom() {
        List<Line> lines = begun(3);
        Line waits = new Line(false).begin(READS);
        waits.decoder.resume();
        int inVain = waits.starved;

        lines.get(0).go(1);
        waits.decoder.resume();
        int dealtWith = waits.starved;
        lines.get(0).share.settled();
        waits.decoder.resume();

        assertEquals(2, inVain);
        assertEquals(3, dealtWith, "it may stay, and then its connection is not read, so that no other one comes");
        assertEquals(List.of("GOSSIP 1048576"), lines.get(0).seen);
        assertEquals(List.of("GOSSIP 1048576"), waits.seen);
    }

    @Test
    void shouldTakeShortMessagesWithoutRoom() {
        begun(3);
        Line line = new Line(false);

        line.decoder.read(Unpooled.buffer().writeInt(FrameType.MARK << 24 | FrameType.GOSSIP.code() << 16)
                .writeInt(READ / 4).writeBytes(new byte[READ / 8]));
        line.decoder.read(Unpooled.wrappedBuffer(new byte[READ / 8]));

        assertEquals(List.of("GOSSIP 16384"), line.seen);
    }

    @Test
    void shouldGiveUpWhatComesSlowlyWhileOthersWait() {
        List<Line> lines = begun(3);
        time.advance(Duration.ofSeconds(22));
        lines.forEach(line -> line.decoder.checkStall(time.nanos()));
        List<String> calm = List.copyOf(lines.get(0).seen);

        new Line(false).begin(1);
        lines.forEach(line -> line.decoder.checkStall(time.nanos()));

        assertEquals(List.of(), calm);
        assertEquals(List.of("FRAME_STALLED"), lines.get(0).seen);
        assertEquals(0, new Line(false).begin(1).starved);
    }
}
