// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.ListenAddress;

/** Typed values read by a {@link SettingsSchema}, with what was wrong with them. Confined to one thread. */
public final class SettingValues {

    private final SettingsSchema schema;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<SettingError> errors = new ArrayList<>();
    private final Map<String, SettingError> unknown = new LinkedHashMap<>();
    private final List<SettingAdvice> advice = new ArrayList<>();
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
        } catch (SettingException e) {
            errors.addAll(e.errors());
            failClosed |= setting.failClosed();
        }
    }

    void unknown(SettingError error) {
        unknown.put(error.key(), error);
    }

    void note(IllegalArgumentException broken) {
        errors.addAll(errors(broken));
    }

    /** What is wrong; a rule of something that knows no keys has none. */
    static List<SettingError> errors(IllegalArgumentException broken) {
        return broken instanceof SettingException typed ? typed.errors()
                : List.of(SettingError.without(broken.getMessage()));
    }

    /**
     * Refuses the value of a key by a rule the schema cannot express.
     *
     * @param key the key
     * @param rule what its value must be
     */
    public void refuse(String key, String rule) {
        refuse(key, rule, "");
    }

    /**
     * Refuses the value of a key by a rule the schema cannot express.
     *
     * @param key the key
     * @param rule what its value must be
     * @param remedy what to do about it
     */
    public void refuse(String key, String rule, String remedy) {
        SettingDescription setting = schema.setting(key);
        errors.add(setting.refusal(values.get(key), rule, remedy));
        failClosed |= setting.failClosed();
    }

    /**
     * Accepts the value of a key, but warns of it.
     *
     * @param key the key
     * @param text what is wrong with its value
     * @param remedy what to do about it
     */
    public void advise(String key, String text, String remedy) {
        advice.add(new SettingAdvice(schema.setting(key).key(), text, remedy));
    }

    /**
     * Accepts the value of a key that does nothing without another one, and warns where that is not set: one of the
     * two was forgotten, as a rule.
     *
     * @param key the key
     * @param needed the key without which it does nothing
     */
    public void need(String key, String needed) {
        if (!isEmpty(values.get(schema.setting(key).key())) && isEmpty(values.get(schema.setting(needed).key()))) {
            advise(key, "it does nothing while " + needed + " is not set", "set " + needed + " too, or leave " + key
                    + " out");
        }
    }

    private static boolean isEmpty(Object value) {
        return value instanceof Number number ? number.doubleValue() == 0
                : SettingDescription.written(value).isEmpty();
    }

    /** {@return what was wrong: one for each bad key or broken rule; empty if all is well} */
    public List<SettingError> errors() {
        return List.copyOf(errors);
    }

    /**
     * Keys the configuration has but the schema does not.
     *
     * @return what is wrong with each, by key
     */
    Map<String, SettingError> unknown() {
        return unknown;
    }

    /** What is accepted although it is doubtful. */
    List<SettingAdvice> advice() {
        return List.copyOf(advice);
    }

    /** What looks odd but is accepted: one sentence each. */
    List<String> warnings() {
        return Stream.concat(unknown.values().stream().map(SettingError::text), advice.stream()
                .map(SettingAdvice::toString)).toList();
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
     * The value of a key that says where to listen, refused if it is nothing like that.
     *
     * @param key the key
     * @return its value; the default in place of one that is refused
     */
    public ListenAddress getListenAddress(String key) {
        try {
            return ListenAddress.parse(getString(key));
        } catch (IllegalArgumentException e) {
            refuse(key, ListenAddress.RULE);
            return ListenAddress.parse((String) schema.setting(key).defaultValue());
        }
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
