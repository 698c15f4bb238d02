// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.doctor.look.Services;

/** Collects what checks find. For one thread. */
public final class Findings {

    private final List<Finding> found = new ArrayList<>();

    void ok(String check, String text) {
        found.add(new Finding(check, Severity.OK, text, ""));
    }

    void warn(String check, String text, String advice, String... settings) {
        found.add(new Finding(check, Severity.WARN, text, advice, List.of(settings)));
    }

    void fail(String check, String text, String advice, String... settings) {
        found.add(new Finding(check, Severity.FAIL, text, advice, List.of(settings)));
    }

    /** How a finding names a setting of a bundle. */
    static String setting(String bundle, String key) {
        return named(Services.PREFIX + bundle, key);
    }

    /** The same of any configuration. */
    static String named(String pid, String key) {
        return pid + ' ' + key;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Runs checks; one that fails, because a service went meanwhile, becomes a finding and stops no other. */
    public void run(Map<String, Consumer<Findings>> checks) {
        checks.forEach((name, check) -> {
            try {
                check.accept(this);
            } catch (RuntimeException | LinkageError e) {
                warn(name, "The check itself failed: " + e + ".", "Run it again; a bundle may have been replaced.");
            }
        });
    }

    /** Worst first, then by check. */
    public List<Finding> worstFirst() {
        return found.stream().sorted(Comparator.comparing(Finding::severity).reversed()
                .thenComparing(Finding::check)).toList();
    }
}
