// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.bean;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingDescription;

/** The writable attributes of a bundle's settings: one for each key, and how the last configuration fared. */
public final class SettingsAttributes {

    private SettingsAttributes() {
    }

    /**
     * The attributes of settings.
     *
     * @param settings of the bundle
     * @param writer how they are written; empty while there is no Config Admin
     * @return attribute by name
     */
    public static Map<String, Attribute> of(LiveSettings<?> settings, Optional<SettingsWriter> writer) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (SettingDescription setting : settings.schema().settings()) {
            String name = Attribute.name(setting.key());
            String text = setting.text() + " Value: " + setting.rule() + ". Effect of a change: "
                    + setting.applies().text() + ".";
            attributes.put(name, Attribute.writable(name, OpenValues.typeName(setting.type()), text, setting.unit(),
                    snapshot -> value(settings, setting),
                    value -> write(settings, writer, setting, value)));
        }
        attributes.put("LastConfigError", Attribute.readOnly("LastConfigError", String.class.getName(),
                "What was wrong with the newest configuration of " + settings.schema().pid()
                        + ", with key, value and rule; empty if it was good.", "",
                snapshot -> settings.lastConfigError().orElse("")));
        return attributes;
    }

    private static Object value(LiveSettings<?> settings, SettingDescription setting) {
        String displayed = settings.displayed().get(setting.key());
        return setting.secret() || setting.type().isEnum() ? displayed : OpenValues.of(setting.parse(displayed));
    }

    private static void write(LiveSettings<?> settings, Optional<SettingsWriter> writer, SettingDescription setting,
            Object value) {
        if (value == null) {
            throw new IllegalArgumentException(setting.refusal("null", setting.rule()));
        }
        writer.orElseThrow(() -> new IllegalStateException("no Config Admin to keep " + setting.key() + " in"))
                .write(settings, setting.key(), value);
    }
}
