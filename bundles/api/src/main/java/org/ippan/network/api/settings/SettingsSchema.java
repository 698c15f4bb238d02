// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All keys of one configuration, read from the annotation type that Declarative Services and Metatype see too.
 * Immutable.
 */
public final class SettingsSchema {

    /** Keys that the container, and not an operator, puts into a configuration. */
    private static final List<String> FOREIGN = List.of("service.", "component.", "felix.fileinstall.",
            "org.apache.karaf.features.", "osgi.", "ippan.", "objectClass", ".");
    /** What Declarative Services says of a component's references, under their names. */
    private static final List<String> OF_REFERENCES = List.of(".target", ".cardinality.minimum");

    private final String pid;
    private final Map<String, SettingDescription> settings = new LinkedHashMap<>();

    private SettingsSchema(String pid) {
        this.pid = pid;
    }

    private SettingsSchema(String pid, Class<? extends Annotation> config) {
        this(pid);
        Arrays.stream(config.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .map(SettingDescription::of)
                .forEach(setting -> settings.put(setting.key(), setting));
    }

    /**
     * The schema of a configuration annotation.
     *
     * @param pid the PID it is stored under
     * @param config an annotation type, every method with a default and {@link Setting}
     * @return its schema
     * @throws IllegalArgumentException if a method lacks {@link Setting}
     */
    public static SettingsSchema of(String pid, Class<? extends Annotation> config) {
        return new SettingsSchema(pid, config);
    }

    /**
     * The same keys under another PID: each configuration of a factory has one of its own.
     *
     * @param instance the whole PID, for example {@code org.ippan.network.peers.peer~paris}
     * @return a schema whose messages name that configuration
     */
    public SettingsSchema of(String instance) {
        SettingsSchema schema = new SettingsSchema(instance);
        schema.settings.putAll(settings);
        return schema;
    }

    /** {@return the PID under which the values are stored} */
    public String pid() {
        return pid;
    }

    /** {@return the keys, in alphabetical order: an immutable list} */
    public List<SettingDescription> settings() {
        return List.copyOf(settings.values());
    }

    /**
     * One key.
     *
     * @param key its name
     * @return its description
     * @throws SettingException if there is none of that name
     */
    public SettingDescription setting(String key) {
        return Optional.ofNullable(settings.get(key)).orElseThrow(() -> new SettingException(List.of(unknown(key))));
    }

    /**
     * Reads a configuration. Never throws: every mistake becomes an error, every unknown key a warning, and the
     * default stands in for what could not be read. A key that differs from a known one in case alone is unknown too:
     * Config Admin keeps it under the name it was written with.
     *
     * @param raw what Config Admin delivered
     * @return the values with all errors and warnings
     */
    public SettingValues parse(Map<String, ?> raw) {
        SettingValues values = new SettingValues(this);
        settings.values().forEach(setting -> values.read(setting, raw.get(setting.key())));
        raw.keySet().stream().filter(this::isUnknown).sorted().map(this::unknown).forEach(values::unknown);
        return values;
    }

    private boolean isUnknown(String key) {
        return !settings.containsKey(key) && !isForeign(key);
    }

    private static boolean isForeign(String key) {
        return FOREIGN.stream().anyMatch(prefix -> key.regionMatches(true, 0, prefix, 0, prefix.length()))
                || OF_REFERENCES.stream().anyMatch(key::endsWith);
    }

    /**
     * What is wrong with an order to change a key; empty for a setting, and for another one that is there and taken
     * away. Keys of the container are not for operators of the node: they decide about files and services.
     */
    Optional<SettingError> strange(String key, boolean takesAway) {
        return settings.containsKey(key) || takesAway && !isForeign(key) ? Optional.empty()
                : Optional.of(unknown(key));
    }

    /** What a value stands for that was written where {@link LiveSettings#MASK} is shown. */
    Object revealed(String key, Object value, Object stored) {
        SettingDescription setting = settings.get(key);
        return setting == null ? value : setting.revealed(value, stored);
    }

    private SettingError unknown(String key) {
        return SettingError.unknown(key, Spelling.remedy(key, settings.keySet()));
    }
}
