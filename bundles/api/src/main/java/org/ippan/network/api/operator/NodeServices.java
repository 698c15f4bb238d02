// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.operator;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerFinder;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.ChangeSet;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.api.transport.Transport;

/**
 * The services of a node as far as they are there. Each bundle registers one object for all its interfaces, so that the
 * one that gives a snapshot also takes orders. A component holds one of these, and tells it of services that come and
 * go. Safe for any thread.
 */
public class NodeServices {

    /** The services that a whole node has. */
    public static final List<Class<? extends SnapshotSource>> OF_A_NODE = List.of(MessageDeduplicator.class,
            ReputationManager.class, NetworkMetrics.class, HealthMonitor.class, Transport.class, PeerDirectory.class,
            Gossip.class);

    private static final String BUNDLES = "org.ippan.network.";
    /** A bundle is called like the package of its service, but for these. */
    private static final Map<Class<?>, Class<?>> OF_THE_BUNDLE_OF = Map.of(MessageTracer.class, Gossip.class);

    private final Sources sources = new Sources();
    /** A list: named peers have settings each, of one and the same schema. */
    private final List<Configured> configured = new CopyOnWriteArrayList<>();
    private volatile Doctor doctor;
    private volatile SettingsAdmin settingsAdmin;

    /**
     * The settings of one configuration: several of one factory have the same schema.
     *
     * @param pid of the configuration
     * @param settings of the bundle
     */
    public record Configured(String pid, LiveSettings<?> settings) {
    }

    /**
     * A bundle, or code of an application, came that tells of itself, or its registration has other properties.
     *
     * @param source tells
     * @param properties of the service
     * @return why it is not shown, in words without a full stop; empty if it is
     */
    public final Optional<String> bind(SnapshotSource source, Map<String, ?> properties) {
        sources.put(source, properties);
        return sources.refusal(source, properties.get(SnapshotSource.NAME));
    }

    /**
     * {@return the name that a service tells under; empty if it has none, or one that cannot be shown}
     *
     * @param properties of the service
     */
    public static Optional<String> name(Map<String, ?> properties) {
        return Sources.name(properties.get(SnapshotSource.NAME));
    }

    /**
     * A bundle came.
     *
     * @param name of its snapshot
     * @param source gives it
     */
    public final void bind(String name, SnapshotSource source) {
        sources.add(name, source);
    }

    /**
     * A bundle went.
     *
     * @param name of its snapshot
     * @param source gave it; others of this name stay
     */
    public final void unbind(String name, SnapshotSource source) {
        sources.remove(name, source);
    }

    /**
     * What told of itself went.
     *
     * @param source told
     * @param properties of the service
     * @return the name it told under, which the properties need not have any more; empty if it had none
     */
    public final Optional<String> unbind(SnapshotSource source, Map<String, ?> properties) {
        return sources.remove(source, properties);
    }

    /**
     * {@return what is shown under a name: of a bundle the one that came last, of applications the first}
     *
     * @param name of its snapshot
     */
    public final Optional<SnapshotSource> shown(String name) {
        return sources.shown(name);
    }

    /**
     * Settings came.
     *
     * @param bundle has them
     * @param properties of the service; without a PID there, that of the schema counts
     */
    public final void bind(Configurable bundle, Map<String, ?> properties) {
        configured.add(new Configured(properties.get("service.pid") instanceof String pid ? pid
                : bundle.settings().schema().pid(), bundle.settings()));
    }

    /**
     * Settings went.
     *
     * @param bundle had them
     */
    public final void unbind(Configurable bundle) {
        configured.removeIf(known -> known.settings() == bundle.settings());
    }

    /**
     * A doctor came.
     *
     * @param present the one to ask from now on
     */
    public final void bind(Doctor present) {
        doctor = present;
    }

    /**
     * A doctor went. With a better one there already, the old one goes after the new one came.
     *
     * @param gone the one to ask no more
     */
    public final void unbind(Doctor gone) {
        doctor = doctor == gone ? null : doctor;
    }

    /**
     * What changes settings came.
     *
     * @param present the one to ask from now on
     */
    public final void bind(SettingsAdmin present) {
        settingsAdmin = present;
    }

    /**
     * What changes settings went.
     *
     * @param gone the one to ask no more
     */
    public final void unbind(SettingsAdmin gone) {
        settingsAdmin = settingsAdmin == gone ? null : settingsAdmin;
    }

    /**
     * {@return a service, if its bundle is there}
     *
     * @param <T> its type
     * @param type its interface
     */
    public final <T> Optional<T> find(Class<T> type) {
        return sources.all().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * {@return a service}
     *
     * @param <T> its type
     * @param type its interface
     * @throws IllegalStateException if it is absent, naming its bundle
     */
    public final <T> T require(Class<T> type) {
        return find(type).orElseThrow(() -> absent(type));
    }

    /** {@return the doctor, if its bundle is there} */
    public final Optional<Doctor> doctor() {
        return Optional.ofNullable(doctor);
    }

    /**
     * {@return the doctor}
     *
     * @throws IllegalStateException if it is absent, naming its bundle
     */
    public final Doctor requireDoctor() {
        return doctor().orElseThrow(() -> absent(Doctor.class));
    }

    /**
     * {@return what is thrown where a service is absent, naming its bundle}
     *
     * @param type its interface
     */
    public static IllegalStateException absent(Class<?> type) {
        return new IllegalStateException(type.getSimpleName() + " is absent: the bundle "
                + OF_THE_BUNDLE_OF.getOrDefault(type, type).getPackageName().replace(".api.", ".")
                + " is stopped, being updated or not installed");
    }

    /** {@return what changes settings, if its bundle is there} */
    public final Optional<SettingsAdmin> settingsAdmin() {
        return Optional.ofNullable(settingsAdmin);
    }

    /** {@return the last changes of settings, the newest first} */
    public final List<ChangeSet> changes() {
        return settingsAdmin().map(SettingsAdmin::changes).orElseGet(List::of);
    }

    /** {@return what the doctor finds at a glance, or what can be said without one} */
    public final List<Finding> glance() {
        return Verdict.glance(doctor(), type -> find(type).isPresent());
    }

    /** {@return how the node fares, also without a doctor} */
    public final Verdict verdict() {
        return Verdict.of(glance());
    }

    /** {@return finds out who, or where, is meant by what an operator writes} */
    public final PeerFinder finder() {
        return new PeerFinder(find(PeerDirectory.class), find(ReputationManager.class));
    }

    /** {@return the bundles that give snapshots, in the order of their names} */
    public final Collection<SnapshotSource> sources() {
        return sources.all().toList();
    }

    /** {@return what every bundle tells now, by its name, without those that cannot} */
    public final SortedMap<String, Record> snapshots() {
        SortedMap<String, Record> snapshots = new TreeMap<>();
        sources.names().forEach(name -> shown(name).flatMap(NodeServices::ask)
                .ifPresent(told -> snapshots.put(name, told)));
        return snapshots;
    }

    /**
     * {@return what a service tells; empty if it fails, of which the doctor knows, or if its bundle is being updated}
     *
     * @param source of an application, or of the network
     */
    public static Optional<Record> ask(SnapshotSource source) {
        try {
            return Optional.ofNullable(read(source));
        } catch (RuntimeException | Error e) {
            // The doctor asks as well, and names it; if its bundle stops, this is told of in a moment.
            return Optional.empty();
        }
    }

    /**
     * {@return what a service tells, which each surface can read part by part; null if it tells nothing}
     *
     * @param source of an application, or of the network
     */
    public static Record read(SnapshotSource source) {
        return Sources.isOfANode(source) ? source.snapshot() : Asked.ask(source);
    }

    /** {@return the settings of every bundle} */
    public final List<Configured> configured() {
        return List.copyOf(configured);
    }

    /**
     * {@return a value in force as it is displayed; empty if its bundle is absent}
     *
     * @param bundle the last part of its name
     * @param key of the setting
     */
    public final Optional<String> setting(String bundle, String key) {
        return configured.stream().filter(one -> one.pid().equals(BUNDLES + bundle))
                .map(one -> one.settings().displayed().get(key)).filter(Objects::nonNull).findFirst();
    }
}
