// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.stream.Stream;
import org.ippan.network.api.settings.ChangeSet;
import org.ippan.network.api.settings.ChangeSet.State;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingChange;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.settings.WantedSetting;
import org.ippan.network.management.ConfiguredBundle.Settings;
import org.ippan.network.management.bean.SettingsWriter;
import org.ippan.network.management.change.SettingsChanges;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.ConfigurationAdmin;

/** Settings changed together: all or none, undone as they were, and back by themselves where they are risky. */
class SettingsChangesTest {

    private static final String A = "a.pid";
    private static final String B = "b.pid";
    private static final Duration TO_CONFIRM = Duration.ofSeconds(60);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ConfiguredBundle bundle = new ConfiguredBundle();
    private final LiveSettings<Settings> other = new LiveSettings<>(SettingsSchema.of(B,
            ConfiguredBundle.Config.class), Settings::of, problem -> { }, problem -> { });
    private final FakeConfigurationAdmin first = new FakeConfigurationAdmin(bundle::update);
    private final FakeConfigurationAdmin second = new FakeConfigurationAdmin(stored ->
            other.update(map(stored), accepted -> { }));
    private final SettingsChanges changes = new SettingsChanges(
            scheduler.clock(Instant.parse("2026-01-01T00:00:00Z")), scheduler);

    private static Map<String, Object> map(Dictionary<String, Object> stored) {
        Hashtable<String, Object> map = new Hashtable<>();
        stored.keys().asIterator().forEachRemaining(key -> map.put(key, stored.get(key)));
        return map;
    }

    @BeforeEach
    void start() {
        bundle.update(new Hashtable<>());
        other.update(Map.of(), accepted -> { });
        changes.bind(bundle.settings());
        changes.bind(other);
        changes.writer(Optional.of(new SettingsWriter((ConfigurationAdmin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConfigurationAdmin.class}, (proxy, method, arguments) ->
                        (arguments[0].equals(A) ? first : second).getConfiguration(A, "?")))));
    }

    private static WantedSetting set(String pid, String key, String value) {
        return new WantedSetting(pid, key, Optional.ofNullable(value), Optional.empty());
    }

    private ChangeSet apply(WantedSetting... wanted) {
        return changes.apply(List.of(wanted), "127.0.0.1");
    }

    private String ban() {
        return bundle.settings().displayed().get("banThreshold");
    }

    @Test
    void shouldSayWhatWouldChangeAndWhyNotAndChangeNothing() {
        List<SettingChange> told = changes.check(List.of(set(A, "banThreshold", "-450"), set(A, "warnThreshold", "x"),
                set(A, "hurry", "normal"), set(B, "typo", "1")));

        assertEquals(List.of("banThreshold -500 → -450", "warnThreshold -200 → x", "typo none → none"),
                told.stream().map(SettingChange::text).toList());
        assertEquals(List.of("", "warnThreshold = x: must be a whole number from -1000 to -1"),
                told.stream().limit(2).map(SettingChange::refused).toList());
        assertTrue(told.get(2).refused().startsWith("unknown key typo"), told.get(2).refused());
        assertNull(first.stored);
    }

    /** A rule across keys is broken by the set as a whole; a second value mends it. */
    @Test
    void shouldCheckTheSetAsAWhole() {
        assertEquals("warnThreshold must be above banThreshold", changes.check(List.of(set(A, "banThreshold", "-100")))
                .get(0).refused());
        assertEquals(List.of("", ""), changes.check(List.of(set(A, "banThreshold", "-100"),
                set(A, "warnThreshold", "-50"))).stream().map(SettingChange::refused).toList());
    }

    @Test
    void shouldChangeSettingsOfSeveralBundlesAllOrNone() {
        ChangeSet told = apply(set(B, "banThreshold", "-400"), set(A, "banThreshold", "-450"));

        assertEquals(State.KEPT, told.state());
        assertEquals("banThreshold -500 → -400, banThreshold -500 → -450", told.text());
        assertEquals("-400", other.displayed().get("banThreshold"));
        assertThrows(IllegalArgumentException.class, () -> apply(set(B, "banThreshold", "-300"),
                set(A, "banThreshold", "-666")));
        assertEquals("-400", other.displayed().get("banThreshold"), "the bundle of the other refused it");
        assertEquals("-450", ban());
        assertEquals(List.of(told), changes.changes());
    }

    /** The value in force stays, but what is stored is no longer wrong. */
    @Test
    void shouldTakeAwayWhatIsStoredAndRefused() {
        first.update(Map.of("banThreshold", "abc", "BanTreshold", "-1"));

        assertEquals(List.of("banThreshold -500 → -500", "BanTreshold none → none"), changes.check(List.of(
                set(A, "banThreshold", null), set(A, "BanTreshold", null))).stream().map(SettingChange::text).toList());
        apply(set(A, "banThreshold", "-500"), set(A, "BanTreshold", null));

        assertEquals(Optional.empty(), bundle.settings().lastConfigError());
        assertEquals(Map.of("banThreshold", "-500"), first.stored);
    }

    /** It reads as it did, so that only what is stored tells. */
    @Test
    void shouldNotUndoASecretThatWasChangedSince() {
        long number = apply(set(A, "word", "one")).number();
        changes.keep(number);
        first.update(Map.of("word", "two"));

        String refused = assertThrows(IllegalStateException.class, () -> changes.undo(number, "127.0.0.1"))
                .getMessage();

        assertEquals("word was changed since, and stays as it is", refused);
        assertEquals("two", first.stored.get("word"));
    }

    @Test
    void shouldRefuseWhatWasChangedSinceItWasSeen() {
        WantedSetting unseen = new WantedSetting(A, "banThreshold", Optional.of("-450"), Optional.of("-400"));

        assertTrue(changes.check(List.of(unseen)).get(0).moved());
        String refused = assertThrows(IllegalStateException.class, () -> apply(unseen)).getMessage();

        assertEquals("banThreshold was changed meanwhile: it is -500 now", refused);
    }

    @Test
    void shouldUndoAChangeUnlessItWasChangedSince() {
        first.update(Map.of("warnThreshold", "-100"));
        ChangeSet told = apply(set(A, "banThreshold", "-450"), set(A, "warnThreshold", null));

        ChangeSet undoing = changes.undo(told.number(), "127.0.0.1");

        assertEquals("-500", ban());
        assertEquals("-100", first.stored.get("warnThreshold"));
        assertNull(first.stored.get("banThreshold"), "it was at its default");
        assertEquals(List.of(State.KEPT, State.UNDONE), states());
        assertThrows(IllegalArgumentException.class, () -> changes.undo(told.number(), "127.0.0.1"));
        changes.undo(undoing.number(), "127.0.0.1");
        assertEquals("-450", ban());
        first.update(Map.of("banThreshold", "-300"));
        assertThrows(IllegalStateException.class, () -> changes.undo(3, "127.0.0.1"));
    }

    /** The Web Console stores lists as such. */
    @Test
    void shouldPutAListBackThatWasStoredAsOne() {
        Hashtable<String, Object> typed = new Hashtable<>(Map.of("allow", new Vector<>(List.of("a", "b"))));
        first.stored = typed;
        bundle.update(typed);
        ChangeSet told = apply(set(A, "allow", "c"));

        changes.undo(told.number(), "127.0.0.1");

        assertEquals("a,b", bundle.settings().displayed().get("allow"));
    }

    @Test
    void shouldGoBackFromARiskyChangeThatIsNotConfirmed() {
        ChangeSet told = apply(set(A, "word", "a new secret"), set(A, "banThreshold", "-450"));

        assertEquals(State.PENDING, told.state());
        assertEquals(Optional.of(told.time().plus(TO_CONFIRM)), told.goesBack());
        assertEquals("a new secret", first.stored.get("word"));
        assertFalse(told.toString().contains("a new secret"), "it tells a secret");
        String refused = assertThrows(IllegalStateException.class, () -> apply(set(B, "banThreshold", "-400")))
                .getMessage();
        assertEquals("change 1 is not confirmed yet: keep or undo it first", refused);

        scheduler.advance(TO_CONFIRM);

        assertNull(first.stored.get("word"));
        assertEquals("-500", ban());
        assertEquals(State.UNDONE, changes.changes().get(0).state());
    }

    /** Over JMX or in a file, which do not wait until the change is kept. */
    @Test
    void shouldNotTakeBackWhatWasChangedByOtherMeansMeanwhile() {
        apply(set(A, "word", "a new secret"), set(A, "banThreshold", "-450"));
        first.update(Map.of("word", "a newer secret", "banThreshold", "-450"));

        scheduler.advance(TO_CONFIRM);

        assertEquals("a newer secret", first.stored.get("word"));
        assertEquals("-500", ban());
        assertEquals(State.UNDONE, changes.changes().get(0).state());
    }

    @Test
    void shouldKeepARiskyChangeThatIsConfirmed() {
        ChangeSet told = apply(set(A, "word", "a new secret"));

        assertEquals(State.KEPT, changes.keep(told.number()).state());
        scheduler.advance(TO_CONFIRM.multipliedBy(2));

        assertEquals("a new secret", first.stored.get("word"));
        assertThrows(IllegalArgumentException.class, () -> changes.keep(told.number()));
        // Taking it back is as risky as it was.
        assertEquals(State.PENDING, changes.undo(told.number(), "127.0.0.1").state());
        assertNull(first.stored.get("word"));
        assertEquals(List.of(State.PENDING, State.UNDONE), states());
        scheduler.advance(TO_CONFIRM);
        assertEquals("a new secret", first.stored.get("word"));
        assertEquals(List.of(State.UNDONE, State.KEPT), states(), "the first one is in force again");
        assertEquals(State.PENDING, changes.undo(told.number(), "127.0.0.1").state());
    }

    private List<State> states() {
        return changes.changes().stream().map(ChangeSet::state).toList();
    }

    @Test
    void shouldTakeBackWhatIsNotConfirmedAtOnceOrWithTheBundle() {
        changes.undo(apply(set(A, "word", "one")).number(), "127.0.0.1");
        assertNull(first.stored.get("word"));
        apply(set(A, "word", "two"));

        changes.close();

        assertNull(first.stored.get("word"));
        assertEquals(List.of(State.UNDONE, State.UNDONE), states());
    }

    @Test
    void shouldRemember20Changes() {
        Stream.iterate(-499, each -> each + 1).limit(25).forEach(each -> apply(set(A, "banThreshold", "" + each)));

        assertEquals(20, changes.changes().size());
        assertEquals(25, changes.changes().get(0).number());
        assertThrows(IllegalArgumentException.class, () -> changes.undo(5, "127.0.0.1"));
        assertThrows(IllegalArgumentException.class, () -> apply(set(A, "banThreshold", ban())));
        assertThrows(IllegalArgumentException.class, () -> apply(set("c.pid", "banThreshold", "-450")));
    }
}
