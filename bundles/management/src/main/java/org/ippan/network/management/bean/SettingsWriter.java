// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingError;
import org.ippan.network.api.settings.SettingException;
import org.ippan.network.api.settings.SettingsReading;
import org.ippan.network.api.state.FileErrors;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Writes settings through Config Admin, so that JMX, {@code config:edit}, Web Console and the file always agree:
 * checked first as a whole against what is stored, stored as text, and awaited until they are in force. What the bundle
 * refuses all the same is taken back. Throws JDK exceptions only, since clients have no others.
 */
public final class SettingsWriter {

    private static final long WAIT_MILLIS = 2_000;

    private final ConfigurationAdmin admin;

    public SettingsWriter(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /**
     * What is stored of a configuration.
     *
     * @throws IllegalStateException if it cannot be read
     */
    public Map<String, Object> stored(LiveSettings<?> settings) {
        try {
            return map(configuration(settings).getProperties());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + settings.schema().pid() + ": " + FileErrors.words(e));
        }
    }

    /** "?": the configuration must not belong to this bundle. */
    private Configuration configuration(LiveSettings<?> settings) throws IOException {
        return admin.getConfiguration(settings.schema().pid(), "?");
    }

    /**
     * Writes settings, all or none, and waits until they are in force.
     *
     * @param settings of the bundle
     * @param changes values by key, of any type the key accepts; null for the default
     * @throws IllegalArgumentException naming key, value and rule if they are refused; nothing is changed then
     * @throws IllegalStateException if they could not be stored, or are not in force after 2 s
     */
    public synchronized void write(LiveSettings<?> settings, Map<String, Object> changes) {
        String keys = String.join(", ", changes.keySet());
        try {
            Configuration configuration = configuration(settings);
            Dictionary<String, Object> before = configuration.getProperties();
            Map<String, Object> stored = map(before);
            Map<String, Object> wanted = changed(settings, stored, changes);
            if (wanted.equals(stored)) {
                return;
            }
            // Text, always: one typed value makes File Install rewrite the whole file in typed syntax.
            changes.keySet().forEach(key -> wanted.computeIfPresent(key,
                    (same, value) -> SettingDescription.written(value)));
            SettingsReading old = settings.reading();
            configuration.update(new Hashtable<>(wanted));
            await(settings, old.generation(), keys);
            List<SettingError> refused = new ArrayList<>(settings.reading().errors());
            refused.removeAll(old.errors());
            if (!refused.isEmpty()) {
                restore(configuration, before);
                await(settings, old.generation() + 1, keys);
                throw new IllegalArgumentException(refused.stream().map(SettingError::text)
                        .collect(Collectors.joining("; ")));
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot store " + settings.schema().pid() + ": " + FileErrors.words(e));
        }
    }

    /** A client of JMX has no class of ours: what is refused is told as an exception of the JDK. */
    private static Map<String, Object> changed(LiveSettings<?> settings, Map<String, Object> stored,
            Map<String, Object> changes) {
        try {
            return settings.changed(stored, changes);
        } catch (SettingException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    private static void restore(Configuration configuration, Dictionary<String, Object> before) throws IOException {
        if (before == null) {
            configuration.delete();
        } else {
            configuration.update(before);
        }
    }

    private static Map<String, Object> map(Dictionary<String, Object> stored) {
        Map<String, Object> map = new HashMap<>();
        if (stored != null) {
            Collections.list(stored.keys()).forEach(key -> map.put(key, stored.get(key)));
        }
        return map;
    }

    private static void await(LiveSettings<?> settings, long before, String keys) {
        if (!Uninterrupted.poll(Ticker.system(), WAIT_MILLIS, () -> settings.generation() > before)) {
            throw new IllegalStateException(keys + ": stored but not in force after 2 s");
        }
    }
}
