// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param check name of the check, for example {@code listener}: lower case, words joined by hyphens
 * @param severity how much it matters
 * @param text what was seen, in a sentence with numbers
 * @param advice what to do about it, in a sentence; empty if nothing has to be done
 */
public record Finding(String check, Severity severity, String text, String advice) {

    /** As operators read it: severity, check and text in a line, and the advice, if there is any, in another. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-4s %s: %s", severity, check, text)
                + (advice.isEmpty() ? "" : "\n     " + advice);
    }
}
