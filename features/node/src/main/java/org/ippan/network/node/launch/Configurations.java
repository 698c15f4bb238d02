// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingException;

/** Changes configurations of a running node: checked against what is stored, and awaited. Safe for any thread. */
public final class Configurations {

    private static final long APPLY_MILLIS = 2_000;

    private final NodeFramework framework;
    private final Set<String> pids;

    Configurations(NodeFramework framework, Set<String> pids) {
        this.framework = framework;
        this.pids = pids;
    }

    static void requireKnown(String pid, Set<String> pids) {
        if (!Pids.known(Objects.requireNonNull(pid, "pid"), pids)) {
            throw new LaunchException(Pids.unknown(pid, pids));
        }
    }

    /** Changes keys, all or none; a null value takes a key back to its default. */
    public synchronized void set(String pid, Map<String, String> changes) {
        Objects.requireNonNull(changes, "changes");
        requireKnown(pid, pids);
        Optional<LiveSettings<?>> settings = settings(pid);
        try {
            if (settings.isPresent()) {
                change(settings.get(), changes);
            } else {
                begin(pid, changes);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(pid + ": " + e.getMessage(), e);
        }
    }

    private void change(LiveSettings<?> settings, Map<String, String> changes) {
        String pid = settings.schema().pid();
        long before = settings.generation();
        framework.store(pid, settings.changed(framework.stored(pid), changes));
        await(pid, changes, () -> settings.generation() != before);
    }

    /** What would refuse the values comes with the configuration only: where it does, the configuration goes again. */
    private void begin(String pid, Map<String, String> changes) {
        Map<String, Object> stored = framework.stored(pid);
        Map<String, Object> all = new HashMap<>(stored);
        changes.forEach((key, value) -> all.compute(key, (same, before) -> value));
        framework.store(pid, all);
        await(pid, changes, () -> settings(pid).isPresent());
        try {
            settings(pid).ifPresent(settings -> settings.changed(stored, changes));
        } catch (SettingException e) {
            framework.putBack(pid, stored);
            await(pid, changes, () -> stored.isEmpty() == settings(pid).isEmpty());
            throw e;
        }
    }

    private static void await(String pid, Map<String, String> changes, BooleanSupplier inForce) {
        if (!Uninterrupted.poll(Ticker.system(), APPLY_MILLIS, inForce)) {
            throw new LaunchException(pid + ": " + String.join(", ", changes.keySet()) + " is stored, but not in force"
                    + " after " + APPLY_MILLIS + " ms: the configuration service waits, perhaps for a listener of the"
                    + " application that hangs; see a thread dump (jstack)");
        }
    }

    /** Whether the value of a key must never be shown. */
    public boolean isSecret(String pid, String key) {
        return settings(pid).stream().flatMap(settings -> settings.schema().settings().stream())
                .anyMatch(setting -> setting.secret() && setting.key().equalsIgnoreCase(key));
    }

    /** What is wrong with configurations: of each all that is. */
    public List<String> errors(Collection<String> written) {
        return written.stream().distinct().flatMap(pid -> settings(pid).stream())
                .flatMap(settings -> settings.lastConfigError().stream()).toList();
    }

    private Optional<LiveSettings<?>> settings(String pid) {
        return framework.findAll(Configurable.class).stream().<LiveSettings<?>>map(Configurable::settings)
                .filter(settings -> settings.schema().pid().equals(pid)).findFirst();
    }
}
