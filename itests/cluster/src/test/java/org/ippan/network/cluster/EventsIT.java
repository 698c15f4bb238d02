// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.SimpleType;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Every decision a node tells of, made for real, reaches a remote client as a notification and bundles by Event Admin,
 * however long another listener takes.
 */
@Tag(Nodes.WAITING)
class EventsIT {

    private static final String PREFIX = "org.ippan.network.";
    private static final String HEALTH = PREFIX + "health";
    private static final String REPUTATION = PREFIX + "reputation";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final Queue<Notification> notified = new ConcurrentLinkedQueue<>();
    private final CountDownLatch blocked = new CountDownLatch(1);

    /** Type, peer and text of a notification, which any client can read. */
    private static List<String> read(Notification notification) {
        CompositeData data = (CompositeData) notification.getUserData();
        assertEquals(Set.of("peer", "text"), data.getCompositeType().keySet());
        assertEquals(SimpleType.STRING, data.getCompositeType().getType("peer"));
        assertEquals(SimpleType.STRING, data.getCompositeType().getType("text"));
        assertEquals(notification.getMessage(), data.get("text"));
        assertEquals(JmxClient.name("Node"), notification.getSource());
        assertTrue(Math.abs(System.currentTimeMillis() - notification.getTimeStamp()) < 300_000);
        EventType type = Arrays.stream(EventType.values()).filter(each -> notification.getType().equals(PREFIX
                + SettingDescription.word(each))).findFirst().orElseThrow();
        return List.of(type.name(), (String) data.get("peer"), (String) data.get("text"));
    }

    private List<List<String>> notifications() {
        return notified.stream().map(EventsIT::read).toList();
    }

    private void await(EventType type, Object peer, String text) {
        Eventually.until(() -> type + " of " + peer + ": " + text + ", in " + notifications(), Nodes.SOON,
                () -> notifications().stream().anyMatch(event -> event.get(0).equals(type.name())
                        && event.get(1).equals(peer.toString()) && event.get(2).contains(text)));
    }

    @Test
    void shouldTellEveryDecisionToRemoteClientsAndToEventAdmin() throws Exception {
        IppanNode node = nodes.embed("node", builder -> builder.set(HEALTH, "checkIntervalSeconds", "1")
                .set(HEALTH, "checkTimeoutSeconds", "1").set(PREFIX + "gossip", "validationQueueMessages", "16")
                .set(REPUTATION, "invalidPoints", "-250").set(REPUTATION, "successPoints", "0"));
        EventAdminInside eventAdmin = new EventAdminInside(node);
        NotificationListener patient = (notification, handback) -> {
            try {
                blocked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        ManagementFactory.getPlatformMBeanServer().addNotificationListener(JmxClient.name("Node"), patient, null, null);
        try (Connector connector = new Connector(); JmxClient client = connector.connect()) {
            client.beans().addNotificationListener(JmxClient.name("Node"), (notification, handback) ->
                    notified.add(notification), null, null);

            provokeAll(node);

            // Chaos is in no node but by hand; ChaosIT provokes its two.
            assertEquals(Set.of(EventType.values()).size() - 2, notifications().stream().map(event -> event.get(0))
                    .distinct().count(), () -> notifications().toString());
            Eventually.until(() -> notifications() + "\nbut Event Admin\n" + eventAdmin.told(), Nodes.SOON,
                    () -> counted(notifications()).equals(counted(eventAdmin.told())));
            assertEquals(0L, client.get("Node", "NotificationsDropped"));
        } finally {
            blocked.countDown();
        }
    }

    private static Map<List<String>, Integer> counted(Collection<List<String>> events) {
        Map<List<String>, Integer> counted = new HashMap<>();
        events.forEach(event -> counted.merge(event, 1, Integer::sum));
        return counted;
    }

    private void provokeAll(IppanNode node) throws Exception {
        Configuration dedup = node.service(ConfigurationAdmin.class).getConfiguration(PREFIX + "dedup", "?");
        dedup.update(new Hashtable<>(Map.of("capacity", "abc")));
        await(EventType.CONFIG_REJECTED, "", "capacity = abc: must be a whole number");
        dedup.update(new Hashtable<>(Map.of("capacity", "1000")));
        await(EventType.CONFIG_APPLIED, "", PREFIX + "dedup");

        NodeProcess peer = nodes.run("peer", Nodes.ANY_PORT, "--peers", Nodes.address(node));
        await(EventType.PEER_UP, peer.id(), "accepted from " + peer.listen());
        Eventually.until("it answered a probe", Nodes.SOON, () -> node.service(HealthMonitor.class)
                .stats(PeerId.parse(peer.id())).flatMap(PeerHealthStats::sinceLastSuccess).isPresent());
        peer.pause();
        await(EventType.HEALTH_CHANGED, peer.id(), "is unhealthy: failures in a row 3, last success ");
        await(EventType.PEER_DOWN, peer.id(), "3 heartbeats were not answered");
        peer.resume();
        await(EventType.HEALTH_CHANGED, peer.id(), "is healthy: it answered again");
        peer.kill();

        IppanNode publisher = nodes.embed("publisher", Nodes.address(node));
        await(EventType.PEER_UP, publisher.id(), "accepted from " + Nodes.address(publisher));
        CountDownLatch released = new CountDownLatch(1);
        node.register(GossipListener.class, message -> await(released), Map.of(GossipListener.TOPIC, "orders",
                GossipListener.QUEUE, "1"));
        for (int i = 0; i < 60; i++) {
            publish(publisher, "orders", i);
        }
        await(EventType.OVERLOAD_STARTED, "", "Messages come faster than validators, listeners and other links take"
                + " them; reading pauses");
        released.countDown();
        await(EventType.OVERLOAD_ENDED, "", "Validators, listeners and other links keep up again");

        node.validate("rejected", message -> Verdict.REJECT);
        publish(publisher, "rejected", 1);
        await(EventType.PEER_WARNED, publisher.id(), "is warned: score -250 after message rejected");
        publish(publisher, "rejected", 2);
        await(EventType.PEER_BANNED, publisher.id(), "is banned: score -500 after message rejected");
        await(EventType.PEER_DOWN, publisher.id(), "it is banned");
        node.set(REPUTATION, "decayPoints", "500");
        node.set(REPUTATION, "decayIntervalSeconds", "1");
        await(EventType.PEER_PARDONED, publisher.id(), "is let in again");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void publish(IppanNode node, String topic, int number) {
        Message message = Message.of(Topic.of(topic), ("message " + number).getBytes(StandardCharsets.UTF_8));
        // A peer is connected a moment before gossip knows of the link.
        Eventually.until("it is accepted", Nodes.SOON, () -> node.gossip().publish(message).accepted());
    }
}
