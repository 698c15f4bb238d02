// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;

/**
 * How the node fares, and why: the one judgement that every surface shows. It is what the doctor finds at a glance; no
 * surface judges by itself.
 *
 * @param status the worst of what was found
 * @param ready whether nothing of it keeps the node from taking part in the network
 * @param reasons what was found that is not as it should be, worst first
 */
public record Verdict(Severity status, boolean ready, List<Finding> reasons) {

    /** It says how the node can be managed, not how it fares. */
    private static final String ADVICE_ONLY = "remote-jmx";
    /** Without these no message travels, so their absence can be told without the doctor. */
    private static final List<Class<?>> NEEDED = List.of(Transport.class, PeerDirectory.class, Gossip.class);

    /**
     * Judges what was found.
     *
     * @param found worst first, as {@link Doctor#glance} gives it
     * @return the verdict
     */
    public static Verdict of(List<Finding> found) {
        List<Finding> reasons = found.stream().filter(finding -> finding.severity() != Severity.OK
                && !finding.check().equals(ADVICE_ONLY)).toList();
        return new Verdict(reasons.stream().map(Finding::severity).max(Severity::compareTo).orElse(Severity.OK),
                reasons.stream().noneMatch(Finding::blocksReady), reasons);
    }

    /**
     * What the doctor says, or what can be said while it is absent or just being replaced.
     *
     * @param doctor the one there is
     * @param present whether a service is there
     * @return the verdict
     */
    public static Verdict of(Optional<Doctor> doctor, Predicate<Class<?>> present) {
        return of(glance(doctor, present));
    }

    /**
     * What the doctor finds at a glance, or what can be said while it is absent, just being replaced or broken.
     *
     * @param doctor the one there is
     * @param present whether a service is there
     * @return what is judged, worst first
     */
    public static List<Finding> glance(Optional<Doctor> doctor, Predicate<Class<?>> present) {
        return doctor.map(Verdict::glance).orElseGet(() -> {
            List<Finding> found = new ArrayList<>();
            NEEDED.stream().filter(type -> !present.test(type)).forEach(type -> found.add(new Finding("services",
                    Severity.FAIL, type.getSimpleName() + " is absent.", "Start its bundle.")));
            found.add(new Finding("doctor", Severity.WARN, "The node is not examined: the doctor is absent.",
                    "Start the bundle org.ippan.network.doctor."));
            return found;
        });
    }

    private static List<Finding> glance(Doctor doctor) {
        try {
            return doctor.glance();
        } catch (RuntimeException | LinkageError e) {
            return List.of(new Finding("doctor", Severity.WARN, "The node is not examined: the doctor failed: " + e
                    + ".", "Ask again; the bundle org.ippan.network.doctor may have been replaced."));
        }
    }

    /**
     * The part of it that some checks found.
     *
     * @param checks their names
     * @return a verdict on these alone
     */
    public Verdict only(List<String> checks) {
        return of(reasons.stream().filter(reason -> checks.contains(reason.check())).toList());
    }

    /** {@return the status as every surface writes it: {@code ok}, {@code warn} or {@code fail}} */
    public String word() {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** {@return the reasons in one line, each with the name of its check; empty if all is well} */
    public String text() {
        return reasons.stream().map(reason -> reason.check() + ": " + reason.text()).collect(Collectors.joining(" "));
    }
}
