// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.ippan.network.api.PeerId;

/** Values as tables show them: short, with their units. */
public final class Cells {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int LONGEST_PAYLOAD = 500;

    private Cells() {
    }

    public static String text(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Cells::text).orElse("-");
        }
        if (value instanceof PeerId id) {
            return id.shortForm();
        }
        if (value instanceof Instant time) {
            return time.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        if (value instanceof Duration span) {
            return text(span);
        }
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.2f", number);
        }
        return value instanceof Enum<?> constant ? word(constant) : String.valueOf(value);
    }

    private static String text(Duration span) {
        if (span.isZero()) {
            return "-";
        }
        if (span.compareTo(Duration.ofSeconds(1)) < 0) {
            return String.format(Locale.ROOT, "%.2f ms", span.toNanos() / NANOS_PER_MILLI);
        }
        Duration whole = span.truncatedTo(ChronoUnit.SECONDS);
        return whole.toString().substring(2).toLowerCase(Locale.ROOT).replaceAll("(?<=[hm])(?=.)", " ");
    }

    /**
     * Text from the network in one line that a terminal cannot take for commands.
     *
     * @param text anything
     * @return the same with a dot for every character that is not printed, cut where it is long
     */
    public static String printable(String text) {
        String shown = text.replaceAll("\\p{C}", ".");
        return shown.length() <= LONGEST_PAYLOAD ? shown : shown.substring(0, LONGEST_PAYLOAD) + " ...";
    }
}
