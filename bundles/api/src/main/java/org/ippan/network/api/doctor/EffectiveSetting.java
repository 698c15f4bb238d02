// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.Spelling;

/**
 * A setting as it is in force.
 *
 * @param pid the configuration it belongs to
 * @param description key, type, unit, range, default, and what it does
 * @param value in force, as it would be written into a file; masked if it is secret
 * @param source where the value comes from: {@code default}, the path of a file, or {@code Config Admin}
 * @param refused the newest value and why it was refused, if it is not the one in force; else empty
 */
public record EffectiveSetting(String pid, SettingDescription description, String value, String source,
        String refused) {

    /**
     * The settings that an operator asks for by a part of a name.
     *
     * @param doctor knows all
     * @param filter part of a PID or key, in any case; empty for all
     * @return one or more, by PID and key
     * @throws IllegalArgumentException if there is none, saying which there are
     */
    public static List<EffectiveSetting> named(Doctor doctor, String filter) {
        List<EffectiveSetting> found = doctor.settings(filter);
        if (found.isEmpty()) {
            List<EffectiveSetting> all = doctor.settings("");
            String wanted = filter.strip();
            String instead = Spelling.nearest(wanted, all.stream().map(each -> each.description.key()).toList())
                    .map(key -> "did you mean " + key + "?").orElseGet(() -> "there are " + all.stream()
                            .map(EffectiveSetting::pid).distinct().collect(Collectors.joining(", ")));
            throw new IllegalArgumentException("no PID or key contains '" + wanted + "'; " + instead);
        }
        return found;
    }

    /**
     * {@return whether a text is part of its PID and key, in any case}
     *
     * @param filter the text; of an empty one all are
     */
    public boolean holds(String filter) {
        return (pid + " " + description.key()).toLowerCase(Locale.ROOT)
                .contains(filter.strip().toLowerCase(Locale.ROOT));
    }

    /** As operators read it: a line, and another if a newer value was refused. */
    @Override
    public String toString() {
        return pid + " " + description.key() + " = " + value + " (" + source + ")"
                + (refused.isEmpty() ? "" : "\n     refused: " + refused);
    }
}
