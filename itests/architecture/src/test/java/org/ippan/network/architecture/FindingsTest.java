// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.survey.NodeState;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/findings.md} has a section for each check of the doctor, each limit and each state of another node, and
 * no other. It is called as that: links of the page lead there.
 */
class FindingsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path CHECKS =
            ROOT.resolve("bundles/doctor/src/main/java/org/ippan/network/doctor/checks");
    private static final Path VERDICT =
            ROOT.resolve("bundles/api/src/main/java/org/ippan/network/api/doctor/Verdict.java");
    /** Those that find what holds traffic back, and what is no finding about a node. */
    private static final Set<String> LIMITS = Set.of("ThroughputLimits.java", "FlowLimits.java");
    private static final String SIZES = "Sizing.java";
    private static final String NOTHING = "limits";
    private static final Pattern CODE = Pattern.compile(
            "(?:\\.(?:ok|warn|fail)\\(\\s*|CHECK = |new Finding\\()\"([a-z-]+)\"|\"([a-z-]+)\", this::");
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern NAMED = Pattern.compile("\\b(\\w+)(?: ?= ?\\w+)? (?:of|in) org\\.ippan\\.network\\.");
    /** "take the keys of …", "raise them in …". */
    private static final Set<String> WORDS = Set.of("keys", "them", "it");
    private static final Pattern SECTION = Pattern.compile("(?m)^### (.*)$");

    @Test
    void shouldHaveASectionForEachFinding() throws IOException {
        Set<String> codes = new TreeSet<>(codes(VERDICT));
        try (Stream<Path> files = Files.list(CHECKS)) {
            for (Path file : files.filter(path -> !path.endsWith(SIZES)).toList()) {
                boolean limits = LIMITS.contains(file.getFileName().toString());
                codes.addAll(codes(file).stream().map(code -> limits && !code.equals(NOTHING) ? "limit-" + code : code)
                        .toList());
            }
        }
        Set<NodeState> told = EnumSet.of(NodeState.OK, NodeState.WARN, NodeState.FAIL);
        Arrays.stream(NodeState.values()).filter(state -> !told.contains(state))
                .map(state -> "node-" + state.name().toLowerCase(Locale.ROOT)).forEach(codes::add);
        List<String> sections = SECTION.matcher(Files.readString(ROOT.resolve("docs/findings.md"))).results()
                .map(found -> found.group(1)).toList();

        assertEquals(String.join("\n", codes), sections.stream().sorted().collect(Collectors.joining("\n")));
        assertTrue(codes.size() > 40, "only " + codes);
    }

    /** Links of the page lead to settings that findings list; what sentences say is for people. */
    @Test
    void shouldListTheSettingsThatAFindingNames() throws IOException {
        Set<String> missing = new TreeSet<>();
        int named = 0;
        try (Stream<Path> files = Files.list(CHECKS)) {
            for (Path file : files.filter(path -> !path.endsWith(SIZES)).toList()) {
                String source = Files.readString(file);
                List<String> keys = NAMED.matcher(JOINT.matcher(source).replaceAll("")).results()
                        .map(found -> found.group(1)).filter(word -> !WORDS.contains(word)).toList();
                named += keys.size();
                keys.stream().filter(key -> !source.contains(", \"" + key + "\")"))
                        .forEach(key -> missing.add(file.getFileName() + ": " + key));
            }
        }

        assertEquals(Set.of(), missing);
        assertTrue(named > 20, "only " + named);
    }

    private static List<String> codes(Path file) throws IOException {
        return CODE.matcher(Files.readString(file)).results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1)).distinct().toList();
    }
}
