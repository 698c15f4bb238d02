// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LineOutputTest {

    private final List<String> errors = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    /** A disk that takes three bytes at a time, and none while it is full. */
    private static final class SmallDisk implements WritableByteChannel {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final CountDownLatch refused = new CountDownLatch(1);
        private volatile boolean full;

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (full) {
                refused.countDown();
                throw new IOException("No space left on device");
            }
            int length = Math.min(3, source.remaining());
            byte[] taken = new byte[length];
            source.get(taken);
            content.write(taken);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Keeps its content for the test.
        }
    }

    private static ReceivedMessage message(String payload) {
        return (ReceivedMessage) Proxy.newProxyInstance(ReceivedMessage.class.getClassLoader(),
                new Class<?>[] {ReceivedMessage.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "payload" -> ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void shouldAppendEachMessageAsALineHoweverLong() throws IOException {
        Path file = Files.writeString(folder.resolve("out.txt"), "before\n");
        String large = "x".repeat(200_000);

        try (LineOutput output = LineOutput.appendingTo(file, errors::add)) {
            for (String payload : List.of("a", "", large, "ü\r", large)) {
                output.onMessage(message(payload));
            }
        }

        assertEquals("before\na\n\n" + large + "\nü\r\n" + large + "\n", Files.readString(file));
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldLoseAndDoubleNothingWhileTheDiskIsFull() throws Exception {
        SmallDisk disk = new SmallDisk();
        disk.full = true;
        LineOutput output = new LineOutput(disk, true, errors::add);

        output.onMessage(message("first"));
        assertTrue(disk.refused.await(10, TimeUnit.SECONDS));
        output.onMessage(message("second"));
        disk.full = false;
        output.close();

        assertEquals("first\nsecond\n", disk.content.toString(StandardCharsets.UTF_8));
        assertEquals(List.of("No space left on device"), errors);
    }

    @Test
    void shouldKeepAMessageWhoseCallerIsInterruptedWhileItWaitsForRoom() throws Exception {
        SmallDisk disk = new SmallDisk();
        disk.full = true;
        LineOutput output = new LineOutput(disk, true, errors::add);
        output.onMessage(message("x".repeat(60_000)));

        Thread.currentThread().interrupt();
        output.onMessage(message("y".repeat(60_000)));

        assertTrue(Thread.interrupted());
        disk.full = false;
        output.close();
        assertEquals("x".repeat(60_000) + "\n" + "y".repeat(60_000) + "\n",
                disk.content.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSayHowMuchIsLostWhenItCannotBeWrittenAtTheEnd() {
        SmallDisk disk = new SmallDisk();
        disk.full = true;
        LineOutput output = new LineOutput(disk, true, errors::add);
        output.onMessage(message("lost"));

        IOException lost = assertThrows(IOException.class, output::close);

        assertEquals("5 bytes were received but not written: No space left on device", lost.getMessage());
    }
}
