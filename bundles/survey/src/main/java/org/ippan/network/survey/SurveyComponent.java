// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.survey.own.Bound;
import org.ippan.network.survey.own.OwnStatus;
import org.ippan.network.survey.retell.Retelling;
import org.ippan.network.survey.settings.SurveyConfig;
import org.ippan.network.survey.settings.SurveySettings;
import org.ippan.network.survey.trace.NetworkTracing;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Declarative Services shell of {@link Survey}. */
@Component(service = {}, immediate = true, configurationPid = SurveyConfig.PID)
@Designate(ocd = SurveyConfig.class)
public final class SurveyComponent implements Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(SurveyComponent.class);

    private final LiveSettings<SurveySettings> settings =
            new LiveSettings<>(SurveySettings.SCHEMA, SurveySettings::of, LOG::error, LOG::warn);
    private final SurveyThreads threads = new SurveyThreads();
    private final Bound bound = new Bound();
    private final Survey survey;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private ServiceRegistration<?> retelling;

    @Activate
    public SurveyComponent(BundleContext context) {
        Ticker ticker = Ticker.system();
        survey = new Survey(new OwnStatus(bound, SurveyThreads.machine(), context.getBundle().getVersion().toString(),
                ticker.nanos()), ticker, Clock.systemUTC(), threads.random, threads.timer, settings.current());
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void activate(BundleContext context, Map<String, Object> raw) {
        modified(raw);
        Hashtable<String, Object> named = new Hashtable<>(Map.of(SnapshotSource.NAME, "Network"));
        registrations.add(context.registerService(new String[] {NetworkView.class.getName(),
            NetworkTracer.class.getName(), SnapshotSource.class.getName()}, survey, named));
        registrations.add(context.registerService(Configurable.class, this, named));
        registrations.add(context.registerService(MessageValidator.class, survey,
                new Hashtable<>(Map.of(MessageValidator.TOPIC, Survey.TOPIC.name()))));
        registrations.add(context.registerService(MessageValidator.class, survey.tracing,
                new Hashtable<>(Map.of(MessageValidator.TOPIC, NetworkTracing.TOPIC.name()))));
        retelling = context.registerService(ProtocolHandler.class, new Retelling(survey, threads.timer,
                Ticker.system()), null);
        threads.every(survey::tick);
        LOG.info("Survey started: {}", settings);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, changed -> { });
        survey.apply(settings.failedClosed() ? settings.current().unshared() : settings.current());
    }

    @Deactivate
    void deactivate() {
        retelling.unregister();
        threads.stop();
        survey.leave();
        registrations.forEach(ServiceRegistration::unregister);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setGossip(ReservedGossip gossip) {
        bound.gossip = gossip;
        survey.begin(gossip);
    }

    /** While it still sends: this node says that it stops. */
    void unsetGossip(ReservedGossip gossip) {
        if (bound.gossip == gossip) {
            survey.leave();
            bound.gossip = null;
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "bindSource")
    void bindSource(SnapshotSource source, Map<String, Object> properties) {
        bound.services.bind(source, properties);
    }

    void unbindSource(SnapshotSource source, Map<String, Object> properties) {
        bound.services.unbind(source, properties);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindDoctor(Doctor doctor) {
        bound.services.bind(doctor);
    }

    void unbindDoctor(Doctor doctor) {
        bound.services.unbind(doctor);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addTransport")
    void addTransport(Transport transport, Map<String, Object> properties) {
        bound.onLoopback.put(transport, Boolean.TRUE.equals(properties.get(Transport.LOOPBACK)));
    }

    void removeTransport(Transport transport) {
        bound.onLoopback.remove(transport);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindConfigurable(Configurable configurable, Map<String, Object> properties) {
        bound.services.bind(configurable, properties);
    }

    void unbindConfigurable(Configurable configurable) {
        bound.services.unbind(configurable);
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
