// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The settings of one bundle and their whole life: parsed strictly, checked as a whole, swapped in one volatile write,
 * and kept as they were when something is wrong. At the first start, when there is nothing to keep, a bad key falls
 * back to its default and the others count; where that protects less, the bundle is told not to serve. Later, what is
 * wrong since an earlier configuration does not hold back what changes now: the change is laid over the last good
 * values. Updates come from one thread at a time; everything else is safe for any.
 *
 * @param <S> an immutable record; its constructor throws {@link IllegalArgumentException} for rules across keys
 */
public final class LiveSettings<S> {

    /** What a secret reads as; written back, it leaves the secret alone. */
    public static final String MASK = "***";

    private final SettingsSchema schema;
    private final Function<SettingValues, S> factory;
    private final Consumer<String> onError;
    private final Consumer<String> onWarning;
    private volatile State<S> state;

    /** Everything that changes, in one value: what is in force, and the newest configuration as it was delivered. */
    private record State<S>(Reading<S> good, Map<String, Object> newest, List<SettingError> errors,
            List<SettingAdvice> advice, List<SettingError> unknown, boolean failedClosed, long generation,
            boolean everGood, boolean guarded) {
    }

    /** A configuration and what became of it; no settings where it breaks a rule. */
    private record Reading<S>(Map<String, Object> raw, SettingValues values, S settings) {

        List<SettingError> errors() {
            return values.errors();
        }
    }

    /**
     * Settings at their defaults.
     *
     * @param schema the keys
     * @param factory makes the record; adds to the errors or throws {@link IllegalArgumentException} for bad values
     * @param onError is told each refused configuration, once, naming PID, keys, values and rules
     * @param onWarning is told of unknown keys and doubtful values
     */
    public LiveSettings(SettingsSchema schema, Function<SettingValues, S> factory, Consumer<String> onError,
            Consumer<String> onWarning) {
        this.schema = schema;
        this.factory = factory;
        this.onError = onError;
        this.onWarning = onWarning;
        SettingValues defaults = schema.parse(Map.of());
        this.state = new State<>(new Reading<>(Map.of(), defaults, factory.apply(defaults)), Map.of(), List.of(),
                List.of(), List.of(), false, 0, false, false);
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
        State<S> old = state;
        Reading<S> whole = read(raw);
        List<SettingError> errors = new ArrayList<>(whole.errors());
        Reading<S> taken = errors.isEmpty() ? whole : old.generation == 0 ? firstOf(whole, old) : rest(whole, old);
        if (taken != null) {
            try {
                apply.accept(taken.settings);
            } catch (IllegalArgumentException e) {
                errors.addAll(SettingValues.errors(e));
                taken = null;
            }
        }
        if (taken == null && old.generation == 0) {
            apply.accept(old.good.settings);
        }
        Reading<S> good = taken == null ? old.good : taken;
        boolean guarded = old.guarded || isGuarded(whole, good);
        boolean closed = whole.values.failClosed() || !guarded;
        state = new State<>(good, whole.raw, List.copyOf(errors), whole.values.advice(),
                List.copyOf(whole.values.unknown().values()), closed, old.generation + 1,
                old.everGood || errors.isEmpty(), guarded);
        tell(whole.values, errors, old);
        return errors.isEmpty();
    }

    /** Whether no default stands in for a value that was to protect. */
    private boolean isGuarded(Reading<S> wanted, Reading<S> good) {
        return schema.settings().stream().filter(setting -> setting.failClosed() || setting.guards())
                .map(SettingDescription::key)
                .allMatch(key -> Objects.deepEquals(wanted.raw.get(key), good.raw.get(key)));
    }

    /** Reads and builds; a rule across keys that is broken becomes an error. */
    private Reading<S> read(Map<String, ?> raw) {
        SettingValues values = schema.parse(raw);
        S settings = null;
        try {
            settings = factory.apply(values);
        } catch (IllegalArgumentException e) {
            values.note(e);
        }
        return new Reading<>(new HashMap<>(raw), values, settings);
    }

    /** At the first start: defaults for the bad keys, and for those that a broken rule compares them with. */
    private Reading<S> firstOf(Reading<S> whole, State<S> defaults) {
        Map<String, Object> left = new HashMap<>(whole.raw);
        Reading<S> reading = whole;
        while (!reading.errors().isEmpty()) {
            List<SettingError> errors = reading.errors();
            if (!left.keySet().removeIf(key -> concerned(errors, key))) {
                return defaults.good;
            }
            // A default may break a rule with what is left.
            reading = read(left);
        }
        return reading;
    }

    /** What has changed, laid over the last good values; null if what is wrong came with this change. */
    private Reading<S> rest(Reading<S> whole, State<S> old) {
        if (!old.errors.containsAll(whole.errors())) {
            return null;
        }
        Map<String, Object> changed = new HashMap<>(old.good.raw);
        for (SettingDescription setting : schema.settings()) {
            String key = setting.key();
            if (!Objects.deepEquals(whole.raw.get(key), old.newest.get(key))) {
                put(changed, key, whole.raw.get(key));
            }
        }
        Reading<S> reading = read(changed);
        return reading.errors().isEmpty() ? reading : null;
    }

    private static boolean concerned(List<SettingError> errors, String key) {
        return errors.stream().anyMatch(error -> error.concerns(key));
    }

    private void tell(SettingValues values, List<SettingError> errors, State<S> before) {
        values.warnings().forEach(warning -> onWarning.accept(schema.pid() + ": " + warning));
        if (!errors.isEmpty() && !errors.equals(before.errors)) {
            onError.accept(schema.pid() + ": " + SettingError.texts(errors) + ". " + (state.failedClosed
                    ? "Not serving until this is corrected" : instead(before)));
        }
    }

    /** What counts in place of what is refused. */
    private static String instead(State<?> before) {
        if (before.everGood) {
            return "The last good settings stay in force";
        }
        return before.generation == 0 ? "Until this is corrected, each of these keys has its default"
                : "No configuration was good yet; the settings in force stay";
    }

    private static void put(Map<String, Object> raw, String key, Object value) {
        raw.keySet().removeIf(key::equalsIgnoreCase);
        if (value != null) {
            raw.put(key, value);
        }
    }

    /**
     * Tries changes on top of what is stored without applying anything.
     *
     * @param stored the configuration as Config Admin keeps it
     * @param changes new values by key; a null value takes a key back to its default, {@link #MASK} leaves a secret
     *        alone
     * @return what is to be stored if the changes are good
     * @throws SettingException naming keys, values and rules if the changes are refused; what was wrong before and is
     *         not changed does not count
     */
    public Map<String, Object> changed(Map<String, ?> stored, Map<String, ?> changes) {
        Map<String, Object> wanted = new HashMap<>(stored);
        Map<String, Object> inForce = new HashMap<>(state.good.raw);
        Set<String> changed = new HashSet<>();
        changes.forEach((key, value) -> {
            if (!(MASK.equals(value) && schema.setting(key).secret())) {
                Object meant = schema.revealed(key, value, stored.get(key));
                put(wanted, key, meant);
                put(inForce, key, meant);
                changed.add(key);
            }
        });
        Set<SettingError> strange = new LinkedHashSet<>();
        // Taking a key away that is not there changes nothing: it must be a slip.
        changes.forEach((key, value) -> schema.strange(key, value == null && stored.containsKey(key))
                .ifPresent(strange::add));
        Set<SettingError> wrong = new LinkedHashSet<>(read(wanted).errors());
        if (!wrong.isEmpty()) {
            List<SettingError> before = read(stored).errors();
            wrong.removeIf(error -> before.contains(error) && changed.stream().noneMatch(error::concerns));
            wrong.addAll(read(inForce).errors());
        }
        wrong.addAll(strange);
        if (!wrong.isEmpty()) {
            throw new SettingException(List.copyOf(wrong));
        }
        return wanted;
    }

    /**
     * Tries changes on top of the newest configuration without applying anything.
     *
     * @param changes new values by key; a null value takes a key back to its default
     * @return what is wrong with them; empty if they would be accepted
     */
    public Optional<String> check(Map<String, ?> changes) {
        try {
            changed(state.newest, changes);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** {@return the settings in force: an immutable record} */
    public S current() {
        return state.good.settings;
    }

    /** {@return the keys} */
    public SettingsSchema schema() {
        return schema;
    }

    /** {@return values, errors and generation of one moment} */
    public SettingsReading reading() {
        State<S> now = state;
        return new SettingsReading(schema.pid(), Map.copyOf(now.good.values.displayed()), now.errors,
                now.advice, now.unknown, now.failedClosed, now.generation, now.everGood);
    }

    /** {@return the values in force by key as they would be written in a file, secrets masked} */
    public Map<String, String> displayed() {
        return reading().displayed();
    }

    /** {@return what was wrong with the newest configuration: PID, keys, values, rules; empty if it was good} */
    public Optional<String> lastConfigError() {
        return reading().error();
    }

    /**
     * Whether a key that protects is invalid, so that the bundle must not serve. A function that applies settings is
     * called before that is known.
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

    /** A line for the log: what differs from the defaults, secrets masked, and how many settings do not. */
    @Override
    public String toString() {
        Map<String, String> defaults = schema.parse(Map.of()).displayed();
        Map<String, String> other = new TreeMap<>(displayed());
        other.entrySet().removeIf(setting -> setting.getValue().equals(defaults.get(setting.getKey())));
        long same = defaults.size() - other.size();
        String rest = same + (same == 1 ? " setting" : " settings") + " at default";
        return other.isEmpty() ? rest : other.toString().replaceAll("^\\{|}$", "") + ", " + rest;
    }
}
