// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Verdict;

/**
 * From when on each check finds something: the page says how long a fault lasts, also one that began before it was
 * opened. As many as there are checks. Safe for any thread.
 */
final class Onsets {

    private final Clock clock;
    private final Map<String, Instant> onsets = new TreeMap<>();

    Onsets(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes what is found now.
     *
     * @param verdict on the node
     * @return for each check that finds something, since when it does
     */
    synchronized Map<String, Instant> of(Verdict verdict) {
        Set<String> checks = verdict.reasons().stream().map(Finding::check).collect(Collectors.toSet());
        onsets.keySet().retainAll(checks);
        checks.forEach(check -> onsets.putIfAbsent(check, clock.instant()));
        return Map.copyOf(onsets);
    }
}
