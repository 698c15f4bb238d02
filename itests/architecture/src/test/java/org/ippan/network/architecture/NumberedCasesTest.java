// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each fault, malformed input and abuse that nodes have to survive has a row in {@code docs/testing.md}, with tests
 * that exist, how long they take, what came of them, and a reason where that is less than was to be shown.
 */
class NumberedCasesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path DOCUMENT = ROOT.resolve("docs").resolve("testing.md");
    /** The numbers of the list; those between them were merged into others. */
    private static final List<String> NUMBERS = Stream.of(
            numbers("F", 1, 2, 3, 4, 6, 7, 8, 10, 11, 15, 16, 17, 20, 21, 22, 25),
            numbers("M", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25, 30, 33,
                    37, 39, 41, 42, 44, 45, 48),
            numbers("A", 1, 2, 3, 4, 5, 7, 8, 9, 10, 14, 15, 16, 17, 18, 21, 22, 23, 25, 28, 29, 31))
            .flatMap(List::stream).toList();
    private static final Pattern ROW = Pattern.compile("\\| ([FMA]\\d+) \\| (.+) \\| (.+) \\| (.+) \\| (.+) \\|");
    private static final Pattern DEFECT =
            Pattern.compile("\\| ([^|]+) \\| ((?:\\w+ `\\w+(?:\\.should\\w+)?`(?:; )?)+) \\|");
    private static final int LEAST_DEFECTS = 10;
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:\\.(should\\w+))?`");
    private static final Pattern TAKES = Pattern.compile("\\d+ (s|min)");
    private static final Pattern RESULT = Pattern.compile("passed\\b.*|(in part|not run): .{20,}");

    private static List<Row> rows;

    /** A row of the table. */
    private record Row(String number, String tests, String takes, String result) {

        static Optional<Row> of(String line) {
            Matcher row = ROW.matcher(line);
            return row.matches() ? Optional.of(new Row(row.group(1), row.group(3), row.group(4), row.group(5)))
                    : Optional.empty();
        }
    }

    private static List<String> numbers(String letter, int... numbers) {
        return Arrays.stream(numbers).mapToObj(number -> letter + number).toList();
    }

    @BeforeAll
    static void read() throws IOException {
        rows = Files.readAllLines(DOCUMENT).stream()
                .flatMap(line -> Row.of(line).stream()).toList();
    }

    @Test
    void shouldHaveARowForEachNumber() {
        assertEquals(NUMBERS, rows.stream().map(Row::number).toList());
    }

    /** Module by module: its name, then its tests in code font. */
    @Test
    void shouldNameTestsThatExist() throws IOException {
        assertEquals(List.of(), wrong(rows));
    }

    @Test
    void shouldNameTheTestThatCatchesEachDefect() throws IOException {
        List<Row> defects = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith("## Defects put in on purpose")).flatMap(line -> {
                    Matcher defect = DEFECT.matcher(line);
                    return defect.matches() ? Stream.of(new Row(defect.group(1), defect.group(2), "", ""))
                            : Stream.empty();
                }).toList();

        assertEquals(List.of(), wrong(defects));
        assertTrue(defects.size() >= LEAST_DEFECTS, defects.size() + " defects");
    }

    private static List<String> wrong(List<Row> some) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Row row : some) {
            for (String part : row.tests().split("; ")) {
                String module = part.replaceFirst(" .*", "");
                List<Path> sources = sources(module);
                List<String> named = new ArrayList<>();
                Matcher test = TEST.matcher(part);
                while (test.find()) {
                    named.add(test.group());
                    if (!isThere(sources, test.group(1), test.group(2))) {
                        wrong.add(row.number() + ": there is no " + test.group() + " in " + module);
                    }
                }
                if (named.isEmpty() || !part.equals(module + " " + String.join(", ", named))) {
                    wrong.add(row.number() + ": not a module and its tests: " + part);
                }
            }
        }
        return wrong;
    }

    /** Of a bundle, and of its integration tests where these are a module of the same name. */
    private static List<Path> sources(String module) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("bundles", "features", "itests")) {
            Path tests = ROOT.resolve(folder).resolve(module).resolve("src/test/java");
            if (Files.exists(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static boolean isThere(List<Path> sources, String test, String method) throws IOException {
        for (Path source : sources) {
            if (source.endsWith(test + ".java")) {
                return method == null || Files.readString(source).contains("void " + method + "(");
            }
        }
        return false;
    }

    @Test
    void shouldSayHowLongEachTakesAndWhatCameOfIt() {
        assertEquals(List.of(), rows.stream().filter(row -> !TAKES.matcher(row.takes()).matches()
                || !RESULT.matcher(row.result()).matches()).toList());
    }
}
