// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.Hashtable;
import java.util.Map;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.transport.websocket.WebSocketConfig;
import org.ippan.network.transport.websocket.WebSocketSettings;
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

/** Settings of links inside WebSocket, for the transport beside it. */
@Component(service = {}, immediate = true, configurationPid = WebSocketConfig.PID)
@Designate(ocd = WebSocketConfig.class)
public final class WebSocketComponent implements SnapshotSource, Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketComponent.class);

    private final LiveSettings<WebSocketSettings> settings =
            new LiveSettings<>(WebSocketSettings.SCHEMA, WebSocketSettings::of, LOG::error, LOG::warn);
    private final TransportComponent transport;
    private final ServiceRegistration<?> registration;

    @Activate
    public WebSocketComponent(BundleContext context, Map<String, Object> raw,
            @Reference TransportComponent transport) {
        this.transport = transport;
        take(raw);
        LOG.info("WebSocket started: {}", settings);
        registration = context.registerService(new String[] {SnapshotSource.class.getName(),
            Configurable.class.getName()}, this, new Hashtable<>(Map.of(SnapshotSource.NAME, "WebSocket")));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        take(raw);
        LOG.info("WebSocket configured: {}", settings);
    }

    private void take(Map<String, Object> raw) {
        settings.update(raw, changed -> { });
        transport.apply(settings.current());
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        transport.apply(WebSocketSettings.OFF);
    }

    @Override
    public WebSocketSnapshot snapshot() {
        return transport.core.webSockets().snapshot();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
