// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.felix.app.SelfUpdater;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Bundles are updated on the thread of a callback that they, or those they need, are inside of. */
public class UpdateInsideIT {

    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(UpdateInsideIT.class.getSimpleName());
    private static final int ROUNDS = 5;

    private final AtomicInteger got = new AtomicInteger();
    private final AtomicInteger updates = new AtomicInteger();
    private final AtomicInteger lives = new AtomicInteger();
    private EmbeddedNode sender;
    private EmbeddedNode receiver;
    private int sent;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        sender = new EmbeddedNode(FOLDER.resolve("sender"));
        receiver = new EmbeddedNode(FOLDER.resolve("receiver"), sender.service(Transport.class).listenAddress()
                .orElseThrow().toString());
        awaitLink();
    }

    @After
    public void stop() {
        receiver.close();
        sender.close();
    }

    private static boolean linked(EmbeddedNode node) {
        return node.context().getServiceReference(Gossip.class) != null
                && node.service(Gossip.class).snapshot().links() == 1;
    }

    private void awaitLink() {
        Eventually.until("gossip speaks over the link", NodeInside.SOON, () -> linked(sender) && linked(receiver));
    }

    private void publish(String topic) {
        sent++;
        Eventually.until("it is accepted", NodeInside.SOON, () -> sender.service(Gossip.class).publish(
                Message.of(Topic.of(topic), new byte[] {(byte) sent}).withNonce(sent)).accepted());
    }

    private void awaitCount(AtomicInteger counter, int count) {
        Eventually.until(() -> counter + " of " + count, NodeInside.SOON, () -> counter.get() == count);
    }

    @Test
    public void shouldGoOnWhenAnApplicationUpdatesItselfInsideItsListener() throws Exception {
        Callable<InputStream> jar = () -> OwnBundle.of(SelfUpdater.NAME, SelfUpdater.class);
        receiver.context().registerService(Map.class, Map.of("jar", jar, "updates", updates, "lives", lives),
                new Hashtable<>());
        Bundle application = receiver.context().installBundle(SelfUpdater.NAME, jar.call());
        application.start();

        for (int i = 1; i <= ROUNDS; i++) {
            publish(SelfUpdater.TOPIC);
            awaitCount(updates, i);
            awaitCount(lives, i + 1);
        }

        assertEquals(Bundle.ACTIVE, application.getState());
        Eventually.until("one listener is left", NodeInside.SOON,
                () -> receiver.service(Gossip.class).snapshot().listeners().size() == 1);
        assertEquals(0, receiver.service(Gossip.class).snapshot().listeners().get(0).failures());
    }

    @Test
    public void shouldGoOnWhenAListenerUpdatesTheBundlesThatCallIt() {
        NodeInside node = new NodeInside(receiver.context());
        receiver.context().registerService(GossipListener.class, message -> {
            node.updateBundle("org.ippan.network." + message.topic().name());
            updates.incrementAndGet();
        }, topics("gossip", "dedup", "reputation", "health", "metrics", "peers", "transport"));
        receiver.context().registerService(GossipListener.class, message -> got.incrementAndGet(), topics("news"));
        int count = 0;
        for (String name : List.of("gossip", "dedup", "reputation", "health", "metrics", "peers", "transport")) {
            publish(name);
            awaitCount(updates, ++count);
            awaitLink();
            publish("news");
            awaitCount(got, count);
        }
    }

    @Test
    public void shouldGoOnWhenAValidatorUpdatesGossip() {
        NodeInside node = new NodeInside(receiver.context());
        receiver.context().registerService(MessageValidator.class, message -> {
            node.updateBundle("org.ippan.network.gossip");
            updates.incrementAndGet();
            return Verdict.ACCEPT;
        }, topics("gossip"));
        receiver.context().registerService(GossipListener.class, message -> got.incrementAndGet(), topics("news"));

        publish("gossip");

        awaitCount(updates, 1);
        awaitLink();
        publish("news");
        awaitCount(got, 1);
    }

    private static Hashtable<String, Object> topics(String... names) {
        return new Hashtable<>(Map.of(GossipListener.TOPIC, names));
    }
}
