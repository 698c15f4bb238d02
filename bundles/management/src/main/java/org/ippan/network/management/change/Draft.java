// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingChange;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingError;
import org.ippan.network.api.settings.SettingException;
import org.ippan.network.api.settings.SettingsReading;
import org.ippan.network.api.settings.WantedSetting;

/** What is wanted of one configuration, beside what is in force and stored there. For one thread. */
final class Draft {

    /** The client that changes the page may lose it. */
    private static final String PAGE = "org.ippan.network.web";

    private final LiveSettings<?> settings;
    private final Map<String, String> inForce;
    private final Map<String, WantedSetting> wanted = new LinkedHashMap<>();

    Draft(LiveSettings<?> settings) {
        this.settings = settings;
        this.inForce = settings.displayed();
    }

    LiveSettings<?> settings() {
        return settings;
    }

    void add(WantedSetting setting) {
        if (wanted.putIfAbsent(setting.key(), setting) != null) {
            throw new IllegalArgumentException(setting.key() + " is given twice");
        }
    }

    /** What is to be written: a text, or null for the default. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        wanted.forEach((key, setting) -> values.put(key, setting.value().orElse(null)));
        return values;
    }

    /**
     * What it would do.
     *
     * @param stored as Config Admin keeps it
     */
    List<SettingChange> changes(Map<String, Object> stored) {
        List<SettingError> errors = errors(stored);
        List<SettingChange> changes = new ArrayList<>();
        for (WantedSetting setting : wanted.values()) {
            // What no key alone is to blame for stands at the first.
            boolean first = changes.isEmpty();
            String refused = errors.stream().filter(error -> error.key().equals(setting.key())
                    || first && !wanted.containsKey(error.key())).map(SettingError::text).findFirst().orElse("");
            SettingChange change = change(setting, refused);
            if (!change.refused().isEmpty() || change.moved() || differs(change, setting)
                    || mends(stored.get(setting.key()), setting)) {
                changes.add(change);
            }
        }
        return changes;
    }

    private List<SettingError> errors(Map<String, Object> stored) {
        try {
            settings.changed(stored, values());
            return List.of();
        } catch (SettingException e) {
            return e.errors();
        }
    }

    /** A secret that is written anew reads as it did before. */
    private static boolean differs(SettingChange change, WantedSetting setting) {
        boolean rewritten = change.after().equals(LiveSettings.MASK)
                && !setting.value().equals(Optional.of(LiveSettings.MASK));
        return rewritten || !change.before().equals(change.after());
    }

    /** What is stored and does nothing, as it is refused or no key, goes though the value in force stays. */
    private boolean mends(Object stored, WantedSetting setting) {
        SettingsReading now = settings.reading();
        return !Objects.equals(stored, setting.value().orElse(null)) && Stream.concat(now.errors().stream(),
                now.unknown().stream()).anyMatch(error -> error.concerns(setting.key()));
    }

    private SettingChange change(WantedSetting setting, String refused) {
        String before = inForce.getOrDefault(setting.key(), "");
        boolean moved = setting.seen().filter(seen -> !seen.equals(before)).isPresent();
        Optional<SettingDescription> known = settings.schema().settings().stream()
                .filter(each -> each.key().equals(setting.key())).findFirst();
        return new SettingChange(settings.schema().pid(), setting.key(), before,
                known.map(each -> after(each, setting)).orElse(""),
                known.map(SettingDescription::applies).orElse(Applies.LIVE),
                known.filter(this::risky).isPresent(), moved, refused);
    }

    private static String after(SettingDescription known, WantedSetting setting) {
        try {
            return setting.value().map(value -> value.equals(LiveSettings.MASK) && known.secret() ? value
                    : known.display(known.parse(value))).orElseGet(() -> known.display(known.defaultValue()));
        } catch (SettingException e) { // It is among the errors.
            return known.secret() ? LiveSettings.MASK : setting.value().orElse("");
        }
    }

    private boolean risky(SettingDescription setting) {
        return setting.applies() == Applies.REBIND || setting.failClosed() || settings.schema().pid().equals(PAGE);
    }
}
