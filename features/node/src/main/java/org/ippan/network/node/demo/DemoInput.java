// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file the demo publishes when it is given none. */
final class DemoInput {

    static final int LINES = 20_000;

    private static final int EMPTY_EVERY = 1_000;
    private static final int EQUAL_EVERY = 100;
    private static final int LONG_EVERY = 2_000;
    private static final int LONG_LENGTH = 10_000;

    private DemoInput() {
    }

    /** Writes lines of every kind that is easily got wrong: empty, equal, long, and beyond ASCII. */
    static void write(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 1; i <= LINES; i++) {
                out.write(line(i));
                out.write('\n');
            }
        }
    }

    private static String line(int number) {
        if (number % LONG_EVERY == 7) {
            return number + " " + "x".repeat(LONG_LENGTH);
        }
        if (number % EMPTY_EVERY == 0) {
            return "";
        }
        return number % EQUAL_EVERY == 0 ? "the same line again" : number + " grüße, 世界, from a file line by line";
    }
}
