// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the nodes inside this JVM write into their log during a test; it is shown all the same. */
final class Logged implements BeforeEachCallback, AfterEachCallback {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private PrintStream shown;

    /** Writes into both. */
    private final class Both extends OutputStream {

        @Override
        public void write(int one) {
            written.write(one);
            shown.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written.write(bytes, offset, length);
            shown.write(bytes, offset, length);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        shown = System.err;
        System.setErr(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setErr(shown);
    }

    private boolean has(String... parts) {
        return written.toString(StandardCharsets.UTF_8).lines()
                .anyMatch(line -> Stream.of(parts).allMatch(line::contains));
    }

    /** How many lines have this. */
    long count(String part) {
        return written.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(part)).count();
    }

    /** Waits until a line has all of this. */
    void says(String... parts) {
        Eventually.until(() -> String.join(" … ", parts) + " in\n" + written.toString(StandardCharsets.UTF_8),
                Nodes.SOON, () -> has(parts));
    }
}
