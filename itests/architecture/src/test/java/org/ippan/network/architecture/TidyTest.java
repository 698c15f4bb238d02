// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the sources, so that reviews are about design. Every failure lists file and line. */
class TidyTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";
    private static final int LONGEST_LINE = 120;
    private static final int LONGEST_FILE = 300;
    /** Without package and imports, of which a shell that wires much has many. */
    private static final int LONGEST_SHELL = 82;
    /** So much more for each service a shell binds: what comes and what goes, a method each. */
    private static final int EACH_REFERENCE = 10;
    /** Written so that this file does not hold the words it looks for. */
    private static final Pattern TO_DO = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    private static final Map<String, List<String>> SOURCES = read(".java");
    private static final Map<String, List<String>> POMS = read("pom.xml");

    @Test
    void shouldFindTheSources() {
        assertTrue(SOURCES.size() > 80, "only " + SOURCES.size() + " sources found: the rules would hold for nothing");
    }

    @Test
    void shouldKeepLinesShort() {
        assertNone("lines longer than " + LONGEST_LINE, SOURCES,
                line -> line.codePointCount(0, line.length()) > LONGEST_LINE);
    }

    @Test
    void shouldKeepFilesShort() {
        List<String> wrong = new ArrayList<>();
        SOURCES.forEach((file, lines) -> {
            if (lines.size() > LONGEST_FILE) {
                wrong.add(file + " has " + lines.size() + " lines, more than " + LONGEST_FILE);
            }
        });

        assertEquals(List.of(), wrong);
    }

    @Test
    void shouldKeepShellsShort() {
        List<String> wrong = new ArrayList<>();
        SOURCES.forEach((file, lines) -> {
            if (file.endsWith("Component.java") && file.contains("/src/main/")) {
                long length = lines.stream().filter(line -> !line.matches("(package|import) .*")).count();
                long longest = LONGEST_SHELL + EACH_REFERENCE * lines.stream()
                        .filter(line -> line.contains("@Reference")).count();
                if (length > longest) {
                    wrong.add(file + " has " + length + " lines of its own, more than " + longest);
                }
            }
        });

        assertEquals(List.of(), wrong);
    }

    @Test
    void shouldBeginWithTheLicence() {
        List<String> wrong = new ArrayList<>();
        SOURCES.forEach((file, lines) -> {
            if (lines.isEmpty() || !lines.get(0).equals("// " + LICENCE)) {
                wrong.add(file);
            }
        });
        POMS.forEach((file, lines) -> {
            if (lines.size() < 2 || !lines.get(1).equals("<!-- " + LICENCE + " -->")) {
                wrong.add(file);
            }
        });

        assertEquals(List.of(), wrong);
    }

    @Test
    void shouldPostponeNothing() {
        assertNone("postponed work", SOURCES, TO_DO.asPredicate()::test);
    }

    @Test
    void shouldUseSpacesAndNoneAtTheEnd() {
        assertNone("tabs or trailing spaces", SOURCES, TidyTest::isUntidy);
        assertNone("tabs or trailing spaces", POMS, TidyTest::isUntidy);
    }

    @Test
    void shouldNameNoAuthors() {
        assertNone("authors", SOURCES, line -> line.contains("@" + "author"));
    }

    @Test
    void shouldPrintOnlyFromTheCommandLine() {
        assertNone("prints", only(SOURCES, "bundles/", "/src/main/"), line -> line.contains("System.out.")
                || line.contains("System.err.") || line.contains(".printStackTrace("));
    }

    private static boolean isUntidy(String line) {
        return line.indexOf('\t') >= 0 || line.endsWith(" ");
    }

    private static Map<String, List<String>> only(Map<String, List<String>> files, String start, String part) {
        Map<String, List<String>> found = new TreeMap<>(files);
        found.keySet().removeIf(file -> !file.startsWith(start) || !file.contains(part));
        return found;
    }

    private static void assertNone(String what, Map<String, List<String>> files, Function<String, Boolean> wrong) {
        List<String> found = new ArrayList<>();
        files.forEach((file, lines) -> IntStream.range(0, lines.size()).filter(i -> wrong.apply(lines.get(i)))
                .forEach(i -> found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip())));

        assertEquals(List.of(), found, what);
    }

    private static Map<String, List<String>> read(String ending) {
        Map<String, List<String>> files = new TreeMap<>();
        for (String folder : List.of("bundles", "examples", "features", "itests")) {
            try (Stream<Path> paths = Files.walk(ROOT.resolve(folder))) {
                for (Path path : paths.filter(path -> path.getFileName().toString().endsWith(ending)).toList()) {
                    String name = ROOT.relativize(path).toString().replace('\\', '/');
                    if (!name.contains("/target/")) {
                        files.put(name, Files.readAllLines(path));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
