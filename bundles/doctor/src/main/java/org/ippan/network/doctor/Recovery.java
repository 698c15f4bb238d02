// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.time.Duration;
import java.util.Optional;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Times;

/** When a score is good again if nothing else happens: what the decay in force makes of it. */
record Recovery(Services services, Times times) {

    private static final String REPUTATION = "reputation";

    /** At or below this score a peer is warned. */
    long warnThreshold() {
        return services.number(REPUTATION, "warnThreshold").orElse(0L);
    }

    /**
     * When a score rises above the threshold of warnings.
     *
     * @return a sentence; empty if the score is above already, or the settings cannot be read
     */
    Optional<String> aboveWarning(int score) {
        Optional<Long> points = services.number(REPUTATION, "decayPoints");
        Optional<Long> seconds = services.number(REPUTATION, "decayIntervalSeconds");
        long missing = warnThreshold() - score + 1;
        if (points.isEmpty() || seconds.isEmpty() || missing <= 0) {
            return Optional.empty();
        }
        if (points.get() == 0) {
            return Optional.of("Its score does not recover by itself: decayPoints is 0.");
        }
        long steps = (missing + points.get() - 1) / points.get();
        // Intervals are common to all peers: part of the current one has passed already.
        Duration longest = Duration.ofSeconds(steps * seconds.get());
        return Optional.of("Its score recovers by " + points.get() + " every " + Times.span(Duration.ofSeconds(
                seconds.get())) + ": it is above " + warnThreshold() + " within " + Times.span(longest) + ", by "
                + Times.at(times.clock().instant().plus(longest)) + ".");
    }
}
