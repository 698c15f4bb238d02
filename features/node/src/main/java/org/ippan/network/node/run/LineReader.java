// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream at {@code \n} and at nothing else: a {@code \r} belongs to its line, empty lines are lines, and so is
 * a last one without newline. Memory is bounded by the longest line it takes. Not safe for several threads.
 */
final class LineReader implements Closeable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream stream;
    private final int maxLength;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;
    private volatile long bytesRead;

    /**
     * Reads lines.
     *
     * @param stream where from; closed with the reader
     * @param maxLength bytes of the longest line that is kept: of longer ones only the length is told
     */
    LineReader(InputStream stream, int maxLength) {
        this.stream = stream;
        this.maxLength = maxLength;
    }

    /** How many bytes were read so far, by any thread's view. */
    long bytesRead() {
        return bytesRead;
    }

    /** The next line, or null at the end. */
    Line next() throws IOException {
        ByteArrayOutputStream begun = null;
        long length = 0;
        while (position < limit || fill()) {
            int end = indexOfNewline();
            int found = end - position;
            boolean complete = end < limit;
            if (complete && begun == null) {
                Line line = line(Arrays.copyOfRange(buffer, position, end), found);
                position = end + 1;
                return line;
            }
            begun = begun == null ? new ByteArrayOutputStream(2 * found) : begun;
            length += found;
            if (length <= maxLength) {
                begun.write(buffer, position, found);
            }
            position = complete ? end + 1 : end;
            if (complete) {
                return line(begun.toByteArray(), length);
            }
        }
        return begun == null ? null : line(begun.toByteArray(), length);
    }

    private Line line(byte[] bytes, long length) {
        number++;
        return new Line(number, length > maxLength ? null : bytes, length);
    }

    private int indexOfNewline() {
        int at = position;
        while (at < limit && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, stream.read(buffer));
        bytesRead += limit;
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
