// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Hashtable;
import java.util.Map;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.PayloadFormats;
import org.ippan.network.api.typed.TypedListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Formats and typed listeners as services. It outlives gossip's own component, whose listeners are services too. */
@Component(service = PayloadFormats.class, immediate = true)
public final class TypedComponent implements PayloadFormats {

    private static final Logger LOG = LoggerFactory.getLogger(TypedComponent.class);

    private final Formats formats = new Formats();
    private final TypedListeners listeners;

    @Activate
    public TypedComponent(BundleContext context) {
        listeners = new TypedListeners(formats, (listener, properties) -> registered(
                context.registerService(GossipListener.class, listener, new Hashtable<>(properties))), LOG::info);
    }

    private static TypedListeners.Registered registered(ServiceRegistration<GossipListener> registration) {
        return new TypedListeners.Registered() {
            @Override
            public void change(Map<String, Object> properties) {
                registration.setProperties(new Hashtable<>(properties));
            }

            @Override
            public void end() {
                registration.unregister();
            }
        };
    }

    @Override
    public Message message(Topic topic, Object value) {
        return formats.message(topic, value);
    }

    @Override
    public <T> T value(Class<T> type, ReceivedMessage message) {
        return formats.value(type, message);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addFormat")
    void addFormat(PayloadFormat<?> format, Map<String, Object> properties) {
        formats.add(format, properties);
        listeners.review();
    }

    void removeFormat(PayloadFormat<?> format, Map<String, Object> properties) {
        formats.remove(format, properties);
        listeners.review();
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addListener")
    void addListener(TypedListener<?> listener, Map<String, Object> properties) {
        listeners.put(listener, properties);
    }

    void removeListener(TypedListener<?> listener, Map<String, Object> properties) {
        listeners.remove(listener, properties);
    }
}
