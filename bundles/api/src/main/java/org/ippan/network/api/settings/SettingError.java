// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.List;
import java.util.stream.Collectors;
import org.ippan.network.api.Credentials;

/**
 * Why a configuration is refused: typed from where it arises to where it is shown, so that no code reads a sentence.
 *
 * @param key whose value breaks a rule; empty if no key alone does
 * @param others keys that the rule compares it with
 * @param value as it was written, {@link LiveSettings#MASK} for a secret; empty if it is empty
 * @param rule what the value must be; empty for a key that does not exist
 * @param remedy what to do about it; empty where the rule says it
 */
public record SettingError(String key, List<String> others, String value, String rule, String remedy) {

    /** Of a longer key or value only the beginning is shown: texts go to logs, beans and pages. */
    private static final int MOST_SHOWN = 1000;

    /**
     * Copies the list.
     *
     * @param key whose value breaks a rule
     * @param others keys that the rule compares it with
     * @param value as it was written
     * @param rule what the value must be
     * @param remedy what to do about it
     */
    public SettingError {
        others = List.copyOf(others);
        value = shortened(value);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text
                : text.substring(0, MOST_SHOWN) + "… (" + text.length() + " characters)";
    }

    /**
     * A value that breaks a rule across keys.
     *
     * @param key whose value it is
     * @param value the value
     * @param rule what it must be
     * @param others keys that the rule compares it with
     * @return to be thrown by the constructor of a settings record
     */
    public static SettingException across(String key, Object value, String rule, String... others) {
        return new SettingException(List.of(new SettingError(key, List.of(others), String.valueOf(value), rule, "")));
    }

    /** A key that does not exist, with what to write instead. */
    static SettingError unknown(String key, String remedy) {
        return new SettingError(key, List.of(), "", "", remedy);
    }

    /** Something that no key alone is to blame for. */
    static SettingError without(String rule) {
        return new SettingError("", List.of(), "", rule, "");
    }

    /**
     * Whether a change of a key can make it better or worse.
     *
     * @param changed any key
     * @return whether its value, or the rule, is about that key
     */
    public boolean concerns(String changed) {
        return key.equals(changed) || others.contains(changed);
    }

    /** {@return it as operators read it: {@code banThreshold = abc: must be a whole number from -1000 to -1}} */
    public String text() {
        if (rule.isEmpty()) {
            return "unknown key " + Credentials.hidden(shortened(key)) + ": " + remedy;
        }
        String broken = key.isEmpty() ? rule
                : key + (value.isEmpty() ? " is empty" : " = " + value) + ": must be " + rule;
        return remedy.isEmpty() ? broken : broken + " (" + remedy + ")";
    }

    static String texts(List<SettingError> errors) {
        return errors.stream().map(SettingError::text).collect(Collectors.joining("; "));
    }
}
