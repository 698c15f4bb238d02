// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingError;
import org.ippan.network.api.settings.SettingsReading;
import org.ippan.network.doctor.look.Services;

/** Which settings are in force, where each comes from, and what was refused instead. Safe for any thread. */
final class SettingsReader {

    private SettingsReader() {
    }

    /** All settings whose PID or key holds the text, in any case, by PID and in the order of their bundle. */
    static List<EffectiveSetting> read(Services services, String filter) {
        return services.configured().stream().sorted(Comparator.comparing(NodeServices.Configured::pid))
                .flatMap(one -> of(one, services.stored().of(one.pid())))
                .filter(setting -> setting.holds(filter)).toList();
    }

    private static Stream<EffectiveSetting> of(NodeServices.Configured configured, Map<String, Object> stored) {
        SettingsReading reading = configured.settings().reading();
        return configured.settings().schema().settings().stream().map(setting -> {
            String value = reading.displayed().getOrDefault(setting.key(), "");
            Object raw = stored.get(setting.key());
            Optional<String> refused = raw == null ? Optional.empty() : refusal(setting, raw, value, reading);
            boolean standard = raw == null || refused.isPresent() && value.equals(setting.display(
                    setting.defaultValue()));
            return new EffectiveSetting(configured.pid(), setting, value,
                    standard ? "default" : Places.file(stored).orElse("Config Admin"),
                    refused.orElse(""));
        });
    }

    /** What keeps the newest value from being in force: its own fault, or that of another key beside it. */
    private static Optional<String> refusal(SettingDescription setting, Object raw, String inForce,
            SettingsReading reading) {
        Optional<SettingError> own = reading.errors().stream().filter(error -> error.key().equals(setting.key()))
                .findFirst();
        if (own.isPresent() || reading.errors().isEmpty()) {
            return own.map(SettingError::text);
        }
        String newest = setting.display(setting.parse(raw));
        return newest.equals(inForce) ? Optional.empty() : Optional.of(setting.key() + " = " + newest
                + ": not taken over, because of " + reading.error().orElseThrow());
    }
}
