// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.ippan.network.api.Topic;
import org.ippan.network.api.eventadmin.EventAdminSnapshot;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Events between Felix's Event Admin of two nodes. */
public class EventAdminIT {

    private static final List<String> BUNDLES = List.of("org.apache.felix.eventadmin", "org.ippan.network.eventadmin");
    private static final String PID = "org.ippan.network.eventadmin";

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream shown = System.err;
    private final List<Event> handled = new CopyOnWriteArrayList<>();
    private final List<Event> home = new CopyOnWriteArrayList<>();
    private EmbeddedNode alice;
    private EmbeddedNode bob;

    @Before
    public void start() throws Exception {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Path folder = Files.createTempDirectory(Files.createDirectories(Container.TARGET.resolve("felix")), "events");
        alice = new EmbeddedNode(folder.resolve("alice"));
        bob = new EmbeddedNode(folder.resolve("bob"),
                alice.service(Transport.class).listenAddress().orElseThrow().toString());
        // What the page of documents has one write into the file.
        String[] line = CodeBlock.of(Path.of("..", "..", "docs", "applications.md"), EventAdminIT.class).get(0).text()
                .strip().split(" = ");
        for (EmbeddedNode node : List.of(alice, bob)) {
            node.install(BUNDLES);
            node.configure(PID, line[0], line[1]);
            Eventually.until("gossip has its link", NodeInside.SOON,
                    () -> node.service(Gossip.class).snapshot().links() == 1);
            Eventually.until("the topics are in force", NodeInside.SOON,
                    () -> snapshot(node).topics().equals("com/acme/orders, com/acme/bills/*"));
        }
        handle(bob, handled);
        handle(alice, home);
    }

    @After
    public void stop() {
        bob.close();
        alice.close();
        System.setErr(shown);
        System.err.print(log.toString(StandardCharsets.UTF_8));
    }

    private static void handle(EmbeddedNode node, List<Event> events) {
        node.context().registerService(EventHandler.class, events::add,
                new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, "com/acme/*")));
    }

    private static EventAdminSnapshot snapshot(EmbeddedNode node) {
        try {
            return node.context().getServiceReferences(SnapshotSource.class, "(" + SnapshotSource.NAME + "=EventAdmin)")
                    .stream().map(found -> (EventAdminSnapshot) node.context().getService(found).snapshot())
                    .findFirst().orElseThrow();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void post(EmbeddedNode node, String topic, Map<String, ?> properties) {
        node.service(EventAdmin.class).postEvent(new Event(topic, properties));
    }

    @Test
    public void shouldHandEventsToTheHandlersOfTheOtherNodeAndNotBack() throws Exception {
        post(alice, "com/acme/orders", Map.of("number", 42, "parts", new String[] {"a", "b"}));
        post(alice, "com/acme/bills/paid", Map.of("amounts", List.of(1.5, 2.5), "subject", new Subject()));
        post(alice, "com/acme/secret", Map.of());
        post(alice, "com/acme/orders", Map.of("node", new Object()));
        Eventually.until(() -> "two events: " + handled, NodeInside.SOON, () -> handled.size() == 2);
        post(bob, "com/acme/orders", Map.of("number", 43));
        Eventually.until(() -> "the answer: " + home, NodeInside.SOON, () -> home.size() == 5);

        assertEquals(42, handled.get(0).getProperty("number"));
        assertEquals(List.of("a", "b"), List.of((String[]) handled.get(0).getProperty("parts")));
        assertEquals(List.of(1.5, 2.5), handled.get(1).getProperty("amounts"));
        assertFalse("a login stays at its node", handled.get(1).containsProperty("subject"));
        assertEquals(43, home.get(4).getProperty("number"));
        assertEquals(3, handled.size());
        assertEquals(2, snapshot(alice).sent());
        assertEquals(1, snapshot(bob).sent());
        assertTrue(snapshot(alice).lastProblem(), snapshot(alice).lastProblem().startsWith(
                "Event not sent to other nodes: property node has the type java.lang.Object; carried are "));

        bob.configure(PID, "topics", "com/acme/bills/*");
        Eventually.until("other topics", NodeInside.SOON, () -> snapshot(bob).topics().equals("com/acme/bills/*"));
        post(alice, "com/acme/orders", Map.of());
        Eventually.until("it is not wanted", NodeInside.SOON, () -> snapshot(bob).unwanted() == 1);
        assertEquals(3, handled.size());
        saySoOfWhatIsNotCarried();
    }

    private void saySoOfWhatIsNotCarried() throws Exception {
        bob.configure(PID, "topics", "*");
        says("ERROR", PID + ": topics = *: must be at most 64 topics like com/acme/orders or com/acme/*, not * alone,"
                + " and none below org/osgi, whose events are of one container");
        bob.configure(PID, "topics", "com/acme/*");
        Eventually.until("all topics", NodeInside.SOON, () -> snapshot(bob).topics().equals("com/acme/*"));
        says("INFO", "Event Admin started: ");
        says("INFO", "Event Admin configured: ");

        String notSent = "Event not sent to other nodes: ";
        post(alice, "com/acme/orders", Map.of("text", "x".repeat(100_000)));
        tells(alice, notSent + "it has 100", " bytes, more than maxEventBytes = ", "; topic=com/acme/orders");
        post(alice, "com/acme/orders", Map.of("parts", List.of("a", 1)));
        tells(alice, notSent + "property parts holds a java.lang.Integer beside values of java.lang.String; carried are"
                + " strings, booleans, characters, numbers of Java's primitive types, arrays and lists of one of"
                + " these");
        isNoEvent("its version is 9, this node knows 1", 9);
        isNoEvent("it is too short", 1, 0);
        isNoEvent("it promises 5 more where 0 bytes are left", 1, 0, 0, 0, 5);
        isNoEvent("it has bytes too many, or a property twice", 1, 0, 0, 0, 0, 0, 0, 0, 0, 7);
        isNoEvent("it has a value of the unknown shape 9 or type 0", 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 9, 0);
        isNoEvent("it has primitive texts", 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0);
        Eventually.until(() -> "lines left out: " + log, NodeInside.SOON, () -> {
            post(alice, "com/acme/orders", Map.of("node", new Object()));
            return log.toString(StandardCharsets.UTF_8).contains(" other lines left out: more than 1 a second)");
        });
        bob.close();
        Eventually.until(() -> "no peer: " + snapshot(alice), NodeInside.SOON, () -> {
            post(alice, "com/acme/orders", Map.of());
            return snapshot(alice).lastProblem().equals(notSent + "no peer is connected (the doctor says why);"
                    + " topic=com/acme/orders");
        });
    }

    private void says(String level, String line) {
        Eventually.until(() -> line + " in " + log, NodeInside.SOON, () -> log.toString(StandardCharsets.UTF_8).lines()
                .anyMatch(each -> each.contains(level) && each.contains(line)));
    }

    private static void tells(EmbeddedNode node, String... parts) {
        Eventually.until(() -> String.join(" … ", parts) + ", not " + snapshot(node).lastProblem(), NodeInside.SOON,
                () -> Stream.of(parts).allMatch(snapshot(node).lastProblem()::contains));
    }

    /** Another program may publish by the topic of events. */
    private void isNoEvent(String why, int... bytes) {
        ByteBuffer payload = ByteBuffer.allocate(bytes.length);
        IntStream.of(bytes).forEach(each -> payload.put((byte) each));
        assertTrue(alice.service(Gossip.class).publish(Message.of(Topic.of("event-admin"), payload.array()))
                .accepted());
        tells(bob, "Message is no event: " + why + "; peer=");
    }
}
