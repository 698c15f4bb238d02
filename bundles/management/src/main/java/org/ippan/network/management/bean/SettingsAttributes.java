// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import static org.ippan.network.management.bean.Operation.Parameter.text;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingsReading;

/**
 * The writable attributes of a bundle's settings: one for each key, how the last configuration fared, and an operation
 * that changes several keys at once. Immutable.
 */
public final class SettingsAttributes {

    private final LiveSettings<?> settings;
    private final Optional<SettingsWriter> writer;

    /**
     * The attributes of settings.
     *
     * @param settings of the bundle
     * @param writer how they are written; empty while there is no Config Admin
     */
    public SettingsAttributes(LiveSettings<?> settings, Optional<SettingsWriter> writer) {
        this.settings = settings;
        this.writer = writer;
    }

    /** Attribute by name. */
    Map<String, Attribute> attributes() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (SettingDescription setting : settings.schema().settings()) {
            String text = setting.text() + " Value: " + setting.rule() + ". Effect of a change: "
                    + setting.applies().text() + ".";
            attributes.put(Attribute.name(setting.key()), Attribute.writable(setting.key(),
                    OpenValues.typeName(setting.type()), text, fields(setting),
                    reading -> value(reading.settings(), setting)));
        }
        attributes.put("LastConfigError", Attribute.readOnly("LastConfigError", String.class.getName(),
                "What was wrong with the newest configuration of " + settings.schema().pid()
                        + ", with key, value and rule; empty if it was good.", Map.of(),
                reading -> reading.settings().error().orElse("")));
        return attributes;
    }

    /** What clients may show of a key beside its text, in the names that open MBeans use. */
    private static Map<String, Object> fields(SettingDescription setting) {
        Map<String, Object> fields = new HashMap<>(Map.of("applies", setting.applies().text()));
        if (!setting.unit().isEmpty()) {
            fields.put("units", setting.unit());
        }
        if (!setting.secret()) {
            fields.put("defaultValue", OpenValues.of(setting.defaultValue()));
        }
        if (setting.min() != null) {
            fields.put("minValue", bound(setting, setting.min()));
        }
        if (setting.max() != null) {
            fields.put("maxValue", bound(setting, setting.max()));
        }
        if (!setting.choices().isEmpty()) {
            fields.put("legalValues", new LinkedHashSet<>(setting.choices()));
        }
        return fields;
    }

    /** In the type of the attribute. */
    private static Object bound(SettingDescription setting, BigDecimal bound) {
        return setting.parse(bound.toPlainString());
    }

    private static Object value(SettingsReading reading, SettingDescription setting) {
        String displayed = reading.displayed().get(setting.key());
        return setting.secret() || setting.type().isEnum() ? displayed : OpenValues.of(setting.shown(displayed));
    }

    SettingsReading reading() {
        return settings.reading();
    }

    /** Writes several settings, all or none. */
    void write(Map<String, Object> changes) {
        changes.forEach((key, value) -> {
            if (value == null) {
                SettingDescription setting = settings.schema().setting(key);
                throw setting.refused("null", setting.rule());
            }
        });
        store(changes);
    }

    private void store(Map<String, Object> changes) {
        writer.orElseThrow(() -> new IllegalStateException("no Config Admin to keep " + String.join(", ",
                changes.keySet()) + " in")).write(settings, changes);
    }

    Operation change() {
        return Operation.action("change", "Changes several settings at once, all or none: for values that are valid"
                + " only together.", List.of(text("assignments", "Assignments like key=value, separated by semicolons"
                + " or line breaks; a key alone goes back to its default.")), in -> change(String.valueOf(in[0])));
    }

    private String change(String assignments) {
        Map<String, Object> changes = new LinkedHashMap<>();
        // Without the line break at the end of a line that was pasted.
        String whole = assignments.strip();
        for (String part : whole.split(whole.contains("\n") ? "\n" : ";")) {
            if (!part.isBlank()) {
                int equals = part.indexOf('=');
                String key = (equals < 0 ? part : part.substring(0, equals)).trim();
                if (changes.containsKey(key)) {
                    throw new IllegalArgumentException(key + " is given twice");
                }
                changes.put(key, equals < 0 ? null : part.substring(equals + 1).trim());
            }
        }
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("nothing to change: write key=value; key=value");
        }
        store(changes);
        Map<String, String> now = settings.displayed();
        return changes.keySet().stream().map(key -> key + "=" + now.getOrDefault(key, ""))
                .collect(Collectors.joining("; "));
    }
}
