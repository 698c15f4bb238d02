// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.junit.jupiter.api.Test;

/** The orders that JMX, HTTP and all shells give. */
class OrdersTest {

    private static final String STRANGER = "ab".repeat(32);

    private final NodeServices services = new NodeServices();
    private final Orders orders = new Orders(services, () -> 7);
    private final List<String> done = new ArrayList<>();
    private final Queue<Status> answers = new ArrayDeque<>();
    private final List<Message> published = new ArrayList<>();
    private Optional<String> pid = Optional.empty();
    private boolean found = true;
    private PeerAddress configured;

    /** What one bundle registers for both. */
    private interface Admin extends PeerAdmin, ReputationAdmin, SnapshotSource {
    }

    private void bindAll() {
        services.bind("Admin", fake(Admin.class));
        services.bind("Gossip", fake(Gossip.class));
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "publish" -> publish((Message) arguments[0]);
                    case "whenWritable" -> CompletableFuture.completedFuture(null);
                    case "keep" -> pid;
                    case "isConfigured" -> arguments[0].equals(configured);
                    default -> {
                        done.add(method.getName() + ' ' + arguments[0]);
                        yield method.getReturnType() == boolean.class ? found : null;
                    }
                }));
    }

    /** Knows one peer, connected from there. */
    private static PeerDirectory directory(PeerAddress from) {
        Peer guest = new Peer(Optional.empty(), "", from, false, Direction.INBOUND, true, Optional.empty(),
                Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, "", "", CircuitState.CLOSED,
                EndCause.NONE, "", Optional.empty(), 0, 0, ReputationScore.NEUTRAL, PeerHealth.UNKNOWN,
                PeerState.CONNECTED);
        return (PeerDirectory) Proxy.newProxyInstance(PeerDirectory.class.getClassLoader(),
                new Class<?>[] {PeerDirectory.class}, (proxy, method, arguments) -> method.getName().equals("connected")
                        ? List.of(guest) : method.getReturnType() == List.class ? List.of() : Optional.empty());
    }

    private PublishResult publish(Message message) {
        Status status = answers.isEmpty() ? Status.ACCEPTED : answers.remove();
        if (status == Status.ACCEPTED) {
            published.add(message);
        }
        return new PublishResult(status, Optional.of(MessageId.of(0, 0, 0, 0)));
    }

    @Test
    void shouldSayWhatWasDone() {
        bindAll();

        assertEquals("Banned abababab for ever.", orders.ban(STRANGER, 0, Orders.NO_REASON));
        assertEquals("Banned abababab for 60 s.", orders.ban(STRANGER, 60, "rubbish"));
        assertEquals("Pardoned abababab.", orders.pardon(STRANGER).orThrow());
        assertEquals("Disconnected abababab.", orders.disconnect(STRANGER, "why").orThrow());
        assertEquals("Dialling 10.0.0.1:9700.", orders.connect("10.0.0.1:9700"));
        assertEquals("Removed 10.0.0.1:9700.", orders.remove("10.0.0.1:9700").orThrow());
        assertEquals("Unblocked 10.0.0.1.", orders.unblock("10.0.0.1").orThrow());
        assertEquals(List.of("ban " + STRANGER, "ban " + STRANGER, "pardon " + STRANGER, "disconnect " + STRANGER,
                "connect 10.0.0.1:9700", "remove 10.0.0.1:9700", "unblock 10.0.0.1"), done);
    }

    @Test
    void shouldSayWhyThereWasNothingToDo() {
        bindAll();
        found = false;

        assertEquals("abababab is not banned.", orders.pardon(STRANGER).text());
        assertEquals("abababab is not connected.", orders.disconnect(STRANGER, "why").text());
        assertEquals("10.0.0.1:9700 is not known.", orders.remove("10.0.0.1:9700").text());
        assertEquals("10.0.0.1 is not blocked",
                assertThrows(IllegalStateException.class, () -> orders.unblock("10.0.0.1").orThrow()).getMessage());
    }

    @Test
    void shouldSayWhyAPeerStays() {
        bindAll();
        found = false;
        PeerAddress seed = PeerAddress.parse("10.0.0.1:9700");
        PeerAddress guest = PeerAddress.parse("10.0.0.2:51234");
        configured = seed;
        services.bind("Peers", directory(guest));

        assertEquals("10.0.0.1:9700 is in the configuration: take it out of seeds of org.ippan.network.peers, or delete"
                + " its own file.", orders.remove(seed.toString()).text());
        assertEquals("10.0.0.2:51234 is where a peer connected from by itself: disconnect it, or ban it.",
                orders.remove(guest.toString()).text());
        assertEquals("10.0.0.3:9700 is not known.", orders.remove("10.0.0.3:9700").text());
    }

    @Test
    void shouldSayWhetherAnAddedPeerIsKept() {
        bindAll();

        assertEquals("Added paris at 10.0.0.1:9700 until the node stops: there is no Config Admin to keep it.",
                orders.add("10.0.0.1:9700", "paris"));
        assertEquals("Added 10.0.0.1:9700 until the node stops.", orders.addTransient("10.0.0.1:9700", ""));
        assertEquals(List.of("add 10.0.0.1:9700", "add 10.0.0.1:9700"), done);
        pid = Optional.of("org.ippan.network.peers.peer~paris");
        assertEquals("Added paris at 10.0.0.1:9700, kept as the configuration org.ippan.network.peers.peer~paris.",
                orders.add("10.0.0.1:9700", "paris"));
        assertEquals(2, done.size());
        assertThrows(IllegalArgumentException.class, () -> orders.add("nowhere", "paris"));
    }

    @Test
    void shouldPublishEqualTextsAsMessagesOfTheirOwn() {
        bindAll();

        assertEquals("Published " + "0".repeat(64) + ".", orders.publish("news", "hello"));
        orders.publish("news", "hello");
        assertEquals("hello", new String(published.get(0).payload(), StandardCharsets.UTF_8));
        assertNotEquals(published.get(0).nonce(), published.get(1).nonce());
    }

    @Test
    void shouldWaitForRoomOnlyWhereItIsToldTo() throws InterruptedException {
        bindAll();
        answers.addAll(List.of(Status.BACKPRESSURE, Status.BACKPRESSURE, Status.BACKPRESSURE, Status.ACCEPTED,
                Status.NO_PEERS));

        assertThrows(IllegalStateException.class, () -> orders.publish("news", "hello"));
        orders.publish("news", "hello", 1);
        assertEquals(1, published.size());
        assertEquals("not published: no peer is connected (the doctor says why)", assertThrows(
                IllegalStateException.class, () -> orders.publish("news", "hello", 1)).getMessage());
    }

    @Test
    void shouldNameTheBundleThatIsAbsent() {
        services.bind("Gossip", fake(Gossip.class));

        assertEquals("PeerAdmin is absent: the bundle org.ippan.network.peers is stopped, being updated or not"
                + " installed", assertThrows(IllegalStateException.class,
                        () -> orders.connect(PeerAddress.tcp("10.0.0.1", 9700).toString())).getMessage());
    }
}
