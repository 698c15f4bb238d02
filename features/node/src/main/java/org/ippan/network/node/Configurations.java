// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.state.FileErrors;

/** Changes configurations of a running node: checked against what is stored, and awaited. Safe for any thread. */
final class Configurations {

    private static final long APPLY_MILLIS = 2_000;
    /** A change is in force within about a millisecond. */
    private static final long APPLY_POLL_MILLIS = 1;

    private final NodeFramework framework;
    private final Set<String> pids;

    Configurations(NodeFramework framework, Set<String> pids) {
        this.framework = framework;
        this.pids = pids;
    }

    static void requireKnown(String pid, Set<String> pids) {
        if (!Pids.known(pid, pids)) {
            throw new NodeException(Pids.unknown(pid, pids));
        }
    }

    /** Changes keys, all or none; a null value takes a key back to its default. */
    synchronized void set(String pid, Map<String, String> changes) {
        requireKnown(pid, pids);
        Optional<LiveSettings<?>> settings = settings(pid);
        long before = settings.map(LiveSettings::generation).orElse(0L);
        try {
            Map<String, Object> stored = framework.stored(pid);
            stored.putAll(settings.isPresent() ? Map.of() : changes);
            framework.store(pid, settings.isPresent() ? settings.get().changed(stored, changes) : stored);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(pid + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NodeException("cannot write the configuration: " + FileErrors.words(e), e);
        }
        String keys = String.join(", ", changes.keySet());
        long deadline = System.nanoTime() + APPLY_MILLIS * 1_000_000;
        while (settings.isPresent() && settings.get().generation() == before) {
            if (System.nanoTime() - deadline > 0) {
                throw new NodeException(pid + ": " + keys + " is not in force yet");
            }
            IppanNode.pause(APPLY_POLL_MILLIS, "changing " + keys);
        }
    }

    /** Whether the value of a key must never be shown. */
    boolean isSecret(String pid, String key) {
        return settings(pid).stream().flatMap(settings -> settings.schema().settings().stream())
                .anyMatch(setting -> setting.secret() && setting.key().equalsIgnoreCase(key));
    }

    /** What is wrong with configurations, if anything. */
    Optional<String> error(Collection<String> written) {
        return written.stream().distinct().flatMap(pid -> settings(pid).stream())
                .flatMap(settings -> settings.lastConfigError().stream()).findFirst();
    }

    private Optional<LiveSettings<?>> settings(String pid) {
        return framework.findAll(Configurable.class).stream().<LiveSettings<?>>map(Configurable::settings)
                .filter(settings -> settings.schema().pid().equals(pid)).findFirst();
    }
}
