// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is copied and lent into one fill comes out as it went in, and no memory is kept. */
final class FillBufferTest {

    private static final int SIZE = 64 * 1024;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final FillBuffer fill = new FillBuffer();
    private final byte[] any = new byte[200_000];

    FillBufferTest() {
        new Random(1).nextBytes(any);
    }

    @BeforeEach
    void begin() {
        fill.begin(allocator.heapBuffer(16), SIZE);
    }

    @AfterEach
    void keepNothing() {
        assertEquals(0, allocator.metric().usedHeapMemory());
    }

    private List<ByteBuf> written() {
        fill.write(channel);
        channel.flush();
        return Stream.generate(channel::<ByteBuf>readOutbound).takeWhile(Objects::nonNull).toList();
    }

    private static byte[] content(List<ByteBuf> pieces) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf piece : pieces) {
            all.writeBytes(piece);
            piece.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    @Test
    void shouldKeepTheOrderOfCopiedAndLentBytesAndChangeTheCopiedOnes() {
        byte[] expected = Arrays.copyOf(any, any.length);
        for (int at : new int[] {10, 150_010}) {
            System.arraycopy(new byte[] {1, 2, 3, 4}, 0, expected, at, 4);
        }
        expected[150_000] = 9;

        fill.copy(any, 0, 100);
        fill.lend(any, 100, 149_900);
        fill.copy(any, 150_000, 20);
        fill.lend(any, 150_020, 30_000);
        fill.lend(any, 180_020, 19_980);
        fill.setInt(10, 0x01020304);
        fill.setByte(150_000, 9);
        fill.setInt(150_010, 0x01020304);

        assertEquals(any.length, fill.length());
        assertEquals(SIZE - any.length, fill.room());
        assertEquals(120, fill.copiedLength());
        assertArrayEquals(expected, content(written()));
    }

    @Test
    void shouldLendWithoutCopyingInPiecesOfBoundedLength() {
        fill.lend(any, 0, any.length);

        List<ByteBuf> pieces = written();

        assertTrue(pieces.stream().allMatch(piece -> piece.array() == any && piece.readableBytes() <= SIZE));
        assertArrayEquals(any, content(pieces));
    }

    @Test
    void shouldCopyIntoOneBuffer() {
        fill.copy(any, 7, 1000);
        fill.copy(any, 1007, 1000);

        List<ByteBuf> pieces = written();

        assertEquals(1, pieces.size());
        assertArrayEquals(Arrays.copyOfRange(any, 7, 2007), content(pieces));
    }

    @Test
    void shouldGiveBackWhatIsNotWanted() {
        fill.copy(any, 0, 1000);

        fill.release();
    }

    @Test
    void shouldKeepNothingOfTheFillBefore() {
        fill.copy(any, 0, 10);
        fill.lend(any, 10, 100_000);
        content(written());
        begin();
        fill.lend(any, 0, 100);
        fill.release();
        begin();
        fill.copy(any, 500, 20);

        assertEquals(20, fill.length());
        assertEquals(SIZE - 20, fill.room());
        assertArrayEquals(Arrays.copyOfRange(any, 500, 520), content(written()));
    }
}
