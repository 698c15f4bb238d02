// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.state.FileErrors;

/**
 * Writes each message as one line. What was received is written soon, at the latest {@link #FLUSH_MILLIS} later, and
 * never lost while the process lives: while the file takes nothing, for example because the disk is full, the listener
 * waits and so, by back-pressure, do the peers. Safe for any thread.
 */
final class LineOutput implements GossipListener, AutoCloseable {

    static final long FLUSH_MILLIS = 100;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final long RETRY_MILLIS = 1_000;

    private final WritableByteChannel channel;
    private final Consumer<String> onError;
    private final boolean retries;
    private final Thread flusher = new Thread(this::flush, "ippan-node-output");
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private String error;
    private boolean full;
    private boolean closed;

    /**
     * Writes to a channel.
     *
     * @param channel closed at the end
     * @param retries whether what cannot be written now may be written later
     * @param onError is told when writing fails, once for as long as it does
     */
    LineOutput(WritableByteChannel channel, boolean retries, Consumer<String> onError) {
        this.channel = channel;
        this.retries = retries;
        this.onError = onError;
        flusher.setDaemon(true);
        flusher.start();
    }

    /** Appends to a file, which is made if it is not there. */
    static LineOutput appendingTo(Path file, Consumer<String> onError) throws IOException {
        return new LineOutput(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true,
                onError);
    }

    /** Writes to standard output. */
    static LineOutput standardOutput(Consumer<String> onError) {
        return new LineOutput(new FileOutputStream(FileDescriptor.out).getChannel(), false, onError);
    }

    @Override
    public synchronized void onMessage(ReceivedMessage message) {
        ByteBuffer payload = message.payload();
        awaitRoom(payload.remaining());
        if (closed || broken()) {
            return;
        }
        if (payload.remaining() >= buffer.remaining()) {
            buffer = ByteBuffer.allocate(buffer.position() + payload.remaining() + BUFFER_BYTES).put(buffer.flip());
        }
        buffer.put(payload).put((byte) '\n');
    }

    /** Waits until the buffer is empty if the message does not fit; an interrupted wait ends with a larger buffer. */
    private void awaitRoom(int length) {
        try {
            while (length >= buffer.remaining() && buffer.position() > 0 && !closed && !broken()) {
                full = true;
                notifyAll();
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether writing failed for good. */
    synchronized boolean broken() {
        return !retries && error != null;
    }

    /** The only thread that writes until the end: callers of listeners may be interrupted, which closes channels. */
    private synchronized void flush() {
        try {
            while (!closed) {
                if (!full || error != null) {
                    wait(error == null ? FLUSH_MILLIS : RETRY_MILLIS);
                }
                write();
                full = false;
                notifyAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries once; whatever the channel did not take stays in the buffer. */
    private boolean write() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            error = null;
            return true;
        } catch (IOException e) {
            String problem = FileErrors.words(e);
            if (!problem.equals(error)) {
                onError.accept(problem);
            }
            error = problem;
            return false;
        } finally {
            buffer.compact();
        }
    }

    /** Writes what is left. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        notifyAll();
        boolean complete = write();
        int left = buffer.position();
        channel.close();
        if (!complete) {
            throw new IOException(left + " bytes were received but not written: " + error);
        }
    }
}
