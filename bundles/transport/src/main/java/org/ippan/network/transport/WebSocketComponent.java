// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.transport.websocket.FileWatch;
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
    private static final long LOOK_SECONDS = 5;

    private final LiveSettings<WebSocketSettings> settings =
            new LiveSettings<>(WebSocketSettings.SCHEMA, WebSocketSettings::of, LOG::error, LOG::warn);
    private final TransportComponent transport;
    private final ScheduledExecutorService timer = new TimerThreads("ippan-transport-certificates", LOOK_SECONDS);
    private final ServiceRegistration<?> registration;
    private ScheduledFuture<?> looks;
    /** Guarded by the timer: a look that is under way then switches nothing on again. */
    private boolean ended;

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

    private synchronized void take(Map<String, Object> raw) {
        if (looks != null) {
            looks.cancel(false);
            looks = null;
        }
        List<String> files = WebSocketSettings.files(raw);
        FileWatch watch = new FileWatch(files);
        apply(raw);
        if (!files.isEmpty()) {
            looks = timer.scheduleWithFixedDelay(() -> look(watch, raw), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void apply(Map<String, Object> raw) {
        settings.update(raw, changed -> { });
        use(settings.failedClosed() ? WebSocketSettings.OFF : settings.current());
    }

    /** Not for long: who stops does not wait for who reads files. */
    private void use(WebSocketSettings now) {
        synchronized (timer) {
            transport.apply(ended ? WebSocketSettings.OFF : now);
        }
    }

    /** A certificate is renewed in place, as a rule. */
    synchronized void look(FileWatch watch, Map<String, Object> raw) {
        if (looks != null && watch.isDue()) {
            apply(raw);
            LOG.info("WebSocket read its certificates again: {}", settings);
        }
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        timer.shutdownNow();
        synchronized (timer) {
            ended = true;
            transport.apply(WebSocketSettings.OFF);
        }
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
