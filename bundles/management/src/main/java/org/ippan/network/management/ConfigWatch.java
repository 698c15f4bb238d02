// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.settings.LiveSettings;

/** Tells of configurations taken over or refused, by looking at their generation. Guarded by its owner. */
final class ConfigWatch {

    private final Consumer<NetworkEvent> tell;
    private final Map<String, Long> seen = new HashMap<>();

    ConfigWatch(Consumer<NetworkEvent> tell) {
        this.tell = tell;
    }

    void look(LiveSettings<?> settings) {
        String pid = settings.schema().pid();
        long now = settings.generation();
        Long before = seen.put(pid, now);
        // A bundle that was updated begins to count again: any difference is news but the first look.
        if (before != null && before != now) {
            tell.accept(settings.lastConfigError()
                    .map(error -> NetworkEvent.of(EventType.CONFIG_REJECTED, error))
                    .orElseGet(() -> NetworkEvent.of(EventType.CONFIG_APPLIED, pid)));
        }
    }
}
