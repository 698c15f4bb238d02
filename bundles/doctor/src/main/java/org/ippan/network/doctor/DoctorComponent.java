// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.doctor.checks.Probes;
import org.ippan.network.doctor.checks.Reach;
import org.ippan.network.doctor.look.Services;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The Declarative Services shell of {@link DoctorCore}. Every service it asks may be absent. */
@Component(immediate = true)
public final class DoctorComponent implements Doctor {

    /** What a filter takes for its own unless it is marked. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\*()]");

    private final BundleContext context;
    private final DoctorThreads threads = new DoctorThreads();
    private final List<Services.Configured> configured = new CopyOnWriteArrayList<>();
    private DoctorCore core;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile MessageDeduplicator dedup;
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile ReputationManager reputation;
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile NetworkMetrics metrics;
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile HealthMonitor health;
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile Transport transport;
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile PeerDirectory peers;
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile Gossip gossip;
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile ConfigurationAdmin admin;
    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    private volatile List<CallbackFaultSource> callbacks;
    /** Of what is optional only: the others are asked as services, and a snapshot of all would be made for nothing. */
    @Reference(cardinality = MULTIPLE, policy = DYNAMIC,
            target = "(|(" + SnapshotSource.NAME + "=Nat)(" + SnapshotSource.NAME + "=Web)("
                    + SnapshotSource.NAME + "=WebSocket)(" + SnapshotSource.NAME + "=Network)("
                    + SnapshotSource.NAME + "=Discovery.*))")
    private volatile List<SnapshotSource> sources;

    @Activate
    public DoctorComponent(BundleContext context) {
        this.context = context;
    }

    /** After the references are there: the first look at the counters is taken now. */
    @Activate
    void activate() {
        Places places = new Places(context::getProperty, context.getDataFile(""),
                () -> Optional.ofNullable(admin).map(service -> FrameworkUtil.getBundle(service.getClass()))
                        .map(keeper -> keeper.getDataFile("")));
        core = new DoctorCore(this::services, new DoctorCore.Surroundings(
                new Probes(threads.probes, Reach::bySocket), new Probes(threads.ownProbe, Reach::bySocket),
                this::identity, () -> places.secret(services()), ManagementFactory.getPlatformMBeanServer()),
                Clock.systemUTC(), Ticker.system(), threads.timer);
    }

    private Services services() {
        return new Services(dedup, reputation, metrics, health, transport, peers, gossip, List.copyOf(configured),
                this::stored, List.copyOf(callbacks), List.copyOf(sources));
    }

    @Deactivate
    void deactivate() {
        threads.stop();
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addConfigurable(Configurable bundle, Map<String, Object> properties) {
        configured.add(new Services.Configured(properties.get("service.pid") instanceof String pid ? pid
                : bundle.settings().schema().pid(), bundle.settings()));
    }

    void removeConfigurable(Configurable bundle) {
        configured.removeIf(known -> known.settings() == bundle.settings());
    }

    private Path identity() {
        Bundle keeper = transport == null ? null : FrameworkUtil.getBundle(transport.getClass());
        return StateDirectory.of(context::getProperty, (keeper == null ? context.getBundle() : keeper).getDataFile(""),
                "transport").path("identity.pem");
    }

    private Map<String, Object> stored(String pid) {
        Map<String, Object> stored = new HashMap<>();
        try {
            Configuration[] found = admin == null ? null : admin.listConfigurations("(service.pid="
                    + SPECIAL.matcher(pid).replaceAll("\\\\$0") + ")");
            if (found != null) {
                Dictionary<String, Object> properties = found[0].getProperties();
                properties.keys().asIterator().forEachRemaining(key -> stored.put(key, properties.get(key)));
            }
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("cannot read the configuration " + pid, e);
        }
        return stored;
    }

    @Override
    public List<Finding> examine() {
        return core.examine();
    }

    @Override
    public List<Finding> glance() {
        return core.glance();
    }

    @Override
    public List<Finding> limits() {
        return core.limits();
    }

    @Override
    public List<Finding> size(Load load) {
        return core.size(load);
    }

    @Override
    public PeerExplanation explain(String who) {
        return core.explain(who);
    }

    @Override
    public List<EffectiveSetting> settings(String filter) {
        return core.settings(filter);
    }
}
