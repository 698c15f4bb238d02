// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;

/**
 * What the doctor of a node tells, compared with what a test expects of it. In an expected text {@code #} stands for
 * any number and {@code …} for anything.
 */
final class Diagnosis {

    /** What was counted is told for 20 s; the rest is for a busy machine. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Supplier<List<String>> findings;
    private final Function<String, List<String>> explanations;

    private Diagnosis(Supplier<List<String>> findings, Function<String, List<String>> explanations) {
        this.findings = findings;
        this.explanations = explanations;
    }

    /** All checks, and explanations of peers. */
    static Diagnosis of(IppanNode node) {
        return new Diagnosis(() -> texts(node.service(Doctor.class).examine()),
                who -> node.service(Doctor.class).explain(who).sentences());
    }

    /** The same for remote clients. */
    static Diagnosis of(JmxClient client) {
        return new Diagnosis(() -> List.of(ask(client, "doctor").split("\n(?! )")),
                who -> List.of(ask(client, "explainPeer", who).split("\n")));
    }

    /** Only what holds back throughput. */
    static Diagnosis limits(IppanNode node) {
        return new Diagnosis(() -> texts(node.service(Doctor.class).limits()), who -> List.of());
    }

    private static List<String> texts(List<?> findings) {
        return findings.stream().map(String::valueOf).toList();
    }

    private static String ask(JmxClient client, String operation, String... arguments) {
        try {
            return String.valueOf(client.call("Node", operation, arguments));
        } catch (Exception e) {
            throw new AssertionError(operation, e);
        }
    }

    /** Every finding in one line: {@code WARN check: text advice}. */
    List<String> all() {
        return findings.get().stream().map(text -> text.replaceAll("\\s+", " ")).toList();
    }

    /** Waits until the findings of the checks named here are these, in any order. */
    void finds(String... expected) {
        Set<String> checks = Arrays.stream(expected).map(Diagnosis::check).collect(Collectors.toSet());
        await(expected, () -> all().stream().filter(line -> checks.contains(check(line))).toList());
    }

    private static String check(String line) {
        return line.replaceFirst("^\\w+ (\\S+): .*", "$1");
    }

    /** Waits until this is found, among others. */
    void tells(String expected) {
        Predicate<String> matches = matching(expected);
        Eventually.until(() -> "\n" + expected + "\nin\n" + String.join("\n", all()), SOON,
                () -> all().stream().anyMatch(matches));
    }

    /** Whether this is found now, among others. */
    boolean says(String expected) {
        return all().stream().anyMatch(matching(expected));
    }

    /** Waits until nothing else at all is found. */
    void findsOnly(String... expected) {
        await(expected, this::all);
    }

    /** What is said of a peer; that it is not known, if it was added a moment ago. */
    private List<String> said(String who) {
        try {
            return explanations.apply(who);
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    /** Waits until a peer is explained by these sentences, among others. */
    void explains(String who, String... sentences) {
        List<Predicate<String>> matches = Arrays.stream(sentences).map(Diagnosis::matching).toList();
        Eventually.until(() -> who + ":\n" + String.join("\n", sentences) + "\nbut\n"
                + String.join("\n", said(who)), SOON, () -> {
                    List<String> said = said(who);
                    return matches.stream().allMatch(each -> said.stream().anyMatch(each));
                });
    }

    private static void await(String[] expected, Supplier<List<String>> found) {
        List<Predicate<String>> matches = Arrays.stream(expected).map(Diagnosis::matching).toList();
        Eventually.until(() -> "\n" + String.join("\n", expected) + "\nbut\n" + String.join("\n", found.get()), SOON,
                () -> {
                    List<String> now = found.get();
                    return now.size() == expected.length && matches.stream().allMatch(each ->
                            now.stream().anyMatch(each));
                });
    }

    private static Predicate<String> matching(String expected) {
        return Pattern.compile(Pattern.quote(expected).replace("#", "\\E\\d+(\\.\\d+)?\\Q").replace("…", "\\E.*\\Q"))
                .asMatchPredicate();
    }
}
