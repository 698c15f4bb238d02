// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last examination by the doctor. It may take 10 s, so no request waits for it: each gets the last one, and has
 * a new one begun if that is old. Safe for any thread.
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
    }

    /** The last examination; while there is none, or none lately, what the doctor sees at a glance. */
    Result last(Doctor doctor) {
        Result known = last;
        Result now = known.time().filter(time -> time.plus(TRUE).isAfter(clock.instant())).isPresent() ? known
                : new Result(Depth.GLANCE, Optional.of(clock.instant()),
                        Verdict.glance(Optional.of(doctor), type -> true), Map.of());
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
            List<Finding> findings = doctor.examine();
            last = new Result(Depth.EXAMINATION, Optional.of(clock.instant()), List.copyOf(findings),
                    onsets.of(findings));
        } catch (RuntimeException | LinkageError e) { // The latter from a bundle that is being updated.
            LOG.debug("The examination failed", e);
        } finally {
            running.set(false);
        }
    }
}
