// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.peers.PeerListener;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Application code of every kind that hangs or is registered several times harms no other and is named. */
@Tag(Nodes.WAITING)
class CallbacksIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final PeerId STRANGER = PeerId.parse("cd".repeat(32));

    @RegisterExtension
    final Nodes nodes = new Nodes();
    private final CountDownLatch never = new CountDownLatch(1);
    private final List<String> told = new ArrayList<>();
    private IppanNode sender;
    private IppanNode receiver;

    @AfterEach
    void release() {
        never.countDown();
    }

    private void start() {
        sender = nodes.embed("sender");
        receiver = nodes.embed("receiver", Nodes.address(sender));
        Eventually.until("gossip speaks over the link", SOON, () -> sender.gossip().snapshot().links() == 1
                && receiver.gossip().snapshot().links() == 1);
    }

    private void publish(String topic) {
        assertTrue(sender.gossip().publish(Message.of(Topic.of(topic), (topic + System.nanoTime()).getBytes()))
                .accepted());
    }

    /** As an application does that takes no notice of interrupts. */
    private void hang() {
        while (never.getCount() > 0) {
            LockSupport.parkNanos(Nodes.HANGING_NANOS);
        }
    }

    private void awaitHung(String subject) {
        Eventually.until(() -> subject + " in " + findings(), SOON, () -> findings().stream().anyMatch(text ->
                text.contains(subject) && text.contains("has not returned from a call for 10 s or more: thread=")
                && text.endsWith(". Its thread is lost until it returns, and what is for it waits.")));
    }

    private List<String> findings() {
        told.clear();
        receiver.service(Doctor.class).glance().stream().filter(finding -> finding.check().equals("applications")
                && finding.severity() != Severity.OK).forEach(finding -> told.add(finding.text()));
        return told;
    }

    @Test
    void shouldNameEveryKindOfCallThatDoesNotReturnUntilItDoes() {
        start();
        receiver.subscribe("hung", message -> hang());
        receiver.register(NetworkEventListener.class, event -> hang(), Map.of());
        receiver.register(PeerDiscovery.class, found -> {
            hang();
            return () -> { };
        }, Map.of());
        receiver.register(AddressAdvertiser.class, () -> {
            hang();
            return List.of();
        }, Map.of());

        // On a thread of its own, which hangs if the message is settled before that is waited for.
        Thread publisher = new Thread(() -> receiver.gossip().publishSettled(Message.of(Topic.of("sent"), new byte[1]),
                SOON).thenRun(this::hang));
        publisher.setDaemon(true);
        publisher.start();
        publish("hung");
        receiver.service(ReputationAdmin.class).ban(STRANGER, Duration.ofHours(1), "test");

        awaitHung("listener " + getClass().getName());
        awaitHung("event listener " + getClass().getName());
        awaitHung("discovery " + getClass().getName());
        awaitHung("advertiser " + getClass().getName());
        awaitHung("completion stage " + getClass().getName());
        assertEquals(1, receiver.peers().connected().size(), "its probes go on");

        never.countDown();

        Eventually.until(() -> "nothing hangs in " + findings(), SOON, () -> findings().isEmpty());
    }

    @Test
    void shouldSayThatEventsDoNotReachAListenerThatHangs() {
        start();
        receiver.register(NetworkEventListener.class, event -> hang(), Map.of());
        ReputationAdmin reputation = receiver.service(ReputationAdmin.class);

        for (int i = 0; i < 700; i++) {
            reputation.ban(STRANGER, Duration.ofHours(1), "test");
            reputation.pardon(STRANGER);
        }

        Diagnosis.of(receiver).tells("WARN applications: The event listener " + getClass().getName() + "… is too slow"
                + " or hangs: # events did not reach it. Make it faster, or have it hand events over to a thread of the"
                + " application.");
    }

    /** More than there are threads for listeners. */
    @Test
    void shouldCallTheOthersHoweverManyListenersHang() {
        start();
        AtomicInteger called = new AtomicInteger();
        for (int i = 0; i < 300; i++) {
            receiver.subscribe("news", message -> hang());
        }
        receiver.subscribe("news", message -> called.incrementAndGet());
        receiver.subscribe("prices", message -> called.incrementAndGet());

        publish("news");
        publish("prices");

        Eventually.until(() -> "2 calls: " + called, SOON, () -> called.get() == 2);
    }

    /** More than there are threads for events; one of the network's own listeners ends the links of the banned. */
    @Test
    void shouldEndTheLinkOfABannedPeerHoweverManyEventListenersHang() {
        start();
        for (int i = 0; i < 20; i++) {
            receiver.register(NetworkEventListener.class, event -> hang(), Map.of());
        }
        receiver.service(ReputationAdmin.class).ban(STRANGER, Duration.ofHours(1), "test");

        receiver.service(ReputationAdmin.class).ban(sender.id(), Duration.ofHours(1), "test");

        Nodes.awaitPeers(receiver, 0);
    }

    /** More than there are threads for notifications at first. */
    @Test
    void shouldTellAGoodNotificationListenerHoweverManyHangAndNameThem() throws Exception {
        start();
        AtomicInteger called = new AtomicInteger();
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName node : beans.queryNames(new ObjectName("org.ippan.network:type=Node,*"), null)) {
            boolean its = receiver.id().toString().equals(beans.getAttribute(node, "Id"));
            for (int i = 0; its && i < 30; i++) {
                beans.addNotificationListener(node, (event, handback) -> hang(), null, null);
            }
            if (its) {
                beans.addNotificationListener(node, (event, handback) -> called.incrementAndGet(), null, null);
            }
        }

        receiver.service(ReputationAdmin.class).ban(STRANGER, Duration.ofHours(1), "test");

        Eventually.until("it is told", SOON, () -> called.get() > 0);
        awaitHung("notification listener " + getClass().getName());
    }

    @Test
    void shouldKeepTheOtherRegistrationOfAValidatorAnEventListenerAndADiscovery() {
        start();
        MessageValidator validator = message -> Verdict.IGNORE;
        IppanNode.Registration first = receiver.validate("a", validator);
        receiver.validate("b", validator);
        ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
        NetworkEventListener listener = event -> events.add(event.text());
        IppanNode.Registration once = receiver.register(NetworkEventListener.class, listener, Map.of());
        receiver.register(NetworkEventListener.class, listener, Map.of());
        PeerAddress address = PeerAddress.parse("127.0.0.1:1");
        PeerDiscovery discovery = found -> {
            found.appeared(address);
            return () -> { };
        };
        IppanNode.Registration search = receiver.register(PeerDiscovery.class, discovery, Map.of());
        receiver.register(PeerDiscovery.class, discovery, Map.of());
        Eventually.until("the address is known", SOON, this::isFound);
        ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();
        receiver.subscribe("*", message -> got.add(message.topic().name()));

        first.close();
        once.close();
        search.close();
        publish("b");
        publish("a");
        receiver.service(ReputationAdmin.class).ban(STRANGER, Duration.ofHours(1), "test");

        Eventually.until(() -> "a and not b: " + got, SOON, () -> got.contains("a"));
        assertEquals(List.of("a"), List.copyOf(got));
        Eventually.until(() -> "told once: " + events, SOON, () -> events.size() == 1);
        assertTrue(isFound(), receiver.peers().peers().toString());
    }

    @Test
    void shouldKeepTheOtherRegistrationOfAPeerListener() {
        start();
        ConcurrentLinkedQueue<String> went = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> came = new ConcurrentLinkedQueue<>();
        PeerListener listener = new PeerListener() {
            @Override
            public void onUp(Peer peer) {
                came.add(peer.toString());
            }

            @Override
            public void onDown(Peer peer, String why) {
                went.add(why);
            }
        };
        receiver.register(PeerListener.class, listener, Map.of());
        IppanNode.Registration second = receiver.register(PeerListener.class, listener, Map.of());
        Eventually.until(() -> "each is told: " + came, SOON, () -> came.size() == 2);

        second.close();
        receiver.service(ReputationAdmin.class).ban(sender.id(), Duration.ofHours(1), "test");

        Eventually.until("the other is told", SOON, () -> !went.isEmpty());
        Nodes.awaitPeers(receiver, 0);
        assertEquals(1, went.size());
    }

    private boolean isFound() {
        return receiver.peers().snapshot().addresses().get(AddressSource.DISCOVERED) > 0;
    }
}
