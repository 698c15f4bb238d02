// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.EffectiveSetting;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.doctor.checks.Probes;
import org.ippan.network.doctor.checks.Reach;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Told;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Declarative Services shell of {@link DoctorCore}. Every service it asks may be absent. */
@Component(immediate = true)
public final class DoctorComponent implements Doctor {

    private static final Logger LOG = LoggerFactory.getLogger(DoctorComponent.class);

    private final BundleContext context;
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final DoctorThreads threads = new DoctorThreads();
    private final NodeServices services = new NodeServices();
    private final StoredComponent stored = new StoredComponent(() -> this.admin);
    private DoctorCore core;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile ConfigurationAdmin admin;
    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    private volatile List<CallbackFaultSource> callbacks;

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
        return Services.of(services, stored, Stream.concat(callbacks.stream(), Stream.of(faults)).toList(),
                new Told(faults));
    }

    @Deactivate
    void deactivate() {
        threads.stop();
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "bindSource")
    void bindSource(SnapshotSource source, Map<String, Object> properties) {
        Told.judge(source, services.bind(source, properties), faults);
    }

    void unbindSource(SnapshotSource source, Map<String, Object> properties) {
        Told.forget(source, services.unbind(source, properties).flatMap(services::shown), faults);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindConfigurable(Configurable configurable, Map<String, Object> properties) {
        services.bind(configurable, properties);
    }

    void unbindConfigurable(Configurable configurable) {
        services.unbind(configurable);
    }

    private Path identity() {
        Bundle keeper = services.find(Transport.class).map(transport -> FrameworkUtil.getBundle(transport.getClass()))
                .orElse(null);
        return StateDirectory.of(context::getProperty, (keeper == null ? context.getBundle() : keeper).getDataFile(""),
                "transport").path("identity.pem");
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
