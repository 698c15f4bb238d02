// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The settings of one bundle and their whole life: parsed strictly, checked as a whole, swapped in one volatile write,
 * and kept as they were when something is wrong. At the first start, when there is nothing to keep, a bad key falls
 * back to its default and the others count. Updates come from one thread at a time; everything else is safe for any.
 *
 * @param <S> an immutable record; its constructor throws {@link IllegalArgumentException} for rules across keys
 */
public final class LiveSettings<S> {

    private final SettingsSchema schema;
    private final Function<SettingValues, S> factory;
    private final Consumer<String> onError;
    private final Consumer<String> onWarning;
    private volatile State<S> state;

    /** Everything that changes, in one value. */
    private record State<S>(S settings, Map<String, Object> goodRaw, Map<String, String> displayed, String error,
            boolean failedClosed, long generation) {
    }

    /**
     * Settings at their defaults.
     *
     * @param schema the keys
     * @param factory makes the record; adds to the errors or throws {@link IllegalArgumentException} for bad values
     * @param onError is told each refused configuration, once, naming PID, keys, values and rules
     * @param onWarning is told of keys nobody knows
     */
    public LiveSettings(SettingsSchema schema, Function<SettingValues, S> factory, Consumer<String> onError,
            Consumer<String> onWarning) {
        this.schema = schema;
        this.factory = factory;
        this.onError = onError;
        this.onWarning = onWarning;
        SettingValues defaults = schema.parse(Map.of());
        this.state = new State<>(factory.apply(defaults), Map.of(), defaults.displayed(), null, false, 0);
    }

    /**
     * Takes over a configuration. Never throws for a bad value.
     *
     * @param raw what Config Admin delivered
     * @param apply receives the new settings if they are good; throws {@link IllegalArgumentException} to refuse them
     * @return whether they were good; if not, {@link #current()} is what it was, or at the first start has defaults
     *         for the bad keys, and has been applied all the same
     */
    public boolean update(Map<String, ?> raw, Consumer<S> apply) {
        SettingValues values = schema.parse(raw);
        S built = build(values);
        List<String> errors = new ArrayList<>(values.errors());
        boolean first = state.generation == 0;
        if (!first && !errors.isEmpty()) {
            built = null;
        }
        if (built != null) {
            try {
                apply.accept(built);
            } catch (IllegalArgumentException e) {
                errors.add(e.getMessage());
                built = null;
            }
        }
        if (first && built == null) {
            apply.accept(state.settings);
        }
        swap(raw, values, built, errors);
        return errors.isEmpty();
    }

    /** The record for these values, or null after noting why there is none. */
    private S build(SettingValues values) {
        try {
            return factory.apply(values);
        } catch (IllegalArgumentException e) {
            values.note(e.getMessage());
            return null;
        }
    }

    private void swap(Map<String, ?> raw, SettingValues values, S built, List<String> errors) {
        State<S> old = state;
        String error = errors.isEmpty() ? null : schema.pid() + ": " + String.join("; ", errors);
        state = built == null
                ? new State<>(old.settings, old.goodRaw, old.displayed, error, values.failClosed(), old.generation + 1)
                : new State<>(built, good(raw, values), values.displayed(), error, values.failClosed(),
                        old.generation + 1);
        values.warnings().forEach(warning -> onWarning.accept(schema.pid() + ": " + warning));
        if (error != null && !error.equals(old.error)) {
            onError.accept(error + ". " + (values.failClosed() ? "Not serving until this is corrected"
                    : "The last good settings stay in force"));
        }
    }

    /** The raw values that count: those of keys the schema could read. */
    private Map<String, Object> good(Map<String, ?> raw, SettingValues values) {
        Map<String, Object> good = new HashMap<>();
        for (SettingDescription setting : schema.settings()) {
            Object value = raw.get(setting.key());
            if (value != null && values.errors().stream().noneMatch(error -> error.startsWith(setting.key() + " = "))) {
                good.put(setting.key(), value);
            }
        }
        return Map.copyOf(good);
    }

    /**
     * Tries changes on top of the last good configuration without applying anything.
     *
     * @param changes new values by key; a null value takes a key back to its default
     * @return what is wrong with them; empty if they would be accepted
     */
    public List<String> check(Map<String, ?> changes) {
        Map<String, Object> merged = new HashMap<>(state.goodRaw);
        changes.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        SettingValues values = schema.parse(merged);
        build(values);
        List<String> wrong = new ArrayList<>(values.errors());
        wrong.addAll(values.warnings());
        return wrong;
    }

    /**
     * The settings in force.
     *
     * @return an immutable record
     */
    public S current() {
        return state.settings;
    }

    /**
     * The keys.
     *
     * @return the schema
     */
    public SettingsSchema schema() {
        return schema;
    }

    /**
     * The values in force as they would be written in a file, secrets masked.
     *
     * @return value by key
     */
    public Map<String, String> displayed() {
        return Map.copyOf(state.displayed);
    }

    /**
     * What was wrong with the newest configuration.
     *
     * @return PID, keys, values and rules; empty if it was good
     */
    public Optional<String> lastConfigError() {
        return Optional.ofNullable(state.error);
    }

    /**
     * Whether a security key is invalid, so that the bundle must not serve.
     *
     * @return true until it is corrected
     */
    public boolean failedClosed() {
        return state.failedClosed;
    }

    /**
     * How many configurations were taken over or refused: a writer waits for the next one.
     *
     * @return 0 before the first
     */
    public long generation() {
        return state.generation;
    }

    @Override
    public String toString() {
        return Objects.toString(state.settings);
    }
}
