// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.event.LogBudget;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge between two services: a handler of the one, a listener of the other. */
@Component(service = {}, immediate = true, configurationPid = EventAdminConfig.PID)
@Designate(ocd = EventAdminConfig.class)
public final class EventAdminComponent implements Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(EventAdminComponent.class);

    private final LiveSettings<EventAdminSettings> settings = new LiveSettings<>(EventAdminSettings.SCHEMA,
            EventAdminSettings::of, LOG::error, LOG::warn);
    private final EventBridge bridge;
    private final ServiceRegistration<?> handler;
    private final List<ServiceRegistration<?>> others;

    @Activate
    public EventAdminComponent(BundleContext context, @Reference Gossip gossip, @Reference EventAdmin admin,
            Map<String, Object> raw) {
        bridge = new EventBridge(gossip::publish, (topic, properties) -> admin.sendEvent(new Event(topic, properties)),
                new SecureRandom(), new LogBudget(Ticker.system(), LogBudget.EVENT_ADMIN, LOG::warn),
                settings.current());
        settings.update(raw, bridge::apply);
        handler = context.registerService(EventHandler.class,
                event -> bridge.onEvent(event.getTopic(), properties(event)), topics());
        Hashtable<String, Object> named = new Hashtable<>(Map.of(SnapshotSource.NAME, "EventAdmin"));
        others = List.of(context.registerService(GossipListener.class, bridge, new Hashtable<>(
                        Map.of(GossipListener.TOPIC, EventBridge.MESSAGES.name()))),
                context.registerService(SnapshotSource.class, bridge::snapshot, named),
                context.registerService(Configurable.class, this, named));
        LOG.info("Event Admin started: {}", settings);
    }

    private static Map<String, Object> properties(Event event) {
        Map<String, Object> properties = new HashMap<>();
        for (String name : event.getPropertyNames()) {
            properties.put(name, event.getProperty(name));
        }
        properties.remove(EventConstants.EVENT_TOPIC);
        // Karaf adds the login of the sender to each event of a console or of JMX. It is of this container.
        properties.values().removeIf(Subject.class::isInstance);
        return properties;
    }

    /** Event Admin calls a handler without topics for no event. */
    private Hashtable<String, Object> topics() {
        return new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC,
                settings.current().topics().patterns().toArray(String[]::new)));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, bridge::apply);
        handler.setProperties(topics());
        LOG.info("Event Admin configured: {}", settings);
    }

    @Deactivate
    void deactivate() {
        others.forEach(ServiceRegistration::unregister);
        handler.unregister();
    }

    @Override
    public LiveSettings<EventAdminSettings> settings() {
        return settings;
    }
}
