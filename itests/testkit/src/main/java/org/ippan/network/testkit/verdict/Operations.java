// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.verdict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The tables of {@code docs/operations.md} and sections of {@code docs/findings.md}, from the folder of any module. */
final class Operations {

    static final Path DOCUMENT = Path.of("..", "..", "docs", "operations.md");
    private static final Path FINDINGS = DOCUMENT.resolveSibling("findings.md");
    private static final String SECTION = "### ";
    /** Sections of what is no check: what holds traffic back, how other nodes fare, and a doctor that is away. */
    private static final Pattern NO_CHECK = Pattern.compile("limits|limit-.*|node-.*|doctor");

    private Operations() {
    }

    /** The rows below a head, each as its cells. */
    static List<List<String>> rows(String head) {
        List<List<String>> rows = lines(DOCUMENT).stream().dropWhile(line -> !line.equals(head)).skip(2)
                .takeWhile(line -> line.startsWith("|")).map(Operations::cells).toList();
        if (rows.isEmpty()) {
            throw new AssertionError("no table " + head + " in " + DOCUMENT);
        }
        return rows;
    }

    /** The checks of the doctor. */
    static List<String> checks() {
        return lines(FINDINGS).stream().filter(line -> line.startsWith(SECTION))
                .map(line -> line.substring(SECTION.length())).filter(name -> !NO_CHECK.matcher(name).matches())
                .toList();
    }

    private static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
    }
}
