// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management.change;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ippan.network.api.settings.ChangeSet;
import org.ippan.network.api.settings.ChangeSet.State;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingChange;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.settings.WantedSetting;
import org.ippan.network.management.bean.SettingsWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes settings of several bundles together. While a risky change waits to be confirmed no other one is taken, so
 * that it can go back as it came. Safe for any thread; changes are made one after the other.
 */
public final class SettingsChanges implements SettingsAdmin {

    /** As long as it takes to open the page at another address. */
    static final Duration TO_CONFIRM = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(SettingsChanges.class);
    private static final int KEPT = 20;

    private final List<LiveSettings<?>> settings = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private volatile Optional<SettingsWriter> writer = Optional.empty();
    /** The newest first; guarded by this, like what follows. */
    private final Deque<Done> done = new ArrayDeque<>();
    private long count;
    private Future<?> goingBack;
    /** Read while a change is being made, which may take seconds. */
    private volatile List<ChangeSet> shown = List.of();

    /**
     * Knows no settings yet.
     *
     * @param clock of this node
     * @param timer takes back what is not confirmed
     */
    public SettingsChanges(Clock clock, ScheduledExecutorService timer) {
        this.clock = clock;
        this.timer = timer;
    }

    /** Settings of a bundle came. */
    public void bind(LiveSettings<?> came) {
        settings.add(came);
    }

    /** Settings of a bundle went. */
    public void unbind(LiveSettings<?> went) {
        settings.remove(went);
    }

    /** How settings are written; empty while there is no Config Admin. */
    public void writer(Optional<SettingsWriter> changed) {
        writer = changed;
    }

    @Override
    public List<SettingChange> check(List<WantedSetting> wanted) {
        return drafts(wanted).stream().flatMap(draft -> changes(draft).stream()).toList();
    }

    private Collection<Draft> drafts(List<WantedSetting> wanted) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        wanted.forEach(setting -> drafts.computeIfAbsent(setting.pid(), pid -> new Draft(of(pid))).add(setting));
        return drafts.values();
    }

    private LiveSettings<?> of(String pid) {
        return settings.stream().filter(each -> each.schema().pid().equals(pid)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no configuration " + pid
                        + ": its bundle is absent, or the name is another"));
    }

    private List<SettingChange> changes(Draft draft) {
        return draft.changes(writing().stored(draft.settings()));
    }

    private SettingsWriter writing() {
        return writer.orElseThrow(() -> new IllegalStateException("there is no Config Admin to keep settings in"));
    }

    @Override
    public synchronized ChangeSet apply(List<WantedSetting> wanted, String from) {
        Collection<Draft> drafts = drafts(wanted);
        List<SettingChange> changes = drafts.stream().flatMap(draft -> changes(draft).stream()).toList();
        changes.stream().filter(SettingChange::moved).findFirst().ifPresent(change -> {
            throw new IllegalStateException(change.key() + " was changed meanwhile: it is " + change.before() + " now");
        });
        String refused = changes.stream().map(SettingChange::refused).filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        if (changes.isEmpty() || !refused.isEmpty()) {
            throw new IllegalArgumentException(changes.isEmpty() ? "nothing would change" : refused);
        }
        Map<String, Map<String, Object>> values = new LinkedHashMap<>();
        drafts.forEach(draft -> values.put(draft.settings().schema().pid(), draft.values()));
        return store(values, changes, from);
    }

    private ChangeSet store(Map<String, Map<String, Object>> values, List<SettingChange> changes, String from) {
        pending().ifPresent(waiting -> {
            throw new IllegalStateException("change " + waiting.told.number()
                    + " is not confirmed yet: keep or undo it first");
        });
        Map<String, Map<String, Object>> before = write(values);
        boolean risky = changes.stream().anyMatch(SettingChange::risky);
        Instant now = clock.instant();
        Done change = new Done(new ChangeSet(++count, now, from, changes, risky ? State.PENDING : State.KEPT,
                risky ? Optional.of(now.plus(TO_CONFIRM)) : Optional.empty()), before,
                stored(values));
        done.addFirst(change);
        if (done.size() > KEPT) {
            done.removeLast();
        }
        if (risky) {
            goingBack = timer.schedule(() -> goBack(change), TO_CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
        }
        show();
        LOG.info("Settings changed: {}; change={}, from={}", change.told.text(), change.told.number(), from);
        return change.told;
    }

    /** What is stored of these keys. */
    private Map<String, Map<String, Object>> stored(Map<String, Map<String, Object>> keys) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        keys.forEach((pid, wanted) -> {
            Map<String, Object> stored = writing().stored(of(pid));
            Map<String, Object> own = new HashMap<>();
            wanted.keySet().forEach(key -> own.put(key, stored.get(key)));
            all.put(pid, own);
        });
        return all;
    }

    /** Writes all or none; gives what was stored before. */
    private Map<String, Map<String, Object>> write(Map<String, Map<String, Object>> values) {
        Map<String, Map<String, Object>> before = new LinkedHashMap<>();
        try {
            values.forEach((pid, wanted) -> {
                before.putAll(stored(Map.of(pid, wanted)));
                writing().write(of(pid), wanted);
            });
        } catch (IllegalArgumentException | IllegalStateException e) {
            before.forEach((pid, stored) -> restore(pid, stored, e));
            throw e;
        }
        return before;
    }

    private void restore(String pid, Map<String, Object> stored, RuntimeException why) {
        try {
            writing().write(of(pid), stored);
        } catch (IllegalArgumentException | IllegalStateException e) {
            why.addSuppressed(e);
            LOG.error("Settings could not be restored after a change that failed: {}; pid={}", e.getMessage(), pid);
        }
    }

    @Override
    public synchronized ChangeSet undo(long number, String from) {
        Done change = find(number);
        if (change.told.state() == State.UNDONE) {
            throw new IllegalArgumentException("change " + number + " was undone before");
        }
        if (change.told.state() == State.PENDING) {
            takeBack(change);
            return change.told;
        }
        List<SettingChange> back = change.told.changes().stream().map(this::back).toList();
        // Secrets all read alike: what is stored tells them apart.
        stored(change.before).forEach((pid, now) -> change.before.get(pid).keySet().stream()
                .filter(key -> !change.back(pid, now).containsKey(key)).findFirst().ifPresent(key -> {
                    throw new IllegalStateException(key + " was changed since, and stays as it is");
                }));
        ChangeSet undoing = store(change.before, back, from);
        done.getFirst().undid = change;
        tell(change, State.UNDONE);
        return undoing;
    }

    private SettingChange back(SettingChange change) {
        String now = of(change.pid()).displayed().getOrDefault(change.key(), "");
        if (!now.equals(change.after())) {
            throw new IllegalStateException(change.key() + " was changed since: it is " + now + " now");
        }
        return new SettingChange(change.pid(), change.key(), now, change.before(), change.applies(), change.risky(),
                false, "");
    }

    @Override
    public synchronized ChangeSet keep(long number) {
        Done change = find(number);
        if (change.told.state() != State.PENDING) {
            throw new IllegalArgumentException("change " + number + " does not wait to be confirmed");
        }
        goingBack.cancel(false);
        tell(change, State.KEPT);
        LOG.info("Change confirmed; change={}", number);
        return change.told;
    }

    private Done find(long number) {
        return done.stream().filter(each -> each.told.number() == number).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no change " + number + " among the last "
                        + KEPT));
    }

    private Optional<Done> pending() {
        return done.stream().filter(each -> each.told.state() == State.PENDING).findFirst();
    }

    private synchronized void goBack(Done change) {
        if (change.told.state() == State.PENDING) {
            LOG.warn("A change goes back, as it was not confirmed: {}; change={}", change.told.text(),
                    change.told.number());
            try {
                takeBack(change);
            } catch (IllegalArgumentException | IllegalStateException e) {
                tell(change, State.KEPT);
                LOG.error("The change could not go back and stays in force: {}; change={}", e.getMessage(),
                        change.told.number());
            }
        }
    }

    private void takeBack(Done change) {
        goingBack.cancel(false);
        Map<String, Map<String, Object>> now = stored(change.before);
        Map<String, Map<String, Object>> back = new LinkedHashMap<>();
        change.before.forEach((pid, before) -> {
            Map<String, Object> own = change.back(pid, now.get(pid));
            if (own.size() < before.size()) {
                LOG.warn("Of a change that goes back, what was changed since stays; pid={}, change={}", pid,
                        change.told.number());
            }
            back.put(pid, own);
        });
        write(back);
        tell(change, State.UNDONE);
        if (change.undid != null) {
            // It is in force again.
            tell(change.undid, State.KEPT);
        }
    }

    private void tell(Done change, State state) {
        change.told = change.told.in(state);
        show();
    }

    private void show() {
        shown = done.stream().map(change -> change.told).toList();
    }

    @Override
    public List<ChangeSet> changes() {
        return shown;
    }

    /** What is not confirmed does not outlive the bundle that would take it back. */
    public void close() {
        Optional<Done> waiting;
        synchronized (this) {
            waiting = pending();
        }
        waiting.ifPresent(this::goBack);
    }
}
