// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.verdict.NodeState;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatesTest {

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    @Test
    void shouldShowEveryStateOfTheJudgeWithItsReasons() throws IOException {
        for (NodeState state : NodeState.all()) {
            served.doctor(state.doctor());

            String ready = served.get("/health/ready");
            boolean isReady = state.reasons().stream().noneMatch(Finding::blocksReady);
            assertStatus(isReady ? 200 : 503, ready);
            assertTrue(ready.contains("{\"status\":\"" + Surface.READY.cell(state.status()) + "\",\"ready\":" + isReady
                    + ","), ready);
            String page = served.get("/api/v1/node");
            page = page.substring(page.indexOf("\"health\":{"));
            for (Finding reason : state.reasons()) {
                assertTrue(ready.contains(reason.text()), ready);
                assertTrue(page.contains(reason.text()), page);
            }
            assertTrue(page.startsWith("\"health\":{\"status\":\"" + word(state.status()) + "\""), page);
            String metrics = served.get("/metrics");
            for (Finding reason : state.reasons()) {
                assertTrue(metrics.contains("\nippan_findings{check=\"" + reason.check() + "\",severity=\""
                        + word(reason.severity()) + "\"} 1.0\n"), metrics);
            }
            assertTrue(metrics.contains("\nippan_node_state " + state.status().ordinal() + ".0\n"), metrics);
        }
    }

    @Test
    void shouldAlertOnEachFindingAsTheDocumentsSay() throws IOException {
        String rules = served.get("/monitoring/alerts.yml").replaceAll("\\s+", " ");

        for (Severity severity : new Severity[] {Severity.WARN, Severity.FAIL}) {
            String told = Surface.PROMETHEUS.cell(severity);
            String alert = told.replaceFirst(".*alert (\\w+) after.*", "$1");
            String wait = told.replaceFirst(".* after (\\d+) min", "$1m");
            assertTrue(rules.contains("alert: " + alert + " expr: ippan_findings{severity=\"" + word(severity)
                    + "\"} > 0 for: " + wait + " "), told);
        }
        assertEquals("no alert", Surface.PROMETHEUS.cell(Severity.OK));
    }

    /** A doctor that examined nothing yet is not worth less: the page says at which depth it looks. */
    @Test
    void shouldTellAtWhichDepthTheNodeWasExamined() throws IOException {
        served.doctor(NodeState.all().get(1).doctor());

        String first = served.get("/api/v1/doctor");

        assertTrue(first.contains("\"depth\":\"glance\""), first);
        Eventually.until("it is examined", ServedWeb.SOON, this::isExamined);
    }

    private boolean isExamined() {
        try {
            return served.get("/api/v1/doctor").contains("\"depth\":\"examination\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What each surface shows of a peer is the word of its state; the page has a shape for each. */
    @Test
    void shouldHaveAShapeAndAMeaningForEveryStateOfAPeer() throws IOException {
        String states = Arrays.stream(PeerState.values()).map(SettingDescription::word)
                .collect(Collectors.joining("', '", "['", "']"));
        String rows = Files.readString(Path.of("..", "..", "docs", "operations.md"));
        rows = rows.substring(rows.indexOf("**Peers have one state**"));
        rows = rows.substring(0, rows.indexOf("\n\n", rows.indexOf("|---")));

        assertTrue(served.get("/states.js").contains("STATES = " + states), states);
        assertEquals(states, Pattern.compile("(?m)^\\| `(\\w+)`").matcher(rows).results().map(row -> row.group(1))
                .collect(Collectors.joining("', '", "['", "']")));
    }

    @Test
    void shouldHaveAShapeAndAMeaningForEveryStateOfANode() throws IOException {
        List<String> states = Arrays.stream(org.ippan.network.api.survey.NodeState.values())
                .map(SettingDescription::word).toList();
        String rows = Files.readString(Path.of("..", "..", "docs", "network.md"));
        rows = rows.substring(rows.indexOf("\n## States\n"));
        rows = rows.substring(0, rows.indexOf("\n\n", rows.indexOf("|---")));
        List<String> told = Pattern.compile("(?m)^\\|([^|]*)\\|").matcher(rows).results()
                .flatMap(row -> Pattern.compile("`(\\w+)`").matcher(row.group(1)).results())
                .map(word -> word.group(1)).toList();

        assertEquals(states, told);
        assertTrue(served.get("/states.js").contains("NODE_STATES = ['" + String.join("', '", states) + "']"));
        String shapes = served.get("/graph.js");
        shapes = shapes.substring(shapes.indexOf("const COLOURS"), shapes.indexOf("};", shapes.indexOf("COLOURS")));
        for (String state : states) {
            assertTrue(shapes.contains(state + ": '"), state + " has no shape in " + shapes);
        }
    }

    private static String word(Severity status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
