// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.testkit.Records;

/**
 * A node of which the doctor finds something.
 *
 * @param status how it fares
 * @param found what the doctor finds, worst first
 */
public record NodeState(Severity status, List<Finding> found) {

    /** What keeps it from judging. */
    private static final String HINDRANCES = "| Hindrance | State | Reason |";
    /** In the documents, for what differs. */
    private static final String DIFFERS = "…";
    /** Says how the node is managed, and counts nowhere. */
    private static final Finding ADVICE = new Finding("remote-jmx", Severity.WARN, "No connector.", "Start one.");
    private static final Finding FINE = new Finding("listener", Severity.OK, "It listens.", "");
    private static final Finding DOCTOR_FAILED = new Finding("doctor", Severity.WARN, "The node is not examined: the"
            + " doctor failed: java.lang.UnsupportedOperationException: glance.", "Ask again; the bundle"
            + " org.ippan.network.doctor may have been replaced.");
    private static final List<Finding> HINDERED = List.of(
            new Finding("health", Severity.WARN, "The check itself failed: java.lang.IllegalStateException: it is being"
                    + " replaced.", "Run it again; a bundle may have been replaced."),
            new Finding("applications", Severity.WARN, "The snapshot source org.example.Stock failed 1 time, and what"
                    + " it tells is missing: java.lang.IllegalStateException: no database.", "The log shows the stack"
                    + " trace; correct the application."),
            DOCTOR_FAILED, Verdict.glance(Optional.empty(), type -> true).get(0));

    /**
     * All is well; then each check with a warning, each with a failure, and all of them together; then what keeps the
     * doctor from judging.
     */
    public static List<NodeState> all() {
        List<NodeState> states = new ArrayList<>();
        states.add(new NodeState(Severity.OK, List.of(ADVICE, FINE)));
        List<Finding> everything = new ArrayList<>();
        for (Severity severity : List.of(Severity.WARN, Severity.FAIL)) {
            for (String check : checks()) {
                Finding finding = new Finding(check, severity, "The " + check + " of this test.", "Look at it.");
                everything.add(finding);
                states.add(new NodeState(severity, List.of(finding, ADVICE, FINE)));
            }
        }
        states.add(new NodeState(Severity.FAIL, everything));
        checkHindrances();
        HINDERED.subList(0, 2).forEach(found -> states.add(new NodeState(Severity.WARN, List.of(found, ADVICE, FINE))));
        states.add(new NodeState(Severity.WARN, List.of(DOCTOR_FAILED)));
        return states;
    }

    private static List<String> checks() {
        return Operations.checks().stream().filter(name -> !name.equals(ADVICE.check())).toList();
    }

    private static void checkHindrances() {
        List<List<String>> rows = Operations.rows(HINDRANCES);
        for (int i = 0; i < Math.max(rows.size(), HINDERED.size()); i++) {
            Finding found = HINDERED.get(i);
            String reason = Pattern.quote(rows.get(i).get(2).replace("`", "")).replace(DIFFERS, "\\E.*\\Q");
            String told = found.check() + ": " + found.text();
            String state = "`" + SettingDescription.word(found.severity()) + "`";
            if (!told.matches(reason) || !rows.get(i).get(1).contains(state)) {
                throw new AssertionError(rows.get(i) + " of " + Operations.DOCUMENT + " instead of " + found);
            }
        }
    }

    /** What is told of it: the findings that count. */
    public List<Finding> reasons() {
        return found.stream().filter(finding -> finding != ADVICE && finding != FINE).toList();
    }

    /** A doctor who finds just that, or fails. */
    public Doctor doctor() {
        if (found.equals(List.of(DOCTOR_FAILED))) {
            return Records.service(Doctor.class, Map.of());
        }
        return Records.service(Doctor.class, Map.of("glance", found, "examine", found, "limits", found));
    }
}
