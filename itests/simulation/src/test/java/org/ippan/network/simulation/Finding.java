// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.util.Locale;

/**
 * One row of the table.
 *
 * @param what was measured
 * @param goal what it should be; empty if nobody said
 * @param measured what it is
 * @param reached whether that is enough
 */
record Finding(String what, String goal, String measured, boolean reached) {

    /** A figure that should be small. */
    static Finding atMost(String what, double goal, double measured) {
        return new Finding(what, "≤ " + text(goal), text(measured), measured <= goal);
    }

    /** A figure to compare with. */
    static Finding told(String what, String measured) {
        return new Finding(what, "", measured, true);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 2 ? "%.3f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
