// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.healthcheck;

import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;

/**
 * Some of the doctor's checks as one health check. Takes no time and connects to nothing; safe for any thread.
 *
 * @param name how it is shown
 * @param tag {@code live}: without this a restart helps; {@code ready}: without this send the node no work; {@code
 *        state}: how the node fares
 * @param checks the doctor's checks it is made of; empty for all
 * @param glances gives what the doctor finds at a glance, or what can be said without one
 */
record NodeCheck(String name, String tag, List<String> checks, Supplier<List<Finding>> glances)
        implements HealthCheck {

    /** No check in particular: the verdict that every other surface shows too. */
    private static final List<String> ALL = List.of();
    /** What is found of the doctor itself where it can find nothing. */
    private static final String JUDGE = "doctor";
    static final String LIVE = "live";
    static final String READY = "ready";
    static final String STATE = "state";

    /** All there are. */
    static List<NodeCheck> all(Supplier<List<Finding>> glances) {
        return List.of(
                new NodeCheck("ippan-network services", LIVE, List.of("services"), glances),
                new NodeCheck("ippan-network ready", READY, List.of("services", "listener"), glances),
                new NodeCheck("ippan-network peers", STATE, List.of("listener", "peers"), glances),
                new NodeCheck("ippan-network backlog", STATE, List.of("backlog"), glances),
                new NodeCheck("ippan-network deduplication", STATE, List.of("dedup-window", "dedup-capacity"), glances),
                new NodeCheck("ippan-network configuration", STATE, List.of("configuration"), glances),
                new NodeCheck("ippan-network state", STATE, ALL, glances));
    }

    @Override
    public Result execute() {
        List<Finding> glance = glances.get();
        List<Finding> found = checks.equals(ALL) ? Verdict.of(glance).reasons()
                : glance.stream().filter(finding -> checks.contains(finding.check())).toList();
        if (found.isEmpty() && checks.equals(ALL)) {
            return new Result(Result.Status.OK, "All is well.");
        }
        if (found.isEmpty()) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, glance.stream().filter(finding ->
                    finding.check().equals(JUDGE)).findFirst().map(NodeCheck::text)
                    .orElse("The service it looks at is absent."));
        }
        ResultLog log = new ResultLog();
        found.forEach(finding -> log.add(new ResultLog.Entry(status(finding.severity()), text(finding))));
        return new Result(log);
    }

    private static String text(Finding finding) {
        return finding.advice().isEmpty() ? finding.text() : finding.text() + " " + finding.advice();
    }

    private static Result.Status status(Severity severity) {
        return switch (severity) {
            case OK -> Result.Status.OK;
            case WARN -> Result.Status.WARN;
            case FAIL -> Result.Status.CRITICAL;
        };
    }
}
