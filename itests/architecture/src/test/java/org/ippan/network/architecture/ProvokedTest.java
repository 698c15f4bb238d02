// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.RoomLimit;
import org.junit.jupiter.api.Test;

/**
 * Every sentence that a stuck user reads is provoked on a real node: its words stand in an integration test. Those of
 * which that is not so are listed in {@code unprovoked.txt}, each with the reason; a new sentence without a test fails
 * here, and so does a line of the list that is needed no longer.
 */
class ProvokedTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path LISTS = Path.of("src", "test", "resources", "org", "ippan", "network", "architecture");
    /** What speaks to no person who is stuck. */
    private static final Path QUIET = LISTS.resolve("quiet.txt");
    private static final Path LIST = LISTS.resolve("unprovoked.txt");
    private static final List<String> TESTS = List.of("itests/cluster", "itests/felix", "itests/karaf", "itests/web");

    /** Texts too, as what looks like a comment in them is none. */
    private static final Pattern COMMENT = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"|'\"'|(?s:/\\*.*?\\*/)|//.*");
    private static final Pattern PID = Pattern.compile("\"\\s*\\+\\s*(PEERS|TRANSPORT|GOSSIP|DEDUP)\\b");
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    /**
     * Words that are read and not said, those of mistakes of this project, those that no log shows by itself, and those
     * of help and of descriptions.
     */
    private static final Pattern UNSAID = Pattern.compile("(?:(?:Pattern\\.compile|new IllegalStateException"
            + "|LOG\\.debug)\\(\\s*|[(,]\\s*(?:description|name|text) = |@Measure\\((?:value = )?)"
            + "\"(?:[^\"\\\\\n]|\\\\.)*\"");
    /** What a format puts in tells texts apart that tests compare with one another. */
    private static final Pattern FORMAT = Pattern.compile("%[,.\\d]*[dfsn%]|\\{\\}");
    private static final Pattern UNIT = Pattern.compile("(\\w+Test) has it$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(should\\w+)`");
    /** Shorter ones are parts of sentences that say nothing. */
    private static final int SENTENCE = 12;

    /** The words of all integration tests. */
    private static final String PROVOKED = TESTS.stream().flatMap(folder -> sources(ROOT.resolve(folder)))
            .map(ProvokedTest::text).collect(Collectors.joining("\n"));

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source without comments, its texts in one piece each. */
    private static String text(Path source) {
        try {
            String code = COMMENT.matcher(Files.readString(source)).replaceAll(ProvokedTest::withoutComment);
            code = PID.matcher(code).replaceAll(ProvokedTest::pid);
            return JOINT.matcher(code).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutComment(MatchResult found) {
        return found.group().startsWith("/") ? "" : Matcher.quoteReplacement(found.group());
    }

    /** Tests have a constant for the name of a configuration. */
    private static String pid(MatchResult constant) {
        return "org.ippan.network." + constant.group(1).toLowerCase(Locale.ROOT) + '"';
    }

    private static Stream<String> sentences(Path source) {
        String file = source.getFileName().toString().replace(".java", "");
        String said = UNSAID.matcher(text(source)).replaceAll("");
        return LITERAL.matcher(said).results()
                .flatMap(literal -> FORMAT.splitAsStream(literal.group(1))).map(String::strip)
                .filter(words -> words.length() >= SENTENCE && words.indexOf(' ') >= 0)
                .map(words -> file + " | " + words);
    }

    private static boolean provoked(String line) {
        return PROVOKED.contains(line.substring(line.indexOf(" | ") + 3));
    }

    @Test
    void shouldProvokeEverySentence() throws IOException {
        Set<String> quiet = new TreeSet<>(lines(QUIET));
        Set<String> needless = new TreeSet<>(quiet);
        Set<String> missing = new TreeSet<>();
        sources(false).forEach(source -> {
            List<String> unprovoked = sentences(source).filter(line -> !provoked(line)).toList();
            String name = source.getParent().getFileName() + "/" + source.getFileName().toString().replace(".java", "");
            if (!quiet.contains(name)) {
                missing.addAll(unprovoked);
            } else if (!unprovoked.isEmpty()) {
                needless.remove(name);
            }
        });
        Set<String> excused = new TreeSet<>();
        List<String> unreasoned = new ArrayList<>();
        for (String line : lines(LIST)) {
            int reason = line.lastIndexOf(" | ");
            excused.add(line.substring(0, reason));
            if (line.indexOf(" | ") == reason) {
                unreasoned.add(line);
            }
        }

        assertEquals(String.join("\n", excused), String.join("\n", missing));
        assertEquals(List.of(), unreasoned, "lines without a reason");
        assertEquals(Set.of(), needless, "quiet, and without a sentence");
        assertTrue(PROVOKED.length() > 100_000, "the tests are not found");
    }

    private static List<String> lines(Path list) throws IOException {
        return Files.readAllLines(list).stream().filter(line -> !line.startsWith("#")).toList();
    }

    /** Those of bundles and features: of their tests, or of what runs, but for the descriptions of settings. */
    private static Stream<Path> sources(boolean tests) {
        return Stream.of("bundles", "features").flatMap(folder -> sources(ROOT.resolve(folder))).filter(file ->
                file.toString().contains(tests ? "src/test/java" : "src/main/java")
                        && !file.toString().endsWith("Config.java"));
    }

    /** A unit test that is named as the one which has a sentence has it. */
    @Test
    void shouldFindTheSentencesThatUnitTestsHave() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : lines(LIST)) {
            String[] parts = line.split(" \\| ");
            UNIT.matcher(line).results().map(found -> found.group(1) + ".java").filter(test -> sources(true)
                    .filter(file -> file.endsWith(test)).noneMatch(file -> text(file).contains(parts[1])))
                    .forEach(test -> wrong.add(line));
        }

        assertEquals(List.of(), wrong);
    }

    /** Each kind of mistake has the reported case and at least two further members. */
    @Test
    void shouldHaveTheTestsThatTheTableOfKindsNames() throws IOException {
        List<String> wrong = new ArrayList<>();
        String all = Stream.of("bundles", "itests").flatMap(folder -> sources(ROOT.resolve(folder)))
                .filter(file -> file.toString().contains("src/test")).map(ProvokedTest::text)
                .collect(Collectors.joining("\n"));
        List<String> kinds = Files.readAllLines(ROOT.resolve("docs").resolve("testing.md")).stream()
                .dropWhile(line -> !line.startsWith("## Kinds of reported mistakes"))
                .takeWhile(line -> !line.startsWith("## Defects")).filter(line -> line.contains(".should")).toList();
        for (String kind : kinds) {
            List<MatchResult> tests = NAMED.matcher(kind).results().toList();
            tests.stream().filter(test -> !all.contains("class " + test.group(1) + " ")
                    || !all.contains("void " + test.group(2) + "(")).forEach(test -> wrong.add(test.group()));
            if (tests.size() < 3) {
                wrong.add(kind);
            }
        }

        assertEquals(List.of(), wrong);
        assertTrue(kinds.size() >= 13, "only " + kinds.size() + " kinds");
    }

    @Test
    void shouldProvokeEveryConstantThatReachesUsers() {
        Set<NatProblem> silent = Set.of(NatProblem.NONE, NatProblem.SEARCHING, NatProblem.NO_GATEWAY);
        List<String> missing = Stream.of(
                Arrays.stream(GoodbyeReason.values()).map(reason -> "GoodbyeReason." + reason.name()),
                Arrays.stream(RoomLimit.values()).filter(limit -> limit != RoomLimit.FAILED_HANDSHAKES)
                        .map(limit -> "isFull(jmx, doctor, \"" + limit.key() + '"'),
                Arrays.stream(NatProblem.values()).filter(problem -> !silent.contains(problem))
                        .map(NatProblem::description))
                .flatMap(each -> each).filter(words -> !PROVOKED.contains(words)).toList();

        assertEquals(List.of(), missing);
    }
}
