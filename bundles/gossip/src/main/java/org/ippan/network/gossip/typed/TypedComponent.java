// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
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
@Component(service = {PayloadFormats.class, CallbackFaultSource.class}, immediate = true)
public final class TypedComponent implements PayloadFormats, CallbackFaultSource {

    private static final Logger LOG = LoggerFactory.getLogger(TypedComponent.class);

    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final Formats formats = new Formats(faults);
    private final TypedListeners listeners;

    @Activate
    public TypedComponent(BundleContext context) {
        listeners = new TypedListeners(formats, (listener, properties) -> registered(
                context.registerService(GossipListener.class, listener, new Hashtable<>(properties))), LOG::info,
                faults);
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

    @Override
    public List<CallbackFault> callbackFaults() {
        return Stream.concat(faults.callbackFaults().stream(), listeners.unserved().stream()).toList();
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
