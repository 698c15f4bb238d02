// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.ArrayList;
import java.util.List;

/** How the node fares by what costs nothing to know, and why. The doctor knows more, but takes time. */
final class NodeHealth {

    private final List<String> failures = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    NodeHealth failIf(boolean wrong, String reason) {
        if (wrong) {
            failures.add(reason);
        }
        return this;
    }

    NodeHealth warnIf(boolean wrong, String reason) {
        if (wrong) {
            warnings.add(reason);
        }
        return this;
    }

    /** {@code ok}, {@code warn} or {@code fail}. */
    String level() {
        return !failures.isEmpty() ? "fail" : warnings.isEmpty() ? "ok" : "warn";
    }

    /** Why, worst first; empty if all is well. */
    String reasons() {
        List<String> all = new ArrayList<>(failures);
        all.addAll(warnings);
        return String.join("; ", all);
    }
}
