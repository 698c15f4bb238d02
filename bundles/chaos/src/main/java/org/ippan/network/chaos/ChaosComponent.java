// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.event.EventListeners;
import org.ippan.network.api.event.NetworkEventListener;
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
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core as a component. Its faults are a service only while they are made. */
@Component(service = {}, immediate = true, configurationPid = ChaosConfig.PID)
@Designate(ocd = ChaosConfig.class)
public final class ChaosComponent implements Configurable, SnapshotSource, CallbackFaultSource {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosComponent.class);

    private final LiveSettings<ChaosSettings> settings = new LiveSettings<>(ChaosSettings.SCHEMA, ChaosSettings::of,
            LOG::error, LOG::warn);
    private final ChaosThreads threads = new ChaosThreads();
    private final CallbackFaults callbacks = new CallbackFaults(Ticker.system(), LOG::warn);
    private final EventListeners listeners = new EventListeners(LOG::warn, callbacks, threads.callbacks);
    private final BundleContext context;
    private final Chaos chaos;
    private ServiceRegistration<FrameFault> faults;
    private ServiceRegistration<?> registration;

    @Activate
    public ChaosComponent(BundleContext context) {
        this.context = context;
        this.chaos = new Chaos(threads.timer, Ticker.system(), new SecureRandom(), SplittableRandom::new,
                this::register, listeners);
    }

    /** After the references are there. By hand: a key of a configuration could keep a service from registration. */
    @Activate
    void activate(Map<String, Object> raw) {
        modified(raw);
        Hashtable<String, Object> named = new Hashtable<>(Map.of(SnapshotSource.NAME, "Chaos"));
        registration = context.registerService(new String[] {Configurable.class.getName(),
            CallbackFaultSource.class.getName(), SnapshotSource.class.getName()}, this, named);
    }

    /** Called by the core, one call at a time. */
    private void register(FrameFault fault) {
        if (faults != null) {
            faults.unregister();
            faults = null;
        }
        if (fault != null) {
            faults = context.registerService(FrameFault.class, fault, null);
        }
    }

    @Modified
    void modified(Map<String, Object> raw) {
        chaos.update(settings, raw);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        chaos.end("the bundle stops");
        threads.stop();
        callbacks.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(NetworkEventListener listener) {
        listeners.add(listener);
    }

    void removeListener(NetworkEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public List<CallbackFault> callbackFaults() {
        return callbacks.callbackFaults();
    }

    @Override
    public ChaosSnapshot snapshot() {
        return chaos.snapshot();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
