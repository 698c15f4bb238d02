// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.Transport;

/**
 * The settings of the bundle beside what its transports say of where they listen: a short key is good enough where no
 * other machine can try it, and is judged again when that changes. Safe for any thread.
 */
public final class ExposedSettings {

    private final Map<Transport, Boolean> onLoopback = new HashMap<>();
    private final LiveSettings<PeersSettings> live;
    private volatile Exposure exposure = Exposure.NONE;
    private Map<String, Object> raw = Map.of();

    public ExposedSettings(Consumer<String> onError, Consumer<String> onWarning) {
        live = new LiveSettings<>(PeersSettings.SCHEMA, values -> PeersSettings.of(values, exposure), onError,
                onWarning);
    }

    /** A configuration came. */
    public synchronized void update(Map<String, Object> changed, Consumer<PeersSettings> apply) {
        raw = changed;
        live.update(raw, apply);
    }

    /** A transport came or was configured anew; whether the settings have been judged again. */
    public synchronized boolean listens(Transport transport, Map<String, Object> properties,
            Consumer<PeersSettings> apply) {
        onLoopback.put(transport, Boolean.TRUE.equals(properties.get(Transport.LOOPBACK)));
        return judge(apply);
    }

    /** A transport went. */
    public synchronized void gone(Transport transport, Consumer<PeersSettings> apply) {
        onLoopback.remove(transport);
        judge(apply);
    }

    private boolean judge(Consumer<PeersSettings> apply) {
        Exposure before = exposure;
        exposure = onLoopback.isEmpty() ? Exposure.NONE
                : onLoopback.containsValue(false) ? Exposure.OTHER_MACHINES : Exposure.LOOPBACK;
        boolean matters = exposure != before && (isShort(NetworkSecret.KEY) || isShort(NetworkSecret.SECOND));
        if (matters) {
            live.update(raw, apply);
        }
        return matters;
    }

    private boolean isShort(String key) {
        Object secret = raw.get(key);
        return secret != null && NetworkSecret.isShort(String.valueOf(secret).trim());
    }

    public LiveSettings<PeersSettings> live() {
        return live;
    }
}
