// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Sockets;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;

/** Chaos comes, is configured wrongly and rightly, and goes, under traffic in both directions over one link. */
public class ChaosIT {

    private static final String CHAOS = "org.ippan.network.chaos";
    private static final Topic TOPIC = Topic.of("chaos");
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(ChaosIT.class.getSimpleName());
    /** Of what comes fewer are lost: one that is lost four times is lost for good, which must not happen here. */
    private static final Map<String, Object> FAULTS = Map.of("dropOutbound", "500", "dropInbound", "200",
            "extraLatencyMillisMin", "1", "extraLatencyMillisMax", "20");
    /** Each key with a value that is refused. */
    private static final Map<String, String> WRONG = Map.of("dropOutbound", "10001", "dropInbound", "many",
            "extraLatencyMillisMin", "-1", "extraLatencyMillisMax", "0", "peers", "paris", "seed", "x", "minutes", "0");

    private final Map<String, Set<String>> received = new ConcurrentHashMap<>();
    private final List<String> twice = new CopyOnWriteArrayList<>();
    private final List<NetworkEvent> events = new CopyOnWriteArrayList<>();
    private PlainFelix paris;
    private PlainFelix rome;
    private Publisher publisher;

    /** Publishes at both nodes in turn. */
    private final class Publisher extends Thread {

        private volatile boolean ends;
        private int published;

        Publisher() {
            super("traffic");
        }

        @Override
        public void run() {
            try {
                while (!ends) {
                    for (PlainFelix node : List.of(paris, rome)) {
                        String text = (node == paris ? "paris " : "rome ") + published;
                        while (!node.service(Gossip.class).publish(Message.of(TOPIC, text.getBytes())).accepted()) {
                            sleep(1);
                        }
                    }
                    published++;
                    sleep(1);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        paris = node("paris");
        Eventually.until("paris listens", NodeInside.SOON,
                () -> paris.service(Transport.class).listenAddress().isPresent());
        rome = node("rome", paris.service(Transport.class).listenAddress().orElseThrow().toString());
        Eventually.until("they are connected", NodeInside.SOON,
                () -> rome.service(Gossip.class).snapshot().links() == 1
                        && paris.service(Gossip.class).snapshot().links() == 1);
        paris.start(List.of("org.ippan.network.doctor"));
        paris.context().registerService(NetworkEventListener.class, events::add, null);
        publisher = new Publisher();
        publisher.start();
    }

    private PlainFelix node(String name, String... seeds) throws Exception {
        PlainFelix felix = new PlainFelix(FOLDER.resolve(name));
        felix.configure("org.ippan.network.transport", "listenAddress", "127.0.0.1:0");
        felix.configure("org.ippan.network.peers", "seeds", seeds);
        felix.start(Container.PROVIDERS);
        Set<String> texts = received.computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet());
        felix.context().registerService(GossipListener.class, message -> {
            String text = new String(message.payloadBytes());
            if (!texts.add(text)) {
                twice.add(name + ": " + text);
            }
        }, new Hashtable<>(Map.of(GossipListener.TOPIC, TOPIC.name())));
        return felix;
    }

    @After
    public void stop() throws InterruptedException {
        if (publisher != null) {
            publisher.ends = true;
            publisher.join();
        }
        rome.close();
        paris.close();
    }

    private ChaosSnapshot chaos() {
        return source(SnapshotSource.class).map(found -> (ChaosSnapshot) found.snapshot()).findFirst().orElseThrow();
    }

    private <T> Stream<T> source(Class<T> type) {
        try {
            return paris.context().getServiceReferences(type, "(" + SnapshotSource.NAME + "=Chaos)").stream()
                    .map(paris.context()::getService);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private String refusal() {
        return source(Configurable.class).findFirst().orElseThrow().settings().lastConfigError().orElse("");
    }

    private boolean isThereAFault() {
        return paris.context().getServiceReference(FrameFault.class) != null;
    }

    private List<String> findings() {
        return paris.service(Doctor.class).glance().stream().map(finding -> finding.toString().replaceAll("\\s+", " "))
                .filter(finding -> finding.contains(" chaos:")).toList();
    }

    private void awaitLosses() {
        ChaosSnapshot before = chaos();
        Eventually.until(() -> "messages are lost and held: " + chaos(), NodeInside.SOON, () ->
                chaos().droppedInbound() > before.droppedInbound() + 5
                        && chaos().droppedOutbound() > before.droppedOutbound() + 5
                        && chaos().delayedInbound() > before.delayedInbound() + 50);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("ippan-chaos")).collect(Collectors.toSet());
    }

    @Test
    public void shouldComeAndGoUnderTrafficAndLeaveNothing() throws Exception {
        Eventually.until("messages flow", NodeInside.SOON, () -> received.get("rome").size() > 100);
        final int sockets = Sockets.here().size();
        final long accepted = paris.service(Transport.class).snapshot().accepted();
        Inventory inventory = new Inventory();
        Bundle bundle = paris.start(List.of(CHAOS)).get(0);
        assertEquals(List.of(), findings());
        assertTrue("nothing is lost unless a key says so", !isThereAFault() && !chaos().active());

        paris.configure(CHAOS, FAULTS);
        awaitLosses();
        finds("WARN chaos: This node makes faults on purpose for another 10 min: 5.00 % of messages to peers are lost,"
                + " 2.00 % of messages from peers are lost, messages from peers are held for 1 to 20 ms on all links."
                + " To end them now, take the keys of org.ippan.network.chaos out, or remove that bundle.");
        configureWrongly();

        paris.configure(CHAOS, "dropInbound", "0");
        Eventually.until("it has ended", NodeInside.SOON, () -> !isThereAFault());
        Eventually.until("nothing is found", NodeInside.SOON, () -> findings().isEmpty());
        paris.configure(CHAOS, FAULTS);
        awaitLosses();
        inventory.note(List.of(bundle));
        bundle.stop();
        assertTrue("no fault without the bundle", !isThereAFault());
        bundle.start();
        awaitLosses();
        bundle.update();
        Eventually.until("it is there again", NodeInside.SOON,
                () -> source(SnapshotSource.class).findAny().isPresent());
        awaitLosses();
        inventory.note(List.of(bundle));
        bundle.uninstall();

        checkThatAllCame();
        // The link outlives the fault, and must not keep the receiver of messages that the fault stood before.
        Bundle gossip = Stream.of(paris.context().getBundles())
                .filter(each -> each.getSymbolicName().equals("org.ippan.network.gossip")).findFirst().orElseThrow();
        inventory.note(List.of(gossip));
        gossip.update();
        Eventually.until(() -> "no thread is left of " + threads(), NodeInside.SOON, () -> threads().isEmpty());
        inventory.awaitNoLoaderBut(List.of(gossip));
        assertEquals(sockets, Sockets.here().size());
        assertEquals("the link is the same", accepted, paris.service(Transport.class).snapshot().accepted());
        assertEquals(1, paris.service(PeerDirectory.class).connected().size());
        Eventually.until(() -> "all is told: " + events, NodeInside.SOON, () -> told().equals(List.of("CHAOS_STARTED",
                "CHAOS_ENDED", "CHAOS_STARTED", "CHAOS_ENDED", "CHAOS_STARTED", "CHAOS_ENDED", "CHAOS_STARTED",
                "CHAOS_ENDED")));
        tells("Faults on purpose for 10 min: 5.00 % of messages to peers are lost, ");
        tells("Faults on purpose ended: the settings name none any more");
        tells("Faults on purpose ended: the bundle stops");
    }

    private void tells(String text) {
        assertTrue(text + " in " + events, events.stream().anyMatch(event -> event.text().startsWith(text)));
    }

    private void configureWrongly() throws Exception {
        for (Map.Entry<String, String> wrong : WRONG.entrySet()) {
            Map<String, Object> keys = new HashMap<>(FAULTS);
            keys.put(wrong.getKey(), wrong.getValue());
            paris.configure(CHAOS, keys);
            Eventually.until(() -> wrong + " is refused in words: " + refusal(), NodeInside.SOON,
                    () -> refusal().contains(wrong.getKey() + " = " + wrong.getValue() + ": must be "));
            assertTrue("what was in force goes on", chaos().active() && chaos().runs() == 1);
        }
        awaitLosses();
    }

    private void finds(String expected) {
        Pattern line = Pattern.compile(Pattern.quote(expected));
        Eventually.until(() -> expected + "\nin\n" + findings(), NodeInside.SOON,
                () -> findings().stream().anyMatch(line.asMatchPredicate()));
    }

    private List<String> told() {
        List<String> types = new ArrayList<>();
        events.forEach(event -> types.add(event.type().name()));
        return types.stream().filter(type -> type.startsWith("CHAOS")).toList();
    }

    private void checkThatAllCame() throws InterruptedException {
        publisher.ends = true;
        publisher.join();
        int published = publisher.published;
        assertTrue("published " + published, published > 500);
        Eventually.until(() -> "all " + published + " came: " + received.get("rome").size() + ", "
                + received.get("paris").size(), NodeInside.SOON, () -> received.values().stream()
                .allMatch(texts -> texts.size() == published));
        assertEquals(List.of(), twice);
    }
}
