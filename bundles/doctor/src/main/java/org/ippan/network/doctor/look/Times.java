// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and spans in words, the same everywhere: UTC to the second, and how far from now. */
public record Times(Clock clock) {

    public static final String NOW = "now";

    /** For example {@code in 4 min 12 s (2026-11-24T10:04:12Z)}; {@code now} if the time has come. */
    public String until(Instant time) {
        Duration left = Duration.between(clock.instant(), time);
        return left.toSeconds() <= 0 ? NOW : "in " + span(left) + " (" + at(time) + ")";
    }

    /** For example {@code 4 min 12 s ago}. */
    public String ago(Instant time) {
        Duration passed = Duration.between(time, clock.instant());
        return passed.toSeconds() <= 0 ? "just now" : span(passed) + " ago";
    }

    /** For example {@code 2026-11-24T10:04:12Z}. */
    public static String at(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** For example {@code 2 d 3 h}, {@code 4 min 12 s}, {@code 23 ms}: the two greatest units that are not zero. */
    public static String span(Duration span) {
        if (span.toSeconds() == 0) {
            return span.toMillis() == 0 && !span.isZero() ? "less than 1 ms" : span.toMillis() + " ms";
        }
        if (span.toDays() > 0) {
            return span.toDays() + " d" + part(span.toHoursPart(), "h");
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h" + part(span.toMinutesPart(), "min");
        }
        return span.toMinutes() > 0 ? span.toMinutes() + " min" + part(span.toSecondsPart(), "s")
                : span.toSeconds() + " s";
    }

    private static String part(int number, String unit) {
        return number == 0 ? "" : " " + number + " " + unit;
    }
}
