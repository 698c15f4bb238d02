// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix.app;

import java.nio.charset.StandardCharsets;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Publishes numbered messages as long as its bundle runs, and notes what it receives. What it notes outlives it: the
 * test registers the places as a service made of the JDK's own classes.
 */
public final class Chatter implements BundleActivator {

    /** Its symbolic name. */
    public static final String NAME = "chatter";
    /** Property of the service that holds the places. */
    public static final String PLACES = "(chatter=places)";

    private static final Topic FROM_HERE = Topic.of("from-the-container");
    private static final String FROM_THERE = "from-the-process";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Thread publisher = new Thread(this::publish, "chatter");
    private ServiceTracker<Gossip, Gossip> gossip;
    private Map<?, ?> places;
    private volatile boolean stopped;

    @Override
    public void start(BundleContext context) throws Exception {
        places = context.getService(context.getServiceReferences(Map.class, PLACES).iterator().next());
        gossip = new ServiceTracker<>(context, Gossip.class, null);
        gossip.open();
        context.registerService(GossipListener.class, message -> queue("received").add(
                new String(message.payloadBytes(), StandardCharsets.UTF_8)),
                new Hashtable<>(Map.of(GossipListener.TOPIC, FROM_THERE)));
        publisher.start();
    }

    @SuppressWarnings("unchecked")
    private Queue<String> queue(String name) {
        return (Queue<String>) places.get(name);
    }

    private void publish() {
        AtomicInteger number = (AtomicInteger) places.get("number");
        while (!stopped && !places.containsKey("silent")) {
            String text = "here " + number.get();
            try {
                if (accepts(text)) {
                    queue("sent").add(text);
                    number.incrementAndGet();
                }
            } catch (RuntimeException | LinkageError e) {
                queue("failures").add(e.toString());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean accepts(String text) {
        Gossip now = gossip.getService();
        return now != null
                && now.publish(Message.of(FROM_HERE, text.getBytes(StandardCharsets.UTF_8))).accepted();
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        stopped = true;
        publisher.join();
        gossip.close();
    }
}
