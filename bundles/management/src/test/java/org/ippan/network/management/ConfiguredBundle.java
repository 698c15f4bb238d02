// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.Setting;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.api.snapshot.SnapshotSource;

/** A bundle's one object for all its interfaces. */
final class ConfiguredBundle implements SnapshotSource, Configurable {

    @interface Config {
        @Setting(text = "Ban at this score. Higher: sooner.", unit = "points", min = "-1000", max = "-1")
        int banThreshold() default -500;

        @Setting(text = "Warn at this score. Higher: sooner.", unit = "points", min = "-1000", max = "-1")
        int warnThreshold() default -200;

        @Setting(text = "Who may come. Longer: more.")
        String[] allow() default {};

        @Setting(text = "What only members know.", secret = true, failClosed = true)
        String word() default "";

        @Setting(text = "In a hurry or not.")
        Priority hurry() default Priority.NORMAL;
    }

    record Settings(int banThreshold, int warnThreshold) {

        Settings {
            if (warnThreshold <= banThreshold) {
                throw new IllegalArgumentException("warnThreshold must be above banThreshold");
            }
        }

        static Settings of(SettingValues values) {
            return new Settings(values.getInt("banThreshold"), values.getInt("warnThreshold"));
        }
    }

    public record Snapshot(@Measure(value = "Bans so far.", unit = "peers", counter = true) long bans) {
    }
    final LiveSettings<Settings> settings = new LiveSettings<>(
            SettingsSchema.of("a.pid", Config.class), Settings::of, problem -> { }, problem -> { });

    @Override
    public Snapshot snapshot() {
        return new Snapshot(7);
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }

    void update(Dictionary<String, Object> properties) {
        Map<String, Object> raw = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> raw.put(key, properties.get(key)));
        settings.update(raw, accepted -> {
            if (accepted.banThreshold() == -666) {
                throw new IllegalArgumentException("banThreshold = -666: not on this machine");
            }
        });
    }
}
