// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import org.ippan.network.api.eventadmin.EventAdminSnapshot;
import org.ippan.network.api.gossip.Gossip;
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

    private final List<Event> handled = new CopyOnWriteArrayList<>();
    private final List<Event> home = new CopyOnWriteArrayList<>();
    private EmbeddedNode alice;
    private EmbeddedNode bob;

    @Before
    public void start() throws Exception {
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
    }
}
