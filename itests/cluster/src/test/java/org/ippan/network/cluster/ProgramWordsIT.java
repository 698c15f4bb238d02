// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.typed.PayloadException;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.PayloadFormats;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.osgi.service.cm.ConfigurationAdmin;

/** What programs are told that make a mistake, in the node's own JVM or as clients of its beans. */
@Tag(Nodes.WAITING)
class ProgramWordsIT {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final PeerId STRANGER = PeerId.parse("ab".repeat(32));

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private IppanNode node;

    @BeforeEach
    void start() {
        node = nodes.embed("node", builder -> builder.set("org.ippan.network.management", "domainNode", "words"));
    }

    /** The texts of all that was thrown. */
    private static void isTold(String words, Executable mistake) {
        StringBuilder told = new StringBuilder();
        Throwable thrown = assertThrows(Exception.class, mistake);
        while (thrown != null) {
            told.append(thrown.getMessage()).append('\n');
            thrown = thrown.getCause();
        }
        assertTrue(told.toString().contains(words), words + " in " + told);
    }

    private static ObjectName bean(String type) throws Exception {
        return new ObjectName("org.ippan.network:type=" + type + ",node=words");
    }

    private static Object call(String type, String operation, String... arguments) throws Exception {
        return BEANS.invoke(bean(type), operation, arguments, Stream.of(arguments).map(each -> String.class.getName())
                .toArray(String[]::new));
    }

    @Test
    void shouldTellClientsOfBeansWhatIsWrong() throws Exception {
        isTold("Id is read-only", () -> BEANS.setAttribute(bean("Node"), new Attribute("Id", "another")));
        isTold("no attribute Capacty; did you mean Capacity?", () -> BEANS.getAttribute(bean("Dedup"), "Capacty"));
        isTold("no operation forget with 0 arguments; there are ", () -> call("Dedup", "forget"));
        isTold("address = paris: must be an IP address, or a prefix as it is listed among the blocked ones",
                () -> call("Peers", "unblock", "paris"));
        isTold("alias = a b: must be 1 to 64 letters, digits, '-' and '_' to be kept; choose another, or add the peer"
                + " as transient", () -> call("Peers", "add", "127.0.0.1:1", "a b"));
        isTold("alias = a?b: must be at most 64 characters without control characters, and neither an address nor 8 or"
                + " more digits of an id", () -> call("Peers", "addTransient", "127.0.0.1:1", "a\nb"));
        node.service(ConfigurationAdmin.class).getFactoryConfiguration("org.ippan.network.peers.peer", "lyon", "?")
                .update(new Hashtable<>(Map.of("address", "127.0.0.1:1", "felix.fileinstall.filename", "file:/lyon")));
        isTold("alias = lyon: change this peer in file:/lyon", () -> call("Peers", "add", "127.0.0.1:2", "lyon"));
        Eventually.until("the peer is known", Nodes.SOON,
                () -> node.peers().peers().stream().anyMatch(peer -> peer.alias().equals("lyon")));
        isTold("alias = lyon: change this peer in file:/lyon", () -> call("Peers", "add", "127.0.0.1:2", "lyon"));
        isTold("alias = lyon: change this peer in file:/lyon", () -> call("Peers", "add", "127.0.0.1:1", "nice"));
        isTold("alias = lyon: change this peer in file:/lyon",
                () -> call("Peers", "addTransient", "127.0.0.1:2", "lyon"));
        node.set("org.ippan.network.reputation", "maxHandBans", "1");
        node.service(ReputationAdmin.class).ban(PeerId.parse("cd".repeat(32)), Duration.ofHours(1), "a test");
        isTold("there are 1 bans by hand already, and maxHandBans is 1; pardon some first", () -> node.service(
                ReputationAdmin.class).ban(STRANGER, Duration.ofHours(1), "a test"));
        isTold("wrong type of argument for ban", () -> BEANS.invoke(bean("Reputation"), "ban", new Object[] {
            STRANGER.toString(), "an hour", "a test"}, new String[] {String.class.getName(), String.class.getName(),
                String.class.getName()}));
        isTold("capacity is given twice", () -> call("Dedup", "change", "capacity=100000; capacity=200000"));
        isTold("nothing to change: write key=value; key=value", () -> call("Dedup", "change", " "));
        nodes.embed("other", builder -> builder.set("org.ippan.network.management", "domainNode", "words"));
        logged.says("WARN ", "type=Dedup", "node=words belongs to another node in this JVM; set domainNode to tell them"
                + " apart");
        ObjectName gone = bean("Reputation");
        BEANS.unregisterMBean(gone);
        node.close();
        logged.says("WARN ", "type=Reputation", " was unregistered by another program");
    }

    private static final class Waiting implements TypedListener<Thread> {

        @Override
        public Class<Thread> type() {
            return Thread.class;
        }

        @Override
        public void onValue(Thread value, ReceivedMessage message) {
            throw new IllegalStateException("there is no format");
        }
    }

    @Test
    void shouldTellProgramsInThisJvmWhatIsWrong() {
        isTold("a port is 0 to 65535, not 70000", () -> PeerAddress.parse("paris:70000"));
        isTold("an address has a scheme and a host", () -> PeerAddress.tcp("", 1));
        isTold("a range of ports goes up, from 1 to 65535", () -> ListenAddress.parse("paris:9-8"));
        isTold("only tcp is listened on", () -> ListenAddress.parse("ws://paris:9700/way"));
        isTold("' is no network like 10.0.0.0/8 or fc00::/7", () -> NetSet.parse(List.of("10.0.0.1")));
        isTold(" lacks @Setting", () -> SettingsSchema.of("of.a.program", Deprecated.class));
        isTold("a topic is 1 to 64 bytes of UTF-8 without control characters", () -> Topic.of(""));
        isTold(" has 64 hex digits, not 4: abcd", () -> PeerId.parse("abcd"));
        isTold("a message id has 64 hex digits, not 4: abcd", () -> MessageId.parse("abcd"));
        isTold(" has 32 bytes, not 3", () -> PeerId.of(new byte[3]));
        isTold(", must be at least a millisecond", () -> node.gossip().publishSettled(Message.of(Topic.of("a"),
                new byte[1]), Duration.ZERO));
        isTold("a ban lasts 0 s for ever, or more; not -1 s", () -> node.service(ReputationAdmin.class).ban(STRANGER,
                Duration.ofSeconds(-1), "a test"));
        node.register(TypedListener.class, new Waiting(), Map.of(GossipListener.TOPIC, "threads"));
        logged.says("Listener waits for a format: register a PayloadFormat of its type as a service; listener="
                + Waiting.class.getName() + " type=java.lang.Thread");
        Diagnosis.of(node).tells("WARN applications: The listener " + Waiting.class.getName() + " of threads gets no"
                + " message, as there is no format for the class it wants: java.lang.Thread. Register a PayloadFormat"
                + " of this class as a service, or start the bundle that does.");
        node.register(GossipListener.class, message -> { }, Map.of(GossipListener.TOPIC, "a", GossipListener.OVERFLOW,
                "drop"));
        logged.says("WARN ", "has service properties that are refused: ", "must be one of block, drop-oldest,"
                + " drop-newest");
    }

    @Test
    void shouldTellProgramsWhatBecomesOfTheirMessages() throws Exception {
        isTold("not published: no peer is connected (the doctor says why)", () -> call("Node", "publishText", "news",
                "now"));
        IppanNode other = nodes.embed("other", Nodes.address(node));
        Nodes.awaitPeers(node, 1);
        Nodes.awaitPeers(other, 1);
        Gossip gossip = node.gossip();
        isAnswered("it is on its way", gossip, message(1, 1));
        isAnswered("a message of equal topic, nonce and payload was seen before", gossip, message(1, 1));
        isAnswered("the payload is longer than maxMessageBytes of org.ippan.network.gossip allows", gossip,
                message(2, (1 << 20) + 1));
        node.set("org.ippan.network.transport", "outboundBytesPerSecond", "1024");
        AtomicInteger number = new AtomicInteger(10);
        Eventually.until("the network takes no more", Nodes.SOON, () -> gossip.publish(message(number.incrementAndGet(),
                1 << 20)).status() == PublishResult.Status.BACKPRESSURE);
        isAnswered("the network takes no more just now (try again in a second)", gossip, message(3, 1 << 20));

        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        node.subscribe("hangs", message -> {
            hanging.countDown();
            hang(over);
        });
        other.gossip().publish(Message.of(Topic.of("hangs"), new byte[1]));
        assertTrue(hanging.await(Nodes.SOON.toSeconds(), TimeUnit.SECONDS), "it hangs");
        node.close();
        logged.says("WARN ", "Gossip stops before all is done and drops the rest: validators or listeners hang, or"
                + " links are slow or gone; messagesToValidate=0 messagesToDeliver=1 ");
        logged.says("WARN ", "The listener ", " of hangs has not returned from a call, and its bundle stops: what it"
                + " was at is lost");
        isAnswered("the service for messages is starting, stopping or refuses to serve (try again in a few seconds; the"
                + " doctor says why it refuses)", gossip, message(4, 1));
        over.countDown();
    }

    private static void hang(CountDownLatch over) {
        while (over.getCount() > 0) {
            LockSupport.parkNanos(Nodes.HANGING_NANOS);
        }
    }

    private static Message message(long nonce, int length) {
        return Message.of(Topic.of("words"), new byte[length]).withNonce(nonce);
    }

    private static void isAnswered(String words, Gossip gossip, Message message) {
        assertEquals(words, gossip.publish(message).status().text());
    }

    /** Encodes what it must not, and decodes nothing. */
    private static final class Odd implements PayloadFormat<Integer> {

        @Override
        public Class<Integer> type() {
            return Integer.class;
        }

        @Override
        public byte[] encode(Integer value) {
            if (value < 0) {
                throw new IllegalStateException("negative");
            }
            return value == 0 ? null : new byte[1];
        }

        @Override
        public Integer decode(ByteBuffer payload) {
            throw new IllegalStateException("no number");
        }
    }

    @Test
    void shouldTellProgramsWhatIsWrongWithAFormat() {
        PayloadFormats formats = node.service(PayloadFormats.class);
        Topic topic = Topic.of("numbers");
        isTold("there is no format for java.lang.Integer; register a PayloadFormat of this class as a service",
                () -> formats.message(topic, 1));
        node.register(PayloadFormat.class, new Odd(), Map.of());

        isTold("a java.lang.Integer cannot be encoded by " + Odd.class.getName() + ": negative", () -> formats
                .message(topic, -1));
        isTold(Odd.class.getName() + ": it returned null", () -> formats.message(topic, 0));
        IppanNode other = nodes.embed("other", Nodes.address(node));
        List<String> told = new CopyOnWriteArrayList<>();
        node.subscribe("numbers", message -> told.add(assertThrows(PayloadException.class,
                () -> formats.value(Integer.class, message)).getMessage()));
        Nodes.awaitPeers(other, 1);
        other.gossip().publish(Message.of(topic, new byte[1]));
        Eventually.until(() -> "told: " + told, Nodes.SOON, () -> told.stream().anyMatch(each -> each.contains(
                " cannot be decoded as java.lang.Integer by " + Odd.class.getName() + ": no number")));
    }

    /** An interrupt must not decide whether a change that is stored is told as one that failed. */
    @Test
    void shouldChangeSettingsOnAThreadThatIsInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        node.set("org.ippan.network.gossip", "maxAgeSeconds", "99");
        boolean keptOnce = Thread.interrupted();
        Thread.currentThread().interrupt();
        BEANS.setAttribute(bean("Gossip"), new Attribute("ListenerQueue", 500));
        boolean keptTwice = Thread.interrupted();

        assertTrue(keptOnce && keptTwice);
        assertEquals("500, 99", BEANS.getAttribute(bean("Gossip"), "ListenerQueue") + ", " + BEANS.getAttribute(
                bean("Gossip"), "MaxAgeSeconds"));
    }

    @Test
    void shouldTellOfDecisionsByHand() {
        ReputationAdmin reputation = node.service(ReputationAdmin.class);

        reputation.ban(STRANGER, Duration.ofHours(1), "sends spam");
        logged.says("peer abababab is banned: by hand: sends spam");
        node.service(ReputationManager.class).remove(STRANGER);
        logged.says("peer abababab is let in again: forgotten by hand");
        reputation.ban(STRANGER, Duration.ofSeconds(1), "sends spam");
        logged.says("peer abababab is let in again: the ban by hand is over");
    }
}
