// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.doctor.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the doctor finds now, and what its last examination found by connecting. That may take 10 s, so no request waits
 * for it: each has a new one begun if the last is old. Safe for any thread.
 */
final class Checkup {

    static final Result NONE = new Result(Depth.GLANCE, Optional.empty(), List.of(), Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(Checkup.class);
    private static final Duration FRESH = Duration.ofSeconds(15);
    /** What was true so long ago says nothing about the node now. */
    private static final Duration TRUE = Duration.ofSeconds(60);

    private final Executor workers;
    private final Clock clock;
    private final Onsets onsets;
    private final Onsets onsetsOfGlances;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Result last = NONE;

    /**
     * What was found.
     *
     * @param depth how closely the node was looked at
     * @param time when; empty before the first examination
     * @param findings worst first
     * @param since from when on each of them was found, by its check and text
     */
    record Result(Depth depth, Optional<Instant> time, List<Finding> findings, Map<String, Instant> since) {

        /** What is wrong by the checks that connect, which no surface shows that only glances at the node. */
        List<Finding> probed() {
            return findings.stream().filter(Finding::isProbed).filter(finding -> finding.severity() != Severity.OK)
                    .toList();
        }

        /** The same with what can be seen without connecting as it is now, which every other surface shows as well. */
        private Result with(List<Finding> glance, Map<String, Instant> onsets) {
            // What is well at a glance may not be if it is tried; what is not well need not be tried.
            List<Finding> seen = glance.stream().filter(finding -> finding.severity() != Severity.OK
                    || !finding.isProbed()).toList();
            Stream<Finding> tried = findings.stream().filter(finding -> finding.isProbed()
                    && !seen.contains(finding) && (finding.severity() != Severity.OK
                    || seen.stream().noneMatch(one -> one.check().equals(finding.check()))));
            Map<String, Instant> all = new HashMap<>(since);
            all.putAll(onsets);
            return new Result(depth, time, Stream.concat(seen.stream(), tried)
                    .sorted(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::check)).toList(),
                    all);
        }
    }

    /** How closely the node was looked at. */
    enum Depth {
        /** By the checks that connect to nothing. */
        GLANCE,
        /** By all checks. */
        EXAMINATION
    }

    Checkup(Executor workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
        onsets = new Onsets(clock);
        onsetsOfGlances = new Onsets(clock);
    }

    /** What is true now, with what connecting found; without that while there is no examination, or none lately. */
    Result last(Doctor doctor) {
        Result known = last;
        List<Finding> glance = Verdict.glance(Optional.of(doctor), type -> true);
        Map<String, Instant> since = onsetsOfGlances.of(glance);
        Result now = known.time().filter(time -> time.plus(TRUE).isAfter(clock.instant())).isPresent()
                ? known.with(glance, since) : new Result(Depth.GLANCE, Optional.of(clock.instant()), glance, since);
        boolean old = known.time().filter(time -> time.plus(FRESH).isAfter(clock.instant())).isEmpty();
        if (old && running.compareAndSet(false, true)) {
            try {
                workers.execute(() -> examine(doctor));
            } catch (RejectedExecutionException e) {
                running.set(false);
            }
        }
        return now;
    }

    private void examine(Doctor doctor) {
        try {
            List<Finding> glance = Verdict.glance(Optional.of(doctor), type -> true);
            // What needs no connecting is looked at anew each time: it may be over long before the next examination.
            List<Finding> findings = doctor.examine().stream().filter(finding -> finding.severity() == Severity.OK
                    || !glance.contains(finding)).toList();
            last = new Result(Depth.EXAMINATION, Optional.of(clock.instant()), findings,
                    onsets.of(findings));
        } catch (RuntimeException | LinkageError e) { // The latter from a bundle that is being updated.
            LOG.debug("The examination failed", e);
        } finally {
            running.set(false);
        }
    }
}
