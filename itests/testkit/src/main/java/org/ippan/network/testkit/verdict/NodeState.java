// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.testkit.Records;

/**
 * A node of which the doctor finds something.
 *
 * @param status how it fares
 * @param found what the doctor finds, worst first
 */
public record NodeState(Severity status, List<Finding> found) {

    /** Checks of the doctor that take no time, as {@code docs/operations.md} lists them. */
    private static final List<String> CHECKS = List.of("services", "configuration", "listener", "identity",
            "shared-identity", "encryption", "scores", "address-book", "peers", "seeds", "health", "advertise",
            "membership", "subscribers", "dedup-capacity", "dedup-window", "backlog", "timers", "applications",
            "file-descriptors", "memory");
    /** Says how the node is managed, and counts nowhere. */
    private static final Finding ADVICE = new Finding("remote-jmx", Severity.WARN, "No connector.", "Start one.");
    private static final Finding FINE = new Finding("listener", Severity.OK, "It listens.", "");

    /** All is well; then each check with a warning, each with a failure, and all of them together. */
    public static List<NodeState> all() {
        List<NodeState> states = new ArrayList<>();
        states.add(new NodeState(Severity.OK, List.of(ADVICE, FINE)));
        List<Finding> everything = new ArrayList<>();
        for (Severity severity : List.of(Severity.WARN, Severity.FAIL)) {
            for (String check : CHECKS) {
                Finding finding = new Finding(check, severity, "The " + check + " of this test.", "Look at it.");
                everything.add(finding);
                states.add(new NodeState(severity, List.of(finding, ADVICE, FINE)));
            }
        }
        states.add(new NodeState(Severity.FAIL, everything));
        return states;
    }

    /** What is told of it: the findings that count. */
    public List<Finding> reasons() {
        return found.stream().filter(finding -> finding != ADVICE && finding != FINE).toList();
    }

    /** A doctor who finds just that. */
    public Doctor doctor() {
        return Records.service(Doctor.class, Map.of("glance", found, "examine", found, "limits", found));
    }
}
