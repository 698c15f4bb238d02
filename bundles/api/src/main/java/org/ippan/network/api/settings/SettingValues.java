// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Typed values read by a {@link SettingsSchema}, with what was wrong with them. Confined to one thread. */
public final class SettingValues {

    private final SettingsSchema schema;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<SettingError> errors = new ArrayList<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();
    private final List<String> advice = new ArrayList<>();
    private boolean failClosed;

    SettingValues(SettingsSchema schema) {
        this.schema = schema;
    }

    void read(SettingDescription setting, Object raw) {
        values.put(setting.key(), setting.defaultValue());
        if (raw == null) {
            return;
        }
        try {
            values.put(setting.key(), setting.parse(raw));
        } catch (IllegalArgumentException e) {
            errors.add(new SettingError(setting.key(), e.getMessage()));
            failClosed |= setting.failClosed();
        }
    }

    void unknown(String key, String warning) {
        unknown.put(key, warning);
    }

    void note(String error) {
        errors.add(new SettingError("", error));
    }

    /**
     * Refuses the value of a key by a rule the schema cannot express.
     *
     * @param key the key
     * @param rule what its value must be
     */
    public void refuse(String key, String rule) {
        SettingDescription setting = schema.setting(key);
        errors.add(new SettingError(key, setting.refusal(values.get(key), rule)));
        failClosed |= setting.failClosed();
    }

    /**
     * Accepts the value of a key, but warns of it.
     *
     * @param key the key
     * @param text what is wrong with its value and what to do
     */
    public void advise(String key, String text) {
        advice.add(schema.setting(key).key() + ": " + text);
    }

    /**
     * What was wrong.
     *
     * @return one for each bad key or broken rule; empty if all is well
     */
    public List<SettingError> errors() {
        return List.copyOf(errors);
    }

    /**
     * Keys the configuration has but the schema does not.
     *
     * @return what to say of each, by key
     */
    Map<String, String> unknown() {
        return unknown;
    }

    /** What looks odd but is accepted: one sentence each. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(unknown.values());
        all.addAll(advice);
        return all;
    }

    /**
     * Whether a key that decides about security is invalid.
     *
     * @return true if the bundle must not serve
     */
    public boolean failClosed() {
        return failClosed;
    }

    /**
     * The value of a key of type {@code int}.
     *
     * @param key the key
     * @return its value
     */
    public int getInt(String key) {
        return get(key, Integer.class);
    }

    /**
     * The value of a key of type {@code long}.
     *
     * @param key the key
     * @return its value
     */
    public long getLong(String key) {
        return get(key, Long.class);
    }

    /**
     * The value of a key of type {@code double}.
     *
     * @param key the key
     * @return its value
     */
    public double getDouble(String key) {
        return get(key, Double.class);
    }

    /**
     * The value of a key of type {@code boolean}.
     *
     * @param key the key
     * @return its value
     */
    public boolean getBoolean(String key) {
        return get(key, Boolean.class);
    }

    /**
     * The value of a key of type {@code String}.
     *
     * @param key the key
     * @return its value, trimmed
     */
    public String getString(String key) {
        return get(key, String.class);
    }

    /**
     * The value of a key of type {@code String[]}.
     *
     * @param key the key
     * @return its items, trimmed, without empty ones
     */
    public List<String> getList(String key) {
        return List.of(get(key, String[].class));
    }

    /**
     * The value of a key whose type is an enum.
     *
     * @param <E> the enum
     * @param key the key
     * @param type the enum
     * @return the constant
     */
    public <E extends Enum<E>> E getEnum(String key, Class<E> type) {
        return get(key, type);
    }

    /** The values as text, secrets masked. */
    Map<String, String> displayed() {
        Map<String, String> displayed = new LinkedHashMap<>();
        values.forEach((key, value) -> displayed.put(key, schema.setting(key).display(value)));
        return displayed;
    }

    private <T> T get(String key, Class<T> type) {
        return type.cast(values.get(schema.setting(key).key()));
    }
}
