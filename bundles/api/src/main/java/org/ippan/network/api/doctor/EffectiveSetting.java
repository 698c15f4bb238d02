// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import org.ippan.network.api.settings.SettingDescription;

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

    /** As operators read it: a line, and another if a newer value was refused. */
    @Override
    public String toString() {
        return pid + " " + description.key() + " = " + value + " (" + source + ")"
                + (refused.isEmpty() ? "" : "\n     refused: " + refused);
    }
}
