// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.healthcheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.testkit.verdict.NodeState;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.jupiter.api.Test;

class NodeCheckTest {

    private final List<Finding> findings = new ArrayList<>();

    private Result result(String name) {
        return NodeCheck.all(() -> findings).stream().filter(check -> check.name().endsWith(name)).findFirst()
                .orElseThrow().execute();
    }

    @Test
    void shouldBeAsBadAsTheWorstOfItsFindings() {
        findings.add(new Finding("listener", Severity.OK, "It listens.", ""));
        findings.add(new Finding("configuration", Severity.FAIL, "Not its business.", ""));
        assertEquals(Result.Status.OK, result(" peers").getStatus());

        findings.add(new Finding("peers", Severity.WARN, "1 peer.", "Add some."));
        assertEquals(Result.Status.WARN, result(" peers").getStatus());

        findings.add(new Finding("listener", Severity.FAIL, "It does not listen.", ""));
        assertEquals(Result.Status.CRITICAL, result(" peers").getStatus());
        assertEquals(List.of("It listens.", "1 peer. Add some.", "It does not listen."),
                StreamSupport.stream(result(" peers").spliterator(), false).map(ResultLog.Entry::getMessage).toList());
    }

    @Test
    void shouldNameEachCheckOnceAndTellAliveFromReady() {
        List<NodeCheck> all = NodeCheck.all(List::of);

        assertEquals(List.of("live", "ready", "state", "state", "state", "state", "state"),
                all.stream().map(NodeCheck::tag).toList());
        assertEquals(all.size(), all.stream().map(NodeCheck::name).distinct().count());
        assertEquals(List.of("backlog", "configuration", "dedup-capacity", "dedup-window", "listener", "listener",
                "peers", "services", "services"),
                all.stream().flatMap(check -> check.checks().stream()).sorted().toList());
    }

    @Test
    void shouldShowEveryStateOfTheJudgeWithItsReasons() {
        for (NodeState state : NodeState.all()) {
            findings.clear();
            findings.addAll(Verdict.glance(Optional.of(state.doctor()), type -> true));
            Result result = result(" state");

            assertEquals(Surface.HEALTH_CHECK.cell(state.status()), result.getStatus().name(), state.toString());
            assertEquals(state.reasons().isEmpty() ? List.of("All is well.") : state.reasons().stream()
                    .map(reason -> reason.text() + " " + reason.advice()).toList(),
                    StreamSupport.stream(result.spliterator(), false).map(ResultLog.Entry::getMessage).toList());
        }
    }

    /** A node of a young network waits for others, which may find it only while it is named as ready. */
    @Test
    void shouldBeReadyWithoutPeersAndNotWithoutItsListener() {
        findings.add(new Finding("services", Severity.OK, "All are there.", ""));
        findings.add(new Finding("listener", Severity.OK, "It listens.", ""));
        findings.add(new Finding("peers", Severity.FAIL, "0 peers.", ""));
        assertEquals(Result.Status.OK, result(" ready").getStatus());

        findings.add(new Finding("listener", Severity.FAIL, "It does not listen.", ""));
        assertEquals(Result.Status.CRITICAL, result(" ready").getStatus());
    }

    /** The same word as on every other surface. */
    @Test
    void shouldShowTheVerdictOnTheWholeNode() {
        assertEquals(Result.Status.OK, result(" state").getStatus());

        findings.add(new Finding("shared-identity", Severity.WARN, "Two nodes are one.", "Stop one."));
        findings.add(new Finding("remote-jmx", Severity.WARN, "No connector.", ""));
        assertEquals(Result.Status.WARN, result(" state").getStatus());

        findings.add(new Finding("identity", Severity.FAIL, "Open to all.", ""));
        assertEquals(Result.Status.CRITICAL, result(" state").getStatus());
        assertEquals(List.of("Two nodes are one. Stop one.", "Open to all."),
                StreamSupport.stream(result(" state").spliterator(), false).map(ResultLog.Entry::getMessage).toList());
    }

    /** As every other surface does: nothing says that the node is ill, and nothing that it is well. */
    @Test
    void shouldSayThatTheDoctorIsAbsent() {
        findings.addAll(Verdict.glance(Optional.empty(), type -> true));
        String told = "The node is not examined: the doctor is absent. Start the bundle org.ippan.network.doctor.";

        assertEquals(List.of(told), StreamSupport.stream(result(" peers").spliterator(), false)
                .map(ResultLog.Entry::getMessage).toList());
        assertEquals(Result.Status.TEMPORARILY_UNAVAILABLE, result(" peers").getStatus());
        assertEquals(Result.Status.WARN, result(" state").getStatus());
    }

    @Test
    void shouldNotBeWellWithoutTheServiceItLooksAt() {
        assertEquals(Result.Status.TEMPORARILY_UNAVAILABLE, result(" peers").getStatus());
    }
}
