// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Formats and listeners of objects that fail: each is named by its own class, and costs the others nothing. */
@Tag(Nodes.WAITING)
class RoughObjectsIT {

    private static final String HERE = RoughObjectsIT.class.getName();
    private static final int MESSAGES = 5;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final AtomicInteger got = new AtomicInteger();

    /** An object that is its own format. */
    private static final class Price implements PayloadFormat<Price> {

        @Override
        public Class<Price> type() {
            return Price.class;
        }

        @Override
        public byte[] encode(Price value) {
            return new byte[0];
        }

        @Override
        public Price decode(ByteBuffer payload) {
            return this;
        }
    }

    private static final class Failing implements TypedListener<Price> {

        @Override
        public Class<Price> type() {
            return Price.class;
        }

        @Override
        public void onValue(Price value, ReceivedMessage message) {
            throw new IllegalStateException("no database");
        }
    }

    /** Cannot say what it is for, as that class is not there. */
    private static final class Broken implements PayloadFormat<Object> {

        @Override
        public Class<Object> type() {
            throw new NoClassDefFoundError("org/example/Gone");
        }

        @Override
        public byte[] encode(Object value) {
            return new byte[0];
        }

        @Override
        public Object decode(ByteBuffer payload) {
            return payload;
        }
    }

    /** Fails in its turn when it is asked what it is. */
    private static final class Odd extends IllegalStateException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }
    }

    /** Of a number that the protocol gives to none. */
    private static final class UnknownCodec implements PayloadCodec {

        @Override
        public int number() {
            return 9;
        }

        @Override
        public String name() {
            return "unknown";
        }

        @Override
        public CodecWorker newWorker() {
            throw new IllegalStateException("it is not asked");
        }
    }

    @Test
    void shouldNameListenersAndFormatsThatFailAndServeTheOthers() {
        IppanNode sender = nodes.embed("sender");
        IppanNode receiver = nodes.embed("receiver", Nodes.address(sender));
        Eventually.until("gossip speaks over the link", Nodes.SOON, () -> sender.gossip().snapshot().links() == 1
                && receiver.gossip().snapshot().links() == 1);
        IppanNode.Registration broken = receiver.register(PayloadFormat.class, new Broken(), Map.of());
        receiver.register(TypedListener.class, new Failing(), Map.of(GossipListener.TOPIC, "prices"));
        receiver.register(TypedListener.class, new Failing(), Map.of("topic", "prices"));
        receiver.register(PayloadFormat.class, new Price(), Map.of());
        receiver.register(PayloadCodec.class, new UnknownCodec(), Map.of());
        receiver.subscribe("prices", message -> {
            throw new Odd();
        });
        receiver.subscribe("prices", message -> got.incrementAndGet());

        for (int i = 0; i < MESSAGES; i++) {
            Message message = Message.of(Topic.of("prices"), new byte[1]).withNonce(i);
            Eventually.until("it is accepted", Nodes.SOON, () -> sender.gossip().publish(message).accepted());
        }

        Eventually.until(() -> got + " of " + MESSAGES, Nodes.SOON, () -> got.get() == MESSAGES);
        Diagnosis doctor = Diagnosis.of(receiver);
        doctor.tells("WARN applications: The listener " + HERE + "$Failing of prices failed " + MESSAGES + " times, and"
                + " it has not dealt with these messages: java.lang.IllegalStateException: no database. The log shows"
                + " the stack trace; correct the application.");
        doctor.tells("WARN applications: The listener " + HERE + "$Failing has service properties that are refused:"
                + " ippan.topic is missing (was topic meant?): …");
        doctor.tells("FAIL applications: The format " + HERE + "$Broken failed and is not used any more:"
                + " java.lang.NoClassDefFoundError: org/example/Gone. Correct the application, and restart its"
                + " bundle.");
        doctor.tells("WARN applications: The listener " + HERE + "… of prices failed " + MESSAGES + " times, and it has"
                + " not dealt with these messages: " + Odd.class.getName() + " (which has no text). The log shows the"
                + " stack trace; correct the application.");
        doctor.tells("WARN applications: The codec " + HERE + "$UnknownCodec has service properties that are refused:"
                + " number = 9: must be 1 (deflate) or 2 (zstd). …");
        broken.close();
        Eventually.until("it is forgotten", Nodes.SOON, () -> receiver.findAll(CallbackFaultSource.class).stream()
                .flatMap(source -> source.callbackFaults().stream())
                .noneMatch(fault -> fault.kind() == CallbackKind.FORMAT));
    }

    /** What an application tells: of each kind that no counter of the network has. */
    private record Counters(@Measure("A number.") long number, int undescribed, Map<String, Long> byName,
            Counter nothing) {
    }

    private record Counter(@Measure("A number.") long number) {
    }

    /** What fails stands in a list. */
    private record Rows(@Measure("Rows.") List<Row> rows) {
    }

    private record Row(@Measure("A number.") long number) {

        @Override
        public long number() {
            throw new IllegalStateException("no database");
        }
    }

    /** Another object each time. */
    private static SnapshotSource telling(long number) {
        return () -> new Counter(number);
    }

    private static Map<String, ?> named(Object name) {
        return name == null ? Map.of() : Map.of(SnapshotSource.NAME, name);
    }

    @Test
    void shouldShowWhatTheNodeTellsWhateverApplicationsTell() throws Exception {
        IppanNode node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0));
        for (Object name : Arrays.asList(null, "", "a=b,c", "a\nb", 5, "Node", "a-b", "x".repeat(65))) {
            node.register(SnapshotSource.class, telling(7), named(name));
        }
        node.register(SnapshotSource.class, () -> null, named("Null"));
        node.register(SnapshotSource.class, () -> {
            throw new StackOverflowError();
        }, named("Deep"));
        node.register(SnapshotSource.class, () -> new Rows(List.of(new Row(1))), named("Rows"));
        node.register(SnapshotSource.class, () -> new Counters(1, 2, Map.of("a", 3L), null), named("Odd"));
        node.register(SnapshotSource.class, telling(8), named("Odd"));
        IppanNode.Registration other = node.register(SnapshotSource.class, telling(7), named("Dedup"));
        for (String taken : List.of("Web", "nat", "Discovery.dns", "web_socket")) {
            node.register(SnapshotSource.class, telling(7), named(taken));
        }
        node.register(SnapshotSource.class, telling(7), named("Orders.of_today"));

        Diagnosis doctor = Diagnosis.of(node);
        for (String why : List.of("is missing", "= : must be", "= a=b,c: must be", "= a?b: must be", "= 5: must be",
                "= Node: must be", "= a-b: must be letters, digits and _, and not Node, Peer or PeerSettings; behind a"
                + " dot stands which of several it is", "= Dedup: a service of the network has this name",
                "= Odd: another service has this name", "= Web: a service of the network has this name",
                "= nat: a service of the network has this name",
                "= Discovery.dns: a service of the network has this name")) {
            doctor.tells("WARN applications: The snapshot source " + HERE + "… has service properties that are refused:"
                    + " ippan.name " + why + "…");
        }
        doctor.tells("WARN applications: The snapshot source " + HERE + "… failed …, and what it tells is missing:"
                + " java.lang.IllegalStateException: java.lang.IllegalStateException: no database. …");
        isShown(node);
        other.close();
        isShown(node);
    }

    /** It is there before the page, which is asked for at the start. */
    @Test
    void shouldStartWhateverApplicationsTell() {
        SnapshotSource broken = () -> {
            throw new IllegalStateException("no database");
        };
        IppanNode node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0)
                .service(SnapshotSource.class, broken, named("Broken")));

        assertTrue(node.httpAddress().isPresent());
        Diagnosis.of(node).tells("WARN applications: The snapshot source " + HERE + "… failed …, and what it tells is"
                + " missing: java.lang.IllegalStateException: no database. …");
    }

    private static void isShown(IppanNode node) throws Exception {
        HttpResponse<String> metrics = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://"
                + node.httpAddress().orElseThrow() + "/metrics")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, metrics.statusCode(), metrics.body());
        for (String line : List.of("ippan_dedup_size ", "ippan_orders_number{name=\"of_today\"} 7.0", "ippan_odd_number"
                + " 1.0")) {
            assertTrue(metrics.body().contains(line), line + " in " + metrics.body());
        }
        try (JmxClient jmx = JmxClient.local()) {
            assertEquals(0L, ((Number) jmx.get("Dedup", "Size")).longValue());
            assertEquals(1L, jmx.get("Odd", "Number"));
            assertEquals(node.httpAddress().orElseThrow().toString(), jmx.get("Web", "BoundAddress"));
            assertEquals(node.id().toString(), jmx.get("Node", "Id"));
        }
    }
}
