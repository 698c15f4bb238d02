// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix.app;

import java.io.InputStream;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** An application that replaces itself by its next version when a message says so, inside the callback. */
public final class SelfUpdater implements BundleActivator, GossipListener {

    public static final String NAME = "org.example.updater";
    public static final String TOPIC = "update";

    private BundleContext context;

    @Override
    public void start(BundleContext started) {
        context = started;
        ((AtomicInteger) places().get("lives")).incrementAndGet();
        context.registerService(GossipListener.class, this, new Hashtable<>(Map.of(GossipListener.TOPIC, TOPIC)));
    }

    @Override
    public void stop(BundleContext stopped) {
        // Nothing but its registration is left, which the framework takes away.
    }

    private Map<?, ?> places() {
        return context.getService(context.getServiceReference(Map.class));
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        Map<?, ?> places = places();
        try {
            context.getBundle().update((InputStream) ((Callable<?>) places.get("jar")).call());
            ((AtomicInteger) places.get("updates")).incrementAndGet();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }
}
