// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerFinder;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.ChangeSet;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.web.http.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles of the node as far as they are there. Each registers one object for all its interfaces, so that the one
 * that tells a snapshot also takes orders. Safe for any thread.
 */
final class NodeServices {

    private static final String PEERS = "org.ippan.network.peers";
    private static final Logger LOG = LoggerFactory.getLogger(NodeServices.class);

    private final Map<String, SnapshotSource> sources = new ConcurrentSkipListMap<>();
    /** A list: named peers have settings each, of one and the same PID. */
    private final List<LiveSettings<?>> settings = new CopyOnWriteArrayList<>();
    private volatile Doctor doctor;
    private volatile SettingsAdmin settingsAdmin;

    void bind(String name, SnapshotSource source) {
        sources.put(name, source);
    }

    void unbind(String name, SnapshotSource source) {
        sources.remove(name, source);
    }

    void bind(Configurable configurable) {
        settings.add(configurable.settings());
    }

    void unbind(Configurable configurable) {
        settings.remove(configurable.settings());
    }

    void bind(Doctor present) {
        doctor = present;
    }

    /** With a better one there already, the old one goes after the new one came. */
    void unbind(Doctor gone) {
        doctor = doctor == gone ? null : doctor;
    }

    void bind(SettingsAdmin present) {
        settingsAdmin = present;
    }

    void unbind(SettingsAdmin gone) {
        settingsAdmin = settingsAdmin == gone ? null : settingsAdmin;
    }

    Optional<SettingsAdmin> settingsAdmin() {
        return Optional.ofNullable(settingsAdmin);
    }

    /** The last changes of settings, the newest first. */
    List<ChangeSet> changes() {
        return settingsAdmin().map(SettingsAdmin::changes).orElseGet(List::of);
    }

    /** How the node fares. */
    Verdict verdict() {
        return Verdict.of(doctor(), type -> find(type).isPresent());
    }

    /** What the doctor finds at a glance, or what can be said without it. */
    List<Finding> findings() {
        return doctor().map(Doctor::glance).orElseGet(() -> verdict().reasons());
    }

    Optional<Doctor> doctor() {
        return Optional.ofNullable(doctor);
    }

    /** The service of a type, if its bundle is there. */
    <T> Optional<T> find(Class<T> type) {
        return sources.values().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * A service an order needs.
     *
     * @throws Refusal if it is absent, in words for an operator
     */
    <T> T require(Class<T> type) {
        return find(type).orElseThrow(() -> Refusal.unavailable(type.getSimpleName()
                + " is absent: its bundle is stopped or being updated"));
    }

    /** Who is meant by what a client writes. */
    PeerFinder finder() {
        return new PeerFinder(find(PeerDirectory.class), find(ReputationManager.class));
    }

    /** What every bundle tells now, by its name. */
    SortedMap<String, Record> snapshots() {
        SortedMap<String, Record> snapshots = new TreeMap<>();
        sources.forEach((name, source) -> {
            try {
                snapshots.put(name, source.snapshot());
            } catch (RuntimeException | LinkageError e) { // The latter from a bundle that is being updated.
                LOG.debug("{} tells nothing just now", name, e);
            }
        });
        return snapshots;
    }

    /** What the network is called: nodes of other networks are refused. */
    String network() {
        return settings.stream().filter(each -> each.schema().pid().equals(PEERS))
                .map(each -> each.displayed().get("networkId")).filter(Objects::nonNull).findFirst().orElse("");
    }

    /** The settings of every bundle. */
    List<LiveSettings<?>> settings() {
        return settings;
    }
}
