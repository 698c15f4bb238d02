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
    /** What speaks to users, and where its words stand; a line is a folder or a file. */
    private static final Path SPEAKING = Path.of("src", "test", "resources", "org", "ippan", "network", "architecture",
            "speaking.txt");
    /** Lines of files and streams, a table of numbers, a manual page, a repair of names, and headers for browsers. */
    private static final Set<String> SILENT = Set.of("DemoInput", "DemoTable", "Usage", "LatinDigits",
            "MessageStream", "SecurityHeaders");
    private static final List<String> TESTS = List.of("itests/cluster", "itests/felix", "itests/karaf", "itests/web");
    private static final Path LIST = Path.of("src", "test", "resources", "org", "ippan", "network", "architecture",
            "unprovoked.txt");

    /** Texts too, as what looks like a comment in them is none. */
    private static final Pattern COMMENT = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"|'\"'|(?s:/\\*.*?\\*/)|//.*");
    private static final Pattern PID = Pattern.compile("\"\\s*\\+\\s*(PEERS|TRANSPORT|GOSSIP|DEDUP)\\b");
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    /**
     * Words that are read and not said, those of mistakes of this project, those that no log shows by itself, and those
     * of help.
     */
    private static final Pattern UNSAID = Pattern.compile("(?:(?:Pattern\\.compile|new IllegalStateException"
            + "|LOG\\.debug)\\(\\s*|description = )\"(?:[^\"\\\\\n]|\\\\.)*\"");
    /** What a format puts in tells texts apart that tests compare with one another. */
    private static final Pattern FORMAT = Pattern.compile("%[,.\\d]*[dfsn%]|\\{\\}");
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
        return SILENT.contains(file) ? Stream.of() : LITERAL.matcher(said).results()
                .flatMap(literal -> FORMAT.splitAsStream(literal.group(1))).map(String::strip)
                .filter(words -> words.length() >= SENTENCE && words.indexOf(' ') >= 0)
                .map(words -> file + " | " + words);
    }

    private static boolean provoked(String line) {
        return PROVOKED.contains(line.substring(line.indexOf(" | ") + 3));
    }

    @Test
    void shouldProvokeEverySentence() throws IOException {
        List<String> speaking = Files.readAllLines(SPEAKING).stream().filter(line -> !line.startsWith("#")).toList();
        Set<String> missing = speaking.stream().flatMap(folder -> sources(ROOT.resolve(folder)))
                .flatMap(ProvokedTest::sentences).filter(line -> !provoked(line))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> listed = Files.readAllLines(LIST).stream().filter(line -> !line.startsWith("#")).toList();
        Set<String> excused = new TreeSet<>();
        List<String> unreasoned = new ArrayList<>();
        for (String line : listed) {
            int reason = line.lastIndexOf(" | ");
            excused.add(line.substring(0, reason));
            if (line.indexOf(" | ") == reason) {
                unreasoned.add(line);
            }
        }

        assertEquals(String.join("\n", excused), String.join("\n", missing));
        assertEquals(List.of(), unreasoned, "lines without a reason");
        assertTrue(PROVOKED.length() > 100_000, "the tests are not found");
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
