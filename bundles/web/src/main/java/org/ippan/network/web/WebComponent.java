// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Clock;
import java.util.Hashtable;
import java.util.Map;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.web.settings.WebConfig;
import org.ippan.network.web.settings.WebSettings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Declarative Services shell of {@link Web}. It watches settings, its own too, and so publishes them by hand. */
@Component(service = {}, immediate = true, configurationPid = WebConfig.PID)
@Designate(ocd = WebConfig.class)
public final class WebComponent implements SnapshotSource, Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(WebComponent.class);

    private final LiveSettings<WebSettings> settings =
            new LiveSettings<>(WebSettings.SCHEMA, WebSettings::of, LOG::error, LOG::warn);
    private final NodeServices services = new NodeServices();
    private final EventLog events = new EventLog(Clock.systemUTC());
    private final Web web;
    private final ServiceRegistration<?> own;
    private final ServiceRegistration<?> listening;

    @Activate
    public WebComponent(BundleContext context, Map<String, Object> raw) {
        web = new Web(services, events, Clock.systemUTC(), Ticker.system(),
                context.getBundle().getVersion().toString(), (listener, topics) -> context.registerService(
                        GossipListener.class, listener, new Hashtable<>(Map.of(GossipListener.TOPIC, topics,
                                // It drops by itself, and counts what it drops.
                                GossipListener.OVERFLOW, "block")))::unregister);
        modified(raw);
        own = context.registerService(new String[] {SnapshotSource.class.getName(), Configurable.class.getName()},
                this, new Hashtable<>(Map.of(SnapshotSource.NAME, "Web")));
        listening = context.registerService(NetworkEventListener.class, events, null);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, next -> { });
        if (settings.failedClosed()) {
            web.shut(settings.lastConfigError().orElse(""));
        } else {
            web.apply(settings.current());
        }
    }

    @Deactivate
    void deactivate() {
        own.unregister();
        listening.unregister();
        web.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            updated = "bindSource")
    void bindSource(SnapshotSource source, Map<String, Object> properties) {
        services.bind(source, properties);
    }

    void unbindSource(SnapshotSource source, Map<String, Object> properties) {
        services.unbind(source, properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConfigurable(Configurable configurable, Map<String, Object> properties) {
        services.bind(configurable, properties);
    }

    void unbindConfigurable(Configurable configurable) {
        services.unbind(configurable);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDoctor(Doctor doctor) {
        services.bind(doctor);
    }

    void unbindDoctor(Doctor doctor) {
        services.unbind(doctor);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSettingsAdmin(SettingsAdmin admin) {
        services.bind(admin);
    }

    void unbindSettingsAdmin(SettingsAdmin admin) {
        services.unbind(admin);
    }

    @Override
    public WebSnapshot snapshot() {
        return web.snapshot();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
