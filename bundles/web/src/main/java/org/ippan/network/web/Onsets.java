// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;

/**
 * From when on each fault is found: the page says how long it lasts, also of one that began before the page was opened.
 * The numbers in the text of a fault change all the time; without them it is known again. As many as there are
 * findings. Safe for any thread.
 */
final class Onsets {

    /** Not those within addresses, ids and versions: these tell faults apart. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.:-])\\d+(\\.\\d+)?(?=[ ,;%]|\\.?$|\\. )");

    private final Clock clock;
    private Map<String, Instant> onsets = Map.of();

    Onsets(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes what is found now.
     *
     * @param found of which that count that are not well
     * @return since when each of them is found, by its check and text
     */
    synchronized Map<String, Instant> of(List<Finding> found) {
        Instant now = clock.instant();
        Map<String, Instant> known = new TreeMap<>();
        Map<String, Instant> told = new TreeMap<>();
        found.stream().filter(finding -> finding.severity() != Severity.OK).forEach(finding -> {
            String name = finding.check() + ' ' + finding.text();
            String fault = NUMBER.matcher(name).replaceAll("#");
            Instant since = onsets.getOrDefault(fault, now);
            known.putIfAbsent(fault, since);
            told.put(name, since);
        });
        onsets = known;
        return told;
    }
}
