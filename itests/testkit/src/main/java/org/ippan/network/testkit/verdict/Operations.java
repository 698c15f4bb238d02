// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.verdict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The tables of {@code docs/operations.md}, from the folder of any module. */
final class Operations {

    static final Path DOCUMENT = Path.of("..", "..", "docs", "operations.md");

    private Operations() {
    }

    /** The rows below a head, each as its cells. */
    static List<List<String>> rows(String head) {
        try {
            List<List<String>> rows = Files.readAllLines(DOCUMENT).stream().dropWhile(line -> !line.equals(head))
                    .skip(2).takeWhile(line -> line.startsWith("|")).map(Operations::cells).toList();
            if (rows.isEmpty()) {
                throw new AssertionError("no table " + head + " in " + DOCUMENT);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
    }
}
