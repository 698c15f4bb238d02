// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What one check found.
 *
 * @param check name of the check, for example {@code listener}: lower case, words joined by hyphens
 * @param severity how much it matters
 * @param text what was seen, in a sentence with numbers
 * @param advice what to do about it, in a sentence; empty if nothing has to be done
 * @param settings which settings of this node text and advice name, each as its PID and its key with a space between
 */
public record Finding(String check, Severity severity, String text, String advice, List<String> settings) {

    /** A missing bundle, a listener that is not there, or a node that refuses to serve, which the listener says too. */
    private static final Set<String> BLOCKING = Set.of("services", "listener");
    /** What these check is known in full only after connecting. */
    private static final Set<String> PROBED = Set.of("listener", "seeds");

    /**
     * A finding that names no setting.
     *
     * @param check name of the check
     * @param severity how much it matters
     * @param text what was seen
     * @param advice what to do about it
     */
    public Finding(String check, Severity severity, String text, String advice) {
        this(check, severity, text, advice, List.of());
    }

    /**
     * Whether the node takes no part in the network until this is put right. A node that only has no peers is ready:
     * others that find it can connect to it.
     *
     * @return whether it is to be sent no work, and not to be named to nodes that look for the network
     */
    public boolean blocksReady() {
        return severity == Severity.FAIL && BLOCKING.contains(check);
    }

    /**
     * Whether its check connects to addresses when it may; {@link Doctor#glance()} tells of it only what is seen
     * without.
     *
     * @return whether an examination may find more
     */
    public boolean isProbed() {
        return PROBED.contains(check);
    }

    /** As operators read it: severity, check and text in a line, and the advice, if there is any, in another. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-4s %s: %s", severity, check, text)
                + (advice.isEmpty() ? "" : "\n     " + advice);
    }
}
