// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.settings.LiveSettings;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Writes settings through Config Admin, so that JMX, {@code config:edit}, Web Console and the file always agree:
 * checked first as a whole, stored as text, and awaited until they are in force. Throws JDK exceptions only, since
 * clients have no others.
 */
public final class SettingsWriter {

    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_MILLIS = 5;

    private final ConfigurationAdmin admin;

    public SettingsWriter(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /**
     * Writes one setting and waits until it is in force.
     *
     * @param settings of the bundle
     * @param key its key
     * @param value its value, of any type the key accepts
     * @throws IllegalArgumentException naming key, value and rule if it is refused; nothing is changed then
     * @throws IllegalStateException if it could not be stored, or is not in force after 2 s
     */
    synchronized void write(LiveSettings<?> settings, String key, Object value) {
        List<String> wrong = settings.check(Map.of(key, value));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        long before = settings.generation();
        try {
            // "?": the configuration must not belong to this bundle.
            Configuration configuration = admin.getConfiguration(settings.schema().pid(), "?");
            Dictionary<String, Object> stored = configuration.getProperties();
            Dictionary<String, Object> properties = stored == null ? new Hashtable<>() : stored;
            // Text, always: one typed value makes File Install rewrite the whole file in typed syntax.
            properties.put(key, value instanceof Object[] items ? join(items) : String.valueOf(value));
            configuration.update(properties);
        } catch (IOException e) {
            throw new IllegalStateException("cannot store " + settings.schema().pid() + ": " + e.getMessage());
        }
        await(settings, before, key);
    }

    private static String join(Object[] items) {
        StringBuilder joined = new StringBuilder();
        for (Object item : items) {
            joined.append(joined.length() == 0 ? "" : ",").append(item);
        }
        return joined.toString();
    }

    private static void await(LiveSettings<?> settings, long before, String key) {
        long begun = System.nanoTime();
        while (settings.generation() == before) {
            if (System.nanoTime() - begun > WAIT_NANOS) {
                throw new IllegalStateException(key + " is stored but not in force after 2 s");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + key);
            }
        }
        settings.lastConfigError().ifPresent(error -> {
            throw new IllegalArgumentException(error);
        });
    }
}
