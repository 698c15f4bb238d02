// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;

/** What is written to the error output, as the log of a framework is: kept, and shown at the end. */
final class ErrorOutput implements AutoCloseable {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final PrintStream shown = System.err;

    ErrorOutput() {
        System.setErr(new PrintStream(kept, true, StandardCharsets.UTF_8));
    }

    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    /** Waits until a line has all of this. */
    void says(String... parts) {
        Eventually.until(() -> String.join(" … ", parts) + " in " + text(), NodeInside.SOON,
                () -> text().lines().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    @Override
    public void close() {
        System.setErr(shown);
        System.err.print(text());
    }
}
