// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What is logged, by us or by Netty, until it is closed: the tests' binding of slf4j writes to standard error. */
final class CapturedLog implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    CapturedLog() {
        System.setErr(new PrintStream(said, true, UTF_8));
    }

    List<String> lines() {
        return said.toString(UTF_8).lines().toList();
    }

    /** The line that was logged, if it was one. */
    String line() {
        List<String> lines = lines();
        assertEquals(1, lines.size(), () -> lines.size() + " lines, like " + lines.stream().limit(2).toList());
        return lines.get(0);
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
