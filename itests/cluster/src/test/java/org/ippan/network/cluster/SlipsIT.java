// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.InvalidAttributeValueException;
import javax.management.RuntimeMBeanException;
import javax.management.RuntimeOperationsException;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Orders that mean something else than they say: each is refused in words, and changes nothing. */
@Tag(Nodes.WAITING)
class SlipsIT {

    private static final String OTHER = "127.0.0.1:1";
    private static final String GIVE = ". Give an alias, an address, or 8 or more digits of the id";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private static String refused(Executable call) {
        return assertThrows(RuntimeMBeanException.class, call).getCause().getMessage();
    }

    /** What a call is refused with, or nothing while it is not. */
    private static String answer(Executable call) {
        try {
            call.execute();
            return "";
        } catch (RuntimeMBeanException e) {
            return e.getCause().getMessage();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static String banned(JmxClient jmx, String who) throws Exception {
        return String.valueOf(jmx.beans().invoke(JmxClient.name("Reputation"), "ban", new Object[] {who, 0L, "a test"},
                new String[] {String.class.getName(), long.class.getName(), String.class.getName()}));
    }

    @Test
    void shouldRefuseOrdersThatWouldHitTheNodeItselfOrAnotherPeer() throws Exception {
        IppanNode node = nodes.embed("node");
        try (JmxClient jmx = JmxClient.local()) {
            Eventually.until("all beans", Nodes.SOON, () -> !jmx.get("Peers", "Connected").equals("")
                    && !jmx.get("Reputation", "BanThreshold").equals(""));
            String self = node.id().toString();
            String itself = " is this node itself, which is no peer of its own; no peers are known" + GIVE;
            for (String who : List.of(self, self.substring(0, 8), self.toUpperCase(Locale.ROOT))) {
                assertEquals(who + itself, refused(() -> banned(jmx, who)));
            }
            for (String order : List.of("pardon", "forget")) {
                assertEquals(self + itself, refused(() -> jmx.call("Reputation", order, self)));
            }
            assertEquals(self + itself, refused(() -> jmx.call("Peers", "ping", self)));
            assertEquals(self + itself, refused(() -> jmx.call("Peers", "disconnect", self, "a test")));
            assertEquals(self + itself, refused(() -> jmx.call("Node", "explainPeer", self)));
            assertEquals("", jmx.call("Reputation", "listBanned"));

            String port = Nodes.address(node).replaceFirst(".*:", "");
            for (String own : List.of(Nodes.address(node), "localhost:" + port)) {
                String listens = "address = " + own + ": this node itself listens there; give the address of another"
                        + " node";
                Eventually.until("it knows its address", Nodes.SOON,
                        () -> answer(() -> jmx.call("Peers", "connect", own)).equals(listens));
                assertEquals(listens, refused(() -> jmx.call("Peers", "add", own, "me")));
                assertEquals(listens, refused(() -> jmx.call("Peers", "addTransient", own, "me")));
            }

            jmx.call("Peers", "add", OTHER, "paris");
            Eventually.until("paris is known", Nodes.SOON, () -> jmx.ask("Peers", "list").contains("paris"));
            String taken = "alias = paris: the peer at " + OTHER + " has it; choose another, or remove that peer first";
            assertEquals(taken, refused(() -> jmx.call("Peers", "add", "127.0.0.1:2", "paris")));
            assertEquals(taken, refused(() -> jmx.call("Peers", "addTransient", "127.0.0.1:2", "paris")));
            assertEquals("address = " + OTHER + ": the peer paris is there; remove it first to give it another alias",
                    refused(() -> jmx.call("Peers", "add", OTHER, "rome")));
            jmx.call("Peers", "add", OTHER, "paris");
            // An address that was dialled before it was known to be the node's own may be listed beside it.
            assertEquals(1, jmx.ask("Peers", "list").lines().filter(line -> line.contains("paris")).count());
        }
    }

    @Test
    void shouldSayWhatIsMisspeltAndWhyNothingWasChanged() throws Exception {
        nodes.embed("node");
        try (JmxClient jmx = JmxClient.local()) {
            Eventually.until("the bean", Nodes.SOON, () -> jmx.get("Reputation", "BanThreshold").equals(-500));
            String all = refused(() -> jmx.call("Node", "settings", "junk"));
            assertTrue(all.startsWith("no PID or key contains 'junk'; there are org.ippan.network.dedup, "), all);
            assertEquals("no PID or key contains 'banTreshold'; did you mean banThreshold?",
                    refused(() -> jmx.call("Node", "settings", "banTreshold")));
            assertEquals("text of publishText is null; an empty text stands for none",
                    assertThrows(RuntimeOperationsException.class,
                            () -> jmx.call("Node", "publishText", "news", null)).getMessage());

            String why = assertThrows(RuntimeOperationsException.class, () -> jmx.beans().setAttributes(
                    JmxClient.name("Reputation"), new AttributeList(List.of(new Attribute("WarnThreshold", -60),
                            new Attribute("BanThreshold", 7))))).getMessage();

            assertEquals("nothing is changed: banThreshold = 7: must be a whole number from -1000 to -2", why);
            assertEquals(-100, jmx.get("Reputation", "WarnThreshold"));
        }
    }

    /** In a file it would be two. */
    @Test
    void shouldRefuseAnItemOfAListThatHasAComma() throws Exception {
        nodes.embed("node");
        try (JmxClient jmx = JmxClient.local()) {
            Eventually.until("the bean", Nodes.SOON, () -> jmx.get("Peers", "Seeds") instanceof String[]);

            assertEquals("seeds = 127.0.0.1:1,127.0.0.1:2: must be a list of texts (a comma ends an item, so no item"
                    + " may have one)", refusedAttribute(jmx, "127.0.0.1:1,127.0.0.1:2"));
            assertEquals("seeds = null: must be a list of texts (an item is missing)",
                    refusedAttribute(jmx, (String) null));
            assertEquals(0, ((String[]) jmx.get("Peers", "Seeds")).length);
            jmx.set("Peers", "Seeds", new String[] {"127.0.0.1:1", "127.0.0.1:2"});
            assertEquals(2, ((String[]) jmx.get("Peers", "Seeds")).length);
        }
    }

    private static String refusedAttribute(JmxClient jmx, String item) {
        return assertThrows(InvalidAttributeValueException.class, () -> jmx.set("Peers", "Seeds",
                new String[] {item})).getMessage();
    }

    @Test
    void shouldNameServicePropertiesThatDoNotExist() {
        IppanNode node = nodes.embed("node");
        Diagnosis doctor = Diagnosis.of(node);
        IppanNode.Registration listener = node.register(GossipListener.class, message -> { },
                Map.of(GossipListener.TOPIC, "news", "ippan.queu", 16));
        node.register(MessageValidator.class, message -> Verdict.ACCEPT, Map.of("topicz", "news"));
        node.register(PeerDiscovery.class, found -> () -> { }, Map.of("ippan.discovry", "list"));

        String unknown = "… has service properties that do not exist and have no effect: ";
        String correct = " Correct their names, or take them away.";
        doctor.tells("WARN applications: The listener …" + unknown + "ippan.queu (did you mean ippan.queue?)."
                + correct);
        doctor.tells("WARN applications: The discovery …" + unknown + "ippan.discovry (did you mean ippan.discovery?)."
                + correct);
        doctor.tells("WARN applications: The validator … has service properties that are refused: ippan.topic is"
                + " missing (was topicz meant?): must be a topic's name …");
        listener.close();
        Eventually.until("the listener's is forgotten", Nodes.SOON, () -> node.findAll(CallbackFaultSource.class)
                .stream().flatMap(source -> source.callbackFaults().stream())
                .noneMatch(fault -> fault.detail().contains("ippan.queu ")));
    }

    /** Config Admin looks things up by filters, in which an asterisk stands for any text. */
    @Test
    void shouldRemoveNoPeerButTheOneThatIsNamed() throws Exception {
        nodes.embed("node");
        try (JmxClient jmx = JmxClient.local()) {
            jmx.call("Peers", "add", OTHER, "paris");
            jmx.call("Peers", "add", "127.0.0.2:1", "rome");
            Eventually.until("both are known", Nodes.SOON, () -> jmx.ask("Peers", "list").lines().count() == 2);

            for (String any : List.of("*:1", "127.0.0.*:1", "*)(address=*:1")) {
                assertEquals(any + " is not known.", jmx.call("Peers", "remove", any));
            }
            assertEquals("Removed 127.0.0.2:1.", jmx.call("Peers", "remove", "rome"));

            Eventually.until("paris stays", Nodes.SOON, () -> jmx.ask("Peers", "list").lines().count() == 1);
            assertTrue(jmx.ask("Peers", "list").contains("paris"));
        }
    }

    /** Three states, and what can be done about each. */
    @Test
    void shouldSayWhyAPeerIsNotRemoved() throws Exception {
        IppanNode node = nodes.embed("node", builder -> builder.set("org.ippan.network.transport", "tls", "false"),
                OTHER);
        try (WirePeer guest = WirePeer.connect(Nodes.address(node), "default"); JmxClient jmx = JmxClient.local()) {
            Nodes.awaitPeers(node, 1);
            String from = node.peers().peer(PeerId.of(guest.id())).orElseThrow().address().toString();

            assertEquals(OTHER + " is in the configuration: take it out of seeds of org.ippan.network.peers, or delete"
                    + " its own file.", jmx.call("Peers", "remove", OTHER));
            assertEquals(from + " is where a peer connected from by itself: disconnect it, or ban it.",
                    jmx.call("Peers", "remove", from));
            assertEquals("127.0.0.1:2 is not known.", jmx.call("Peers", "remove", "127.0.0.1:2"));
        }
    }

    /** A host has no case, and names of configurations have no dots. */
    @Test
    void shouldTakeAnAddressForTheSameHoweverItIsWritten() throws Exception {
        nodes.embed("node");
        try (JmxClient jmx = JmxClient.local()) {
            assertEquals("Added paris at localhost:1, kept as the configuration org.ippan.network.peers.peer~paris.",
                    jmx.call("Peers", "add", "LocalHost:1", "paris"));
            Eventually.until("it is known", Nodes.SOON, () -> jmx.ask("Peers", "list").contains("paris"));

            assertEquals("address = localhost:1: the peer paris is there; remove it first to give it another alias",
                    refused(() -> jmx.call("Peers", "add", "LOCALHOST:1", "rome")));
            assertEquals("Removed localhost:1.", jmx.call("Peers", "remove", "localHOST:1"));
        }
    }

    /** One object may be registered several times, rightly and wrongly. */
    @Test
    void shouldNameTheMisspeltRegistrationOfAnAdvertiserAmongSeveral() {
        IppanNode node = nodes.embed("node");
        AddressAdvertiser same = List::of;
        IppanNode.Registration wrong = node.register(AddressAdvertiser.class, same, Map.of("ippan.nam", "router"));
        node.register(AddressAdvertiser.class, same, Map.of());

        Diagnosis.of(node).tells("WARN applications: The advertiser … has service properties that do not exist and have"
                + " no effect: ippan.nam (did you mean ippan.name?). Correct their names, or take them away.");
        wrong.close();
        Eventually.until("it is forgotten", Nodes.SOON, () -> node.findAll(CallbackFaultSource.class).stream()
                .allMatch(source -> source.callbackFaults().isEmpty()));
    }

    @Test
    void shouldTellProgramsThatTheyMeanTheNodeItself() {
        IppanNode node = nodes.embed("node");

        String ban = assertThrows(IllegalArgumentException.class, () -> node.service(ReputationAdmin.class)
                .ban(node.id(), Duration.ZERO, "a test")).getMessage();
        String ping = assertThrows(ExecutionException.class, () -> node.service(PeerAdmin.class).ping(node.id())
                .toCompletableFuture().get()).getCause().getMessage();

        assertEquals(node.id().shortForm() + " is this node itself, which is no peer of its own: only other nodes can"
                + " be banned", ban);
        assertEquals("it is this node itself", ping);
    }

    /** The error, the settings in force, the log: a password stands in none. */
    @Test
    void shouldShowNoPasswordThatStandsInAnAddress() throws Exception {
        String secret = "p4ss:w0rd/x@y";
        String webSocket = "org.ippan.network.transport.websocket";
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        try (JmxClient jmx = JmxClient.connect(node)) {
            Eventually.until("the bean", Nodes.SOON, () -> jmx.get("WebSocket", "PingSeconds").equals(25));
            for (String proxy : List.of("http://me:" + secret + "@10.0.0.1:3128", "me:" + secret + "@10.0.0.1:3128")) {
                Exception refusal = assertThrows(Exception.class, () -> jmx.set("WebSocket", "Proxy", proxy));
                String told = refusal.getMessage();
                assertTrue(told.contains("proxy = ") && told.contains("***@10.0.0.1"), told);
                assertFalse(told.contains("p4ss"), told);
            }
            String connect = refused(() -> jmx.call("Peers", "connect", "wss://me:" + secret + "@10.0.0.1:1/x"));
            assertEquals("an address is host:port or scheme://host:port/path, not 'wss://***@10.0.0.1:1/x'", connect);
        }
        NodeProcess wrong = nodes.command("wrong", "run", "--data", nodes.path("wrong").toString(), "--set",
                webSocket + ":proxy=http://me:" + secret + "@10.0.0.1:3128", "--listen", Nodes.ANY_PORT);
        assertEquals(2, wrong.exitCode(Nodes.SOON), wrong.err());
        assertTrue(wrong.err().contains("proxy = http://***@10.0.0.1:3128: must be http://host:port"), wrong.err());
        NodeProcess peers = nodes.command("peers", "run", "--peers", "tcp://me:" + secret + "@10.0.0.1:1");
        assertEquals(2, peers.exitCode(Nodes.SOON), peers.err());
        for (NodeProcess each : List.of(node, wrong, peers)) {
            assertFalse((each.err() + each.out()).contains("p4ss"), each.err());
        }
    }
}
