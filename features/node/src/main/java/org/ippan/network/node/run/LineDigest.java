// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.ippan.network.api.state.FileErrors;

/**
 * What the lines of a file are, whatever their order: their number, and the sums of the four words of their SHA-256
 * hashes. Two files of equal digest have, but for chance in 2²⁵⁶, the same lines the same number of times. Needs the
 * same little memory for a file of any size.
 *
 * @param lines how many
 * @param sum0 sum of the first words
 * @param sum1 sum of the second words
 * @param sum2 sum of the third words
 * @param sum3 sum of the fourth words
 */
public record LineDigest(long lines, long sum0, long sum1, long sum2, long sum3) {

    /** The digest of a file. */
    public static LineDigest of(Path file) throws IOException {
        try (LineReader reader = new LineReader(Files.newInputStream(file), LinePublisher.MAX_LINE_BYTES)) {
            return of(reader);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ": " + FileErrors.words(e), e);
        }
    }

    /** The digest of all lines that are left. */
    static LineDigest of(LineReader reader) throws IOException {
        MessageDigest sha256 = sha256();
        long lines = 0;
        long[] sums = new long[4];
        for (Line line = reader.next(); line != null; line = reader.next()) {
            if (line.tooLong()) {
                throw new IOException("line " + line.number() + " has " + line.length()
                        + " bytes, more than any message may have");
            }
            LongBuffer words = ByteBuffer.wrap(sha256.digest(line.bytes())).asLongBuffer();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += words.get(i);
            }
            lines++;
        }
        return new LineDigest(lines, sums[0], sums[1], sums[2], sums[3]);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What another file has that this one should have, in words. */
    public String compare(LineDigest received) {
        if (received.lines < lines) {
            return "FAIL: " + (lines - received.lines) + " of " + lines + " lines are missing";
        }
        if (received.lines > lines) {
            return "FAIL: " + (received.lines - lines) + " lines more than the " + lines + " of the input";
        }
        return equals(received) ? "PASS: " + lines + " lines, each exactly once"
                : "FAIL: as many lines as the input, but not the same";
    }
}
