// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.snapshot.Measure;

/**
 * How the node fares, as Prometheus reads it.
 *
 * @param state the verdict of the doctor as a number
 */
public record VerdictNumber(@Measure("How the node fares: 0 ok, 1 warn, 2 fail; ippan_findings says why.") int state) {

    private static final String FINDINGS = "What the doctor finds at a glance, by check and severity.";

    public static VerdictNumber of(Verdict verdict) {
        return new VerdictNumber(verdict.status().ordinal());
    }

    /** Each finding that counts, and each check that finds nothing wrong. */
    public static List<Measured> findings(List<Finding> found) {
        return Stream.concat(Verdict.of(found).reasons().stream(),
                found.stream().filter(each -> each.severity() == Severity.OK)).map(each -> new Measured(
                        List.of(MetricName.WHOLE_NODE, "findings"), "", FINDINGS, false,
                        List.of("check", each.check(), "severity", word(each.severity())), 1.0)).toList();
    }
}
