// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** What is wrong with the code of one application costs no other, and is named. */
@Tag(Nodes.WAITING)
class ApplicationsIT {

    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final Duration SOON = Duration.ofMinutes(1);

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();
    private final Map<String, AtomicInteger> got = new ConcurrentHashMap<>();
    private IppanNode sender;
    private IppanNode receiver;

    private void start(Consumer<IppanNodeBuilder> settings) {
        sender = nodes.embed("sender");
        receiver = nodes.embed("receiver", settings, Nodes.address(sender));
        Nodes.awaitPeers(sender, 1);
        Nodes.awaitPeers(receiver, 1);
        Eventually.until("gossip speaks over the link", SOON, () -> sender.gossip().snapshot().links() == 1
                && receiver.gossip().snapshot().links() == 1);
    }

    private void count(ReceivedMessage message) {
        got.computeIfAbsent(message.topic().name(), topic -> new AtomicInteger()).incrementAndGet();
    }

    private int got(String topic) {
        return got.getOrDefault(topic, new AtomicInteger()).get();
    }

    private void publish(String topic, int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(sender.gossip().publish(Message.of(Topic.of(topic), (topic + System.nanoTime()).getBytes()))
                    .accepted());
        }
    }

    private void awaitGot(String topic, int count) {
        Eventually.until(() -> got(topic) + " of " + count + " of " + topic, SOON, () -> got(topic) == count);
    }

    private List<String> findings() {
        return receiver.service(Doctor.class).glance().stream()
                .filter(finding -> finding.check().equals("applications") && finding.severity() != Severity.OK)
                .map(finding -> finding.text() + " " + finding.advice()).toList();
    }

    private void awaitFinding(String... parts) {
        Eventually.until(() -> List.of(parts) + " in " + findings(), SOON, () -> findings().stream()
                .anyMatch(text -> List.of(parts).stream().allMatch(text::contains)));
    }

    /** Gives each bundle the service, and keeps the registration: only its owner may change the properties. */
    private static final class Kept<T> implements ServiceFactory<T> {

        private final T service;
        private volatile ServiceRegistration<T> registration;

        Kept(T service) {
            this.service = service;
        }

        @Override
        public T getService(Bundle bundle, ServiceRegistration<T> asked) {
            registration = asked;
            return service;
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<T> asked, T given) {
            assertEquals(service, given);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> ServiceRegistration<T> register(Class<T> type, T service, String topic) {
        Kept<T> kept = new Kept<>(service);
        receiver.register(type, (T) (Object) kept, Map.of(GossipListener.TOPIC, topic));
        Eventually.until("gossip asks for the service", SOON, () -> kept.registration != null);
        return kept.registration;
    }

    /** More than there are threads, with one message only. */
    @Test
    void shouldCallEveryListenerHoweverManyAreSlow() {
        start(builder -> { });
        for (int i = 0; i < 400; i++) {
            receiver.subscribe("news", message -> {
                pause(200);
                count(message);
            });
        }

        publish("news", 1);
        awaitGot("news", 400);
        publish("news", 1);

        awaitGot("news", 800);
        assertEquals(List.of(), findings());
        assertEquals(0, receiver.gossip().snapshot().listeners().stream().mapToLong(ListenerSnapshot::failures).sum());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldDeliverOtherTopicsWhileOneValidatorHangsAndOneIsFlooded() {
        start(builder -> builder.set(GOSSIP, "validatorTimeoutSeconds", "1"));
        CountDownLatch never = new CountDownLatch(1);
        IppanNode.Registration hung = receiver.validate("hung", message -> {
            awaitForEver(never);
            return Verdict.ACCEPT;
        });
        receiver.validate("slow", message -> {
            pause(20);
            return Verdict.ACCEPT;
        });
        receiver.validate("fast", message -> Verdict.ACCEPT);
        receiver.subscribe("*", this::count);
        long[] slowest = {0};
        try {
            publish("hung", 8);
            for (int i = 1; i <= 40; i++) {
                publish("slow", 100);
                long before = System.nanoTime();
                publish("fast", 1);
                awaitGot("fast", i);
                slowest[0] = Math.max(slowest[0], System.nanoTime() - before);
            }

            assertTrue(slowest[0] < Duration.ofSeconds(10).toNanos(), slowest[0] / 1_000_000 + " ms");
            awaitFinding("validator " + getClass().getName(), " of hung does not return although it was interrupted: ",
                    ". Each call keeps a thread, and after two the messages of a topic are ignored. The log shows where"
                    + " it is; correct the application, and restart its bundle.");
            logged.says("The validator " + getClass().getName(), " of hung does not return although it was"
                    + " interrupted; another thread replaces the lost one");
            logged.says("The validator " + getClass().getName(), " of slow is too slow; what is beyond its bound is"
                    + " ignored");
            awaitFinding("validator " + getClass().getName(), " of slow is too slow or hangs: ",
                    " of its topics ignored. Make it faster, or raise validatorThreads or validationQueueMessages of"
                    + " org.ippan.network.gossip.");

            hung.close();
            Eventually.until(() -> "nothing of the hung one in " + findings(), SOON,
                    () -> findings().stream().noneMatch(text -> text.contains(" of hung ")));
        } finally {
            never.countDown();
        }
    }

    /** As an application does that waits for something and takes no notice of interrupts. */
    private static void awaitForEver(CountDownLatch never) {
        boolean over = false;
        while (!over) {
            try {
                never.await();
                over = true;
            } catch (InterruptedException e) {
                over = false;
            }
        }
    }

    @Test
    void shouldNameListenersAndValidatorsThatThrow() {
        start(builder -> { });
        receiver.subscribe("prices", message -> {
            throw new IllegalStateException("no database");
        });
        receiver.validate("orders", message -> {
            throw new AssertionError("no schema");
        });

        publish("prices", 500);
        publish("orders", 500);

        awaitFinding("listener " + getClass().getName(), " of prices failed 500 times", "no database");
        awaitFinding("validator " + getClass().getName(), " of orders failed 500 times", "no schema");
        logged.says("WARN ", "The listener " + getClass().getName(), " of prices failed; the node goes on:"
                + " java.lang.IllegalStateException: no database");
        logged.says("WARN ", "The validator " + getClass().getName(), " of orders failed; the node goes on:"
                + " java.lang.AssertionError: no schema");
        assertEquals(2, logged.count("\tat " + getClass().getName() + ".lambda$shouldNameListenersAnd"),
                "one stack trace each");
    }

    @Test
    void shouldNameEventListenersAndDiscoveriesThatThrow() {
        sender = nodes.embed("sender");
        receiver = nodes.embed("receiver");
        receiver.register(NetworkEventListener.class, event -> {
            throw new NoClassDefFoundError("gone");
        }, Map.of());
        receiver.register(PeerDiscovery.class, found -> {
            throw new IllegalStateException("no name server");
        }, Map.of());

        receiver.service(PeerAdmin.class).add(sender.listenAddress().orElseThrow(), "sender");

        awaitFinding("event listener " + getClass().getName(), "gone");
        awaitFinding("discovery " + getClass().getName(), "no name server");
    }

    @Test
    void shouldTakeARegistrationForAServiceNotForItsObject() {
        start(builder -> { });
        GossipListener listener = this::count;
        IppanNode.Registration first = receiver.subscribe("a", listener);
        receiver.subscribe("b", listener);

        publish("a", 1);
        publish("b", 1);
        awaitGot("a", 1);
        awaitGot("b", 1);

        first.close();
        publish("a", 1);
        publish("b", 1);

        awaitGot("b", 2);
        assertEquals(1, got("a"));
    }

    @Test
    void shouldFollowChangedPropertiesOfListenersAndValidators() {
        start(builder -> { });
        ServiceRegistration<GossipListener> listener = register(GossipListener.class, this::count, "old");
        ServiceRegistration<MessageValidator> validator = register(MessageValidator.class,
                message -> Verdict.IGNORE, "new");
        publish("old", 1);
        publish("new", 1);
        awaitGot("old", 1);
        Eventually.until("it is ignored", SOON, () -> receiver.gossip().snapshot().ignored() == 1);
        listener.setProperties(new Hashtable<>(Map.of(GossipListener.TOPIC, new String[] {"new", "last"})));
        validator.setProperties(new Hashtable<>(Map.of(MessageValidator.TOPIC, "other")));
        publish("old", 1);
        publish("new", 1);
        publish("last", 1);

        awaitGot("last", 1);
        awaitGot("new", 1);
        assertEquals(1, got("old"));
    }

    @Test
    void shouldRefuseWrongServicePropertiesInWords() {
        start(builder -> { });
        ServiceRegistration<GossipListener> listener = register(GossipListener.class, this::count, "prices*");

        awaitFinding("listener " + getClass().getName(), "ippan.topic = prices*: must be a topic's name");
        listener.setProperties(new Hashtable<>(Map.of(GossipListener.TOPIC, "prices/*")));
        Eventually.until(() -> "nothing refused in " + findings(), SOON, () -> findings().isEmpty());
        publish("prices/a", 1);

        awaitGot("prices/a", 1);
    }
}
