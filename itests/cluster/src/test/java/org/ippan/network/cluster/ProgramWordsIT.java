// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.node.IppanNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

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
        isTold("a topic is 1 to 64 bytes of UTF-8 without control characters", () -> Topic.of(""));
        isTold(" has 64 hex digits, not 4: abcd", () -> PeerId.parse("abcd"));
        isTold(" has 32 bytes, not 3", () -> PeerId.of(new byte[3]));
        isTold(", must be at least a millisecond", () -> node.gossip().publishSettled(Message.of(Topic.of("a"),
                new byte[1]), Duration.ZERO));
        isTold("a ban lasts 0 s for ever, or more; not -1 s", () -> node.service(ReputationAdmin.class).ban(STRANGER,
                Duration.ofSeconds(-1), "a test"));
        node.register(TypedListener.class, new Waiting(), Map.of(GossipListener.TOPIC, "threads"));
        logged.says("Listener waits for a format: register a PayloadFormat of its type as a service; listener="
                + Waiting.class.getName() + " type=java.lang.Thread");
        node.register(GossipListener.class, message -> { }, Map.of(GossipListener.TOPIC, "a", GossipListener.OVERFLOW,
                "drop"));
        logged.says("WARN ", "has service properties that are refused: ", "must be one of block, drop-oldest,"
                + " drop-newest");
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
