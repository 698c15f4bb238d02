// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.time.Duration;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Why a peer is connected, away or banned: each cause is made for real, told by its name, and no longer told after. */
@Tag(Nodes.WAITING)
class ExplainIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String REPUTATION = "org.ippan.network.reputation";
    private static final String LISTENS = " is not connected, although something listens there: ";
    private static final String UNREACHED = " Check the address, that a node with the same tls runs there, and the"
            + " firewalls between.";
    private static final String LOOK = " See that it is a node of the same version, with TLS as here, and what its log"
            + " says.";
    private static final String SILENT = " is not connected, and no peer has answered at its address yet.";

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Strangers strangers = new Strangers();

    private IppanNode paris;
    private IppanNode node;
    private String address;
    private Diagnosis doctor;

    /** Two nodes, of which one dials the other by the name paris. */
    private void startPair() {
        paris = nodes.embed("paris", builder -> builder.set(PEERS, "outboundTarget", "0"));
        node = nodes.embed("node", builder -> builder.set(PEERS, "outboundTarget", "0")
                .set(PEERS + ".peer~paris", "address", Nodes.address(paris)));
        Nodes.awaitPeers(node, 1);
        address = Nodes.address(paris);
        doctor = Diagnosis.of(node);
    }

    private PeerAdmin peers() {
        return node.service(PeerAdmin.class);
    }

    /** How sentences call a node that an alias was given to. */
    private static String called(String alias, IppanNode who) {
        return alias + " (" + who.id().shortForm() + ")";
    }

    /** Paris is dialled now, whatever its back-off. */
    private void dial() {
        peers().connect(PeerAddress.parse(address));
    }

    /** Paris is away for this reason, and the doctor says what to do. */
    private void isAway(String why, String advice) {
        String name = called("paris", paris);
        dial();
        doctor.explains("paris", name + " is not connected: " + why + ".", "… is dialled again …", "It was seen last …",
                "Its last connection was healthy: the last answer to a probe came …",
                "Its certificate id is " + paris.id() + ".");
        doctor.tells("WARN seeds: " + name + " at " + address + LISTENS + why + ". " + advice);
    }

    private void comesBack() {
        dial();
        Nodes.awaitPeers(node, 1);
    }

    @Test
    void shouldSayWhatTheOtherEndHasAgainstAConnection() {
        startPair();
        doctor.explains("paris", called("paris", paris) + " is connected: this node opened the connection to "
                + Nodes.address(paris) + " ….", "The last byte came from it ….",
                "Its standing is good: its score is 0.", "Its connection is healthy: the last answer to a probe came"
                        + " ….", "Its round trip is …; an answer is waited for …, at most 5 s.",
                "Nothing waits to be sent to it.",
                "Its certificate id is " + paris.id() + ".", "It says it runs ippan-network/1.0.");

        paris.set(PEERS, "networkId", "another");
        peers().disconnect(paris.id(), "a test");
        Nodes.awaitPeers(node, 0);
        isAway("its networkId is not that of this node", "Set the same networkId of " + PEERS + " on both nodes.");
        paris.set(PEERS, "networkId", "default");
        paris.set(PEERS, "networkKey", "0123456789abcdef0123456789abcdef");
        isAway("its networkKey is not that of this node", "Set the same networkKey of " + PEERS + " on both nodes.");
        paris.set(PEERS, "networkKey", null);
        paris.set(PEERS, "mode", "allowlist");
        isAway("it does not admit this node: not on the list", "If its mode is"
                + " allowlist, have the id of this node added to allow of " + PEERS + " there.");
        paris.set(PEERS, "mode", "open");
        paris.service(ReputationAdmin.class).ban(node.id(), Duration.ZERO, "a test");
        isAway("this node is banned there", "Ask there why, by the id of this node.");
        paris.service(ReputationAdmin.class).pardon(node.id());
        paris.set(PEERS, "maxInbound", "0");
        isAway("it takes no more connections just now: maxInbound is reached", "Wait, or configure this node as a peer"
                + " there: those are always let in.");
        paris.set(PEERS, "maxInbound", "64");
        comesBack();

        node.set(PEERS, "mode", "allowlist");
        isAway("the mode of this node is allowlist, and the peer is not on its list", "If it is to connect, add its id"
                + " to allow of " + PEERS + ".");
        doctor.explains("12".repeat(32), "12121212 is not connected: the mode of this node is allowlist, and the peer"
                + " is not on its list.", "It is not dialled: no address of it is known.");
        node.set(PEERS, "mode", "open");
        comesBack();
        doctor.finds("OK seeds: 1 configured peer, all connected.");
        String name = called("paris", paris);
        paris.close();
        doctor.explains("paris", name + " is not connected: Connection refused: /" + address + ".");
    }

    @Test
    void shouldSayWhatIsAtAnAddressThatNeverAnswered() throws Exception {
        startPair();
        node.set(TRANSPORT, "connectTimeoutSeconds", "2");
        node.set(TRANSPORT, "handshakeTimeoutSeconds", "2");
        IppanNode rome = nodes.embed("rome");
        node.set(PEERS, "seeds", Nodes.address(node) + "," + Nodes.address(rome) + "#" + "ab".repeat(32));
        String lyon = add("lyon", "127.0.0.1:1");
        String oslo = add("oslo", "oslo.invalid:9700");
        String bern = add("bern", strangers.mute());
        String kiev = add("kiev", strangers.mailServer());
        String cork = add("cork", strangers.busy());

        doctor.explains(cork, "cork" + SILENT, cork + " is dialled now or at the next opportunity: an operator wants"
                + " it.", "It was never judged: its score is 0, which is good.", "It was not probed yet.");
        doctor.explains("lyon", "lyon is not connected: Connection refused: /127.0.0.1:1.", "The last # dials failed."
                + " 127.0.0.1:1 is dialled again …; until then its circuit is open.");
        doctor.explains("oslo", "oslo is not connected: unknown host oslo.invalid.");
        doctor.explains("kiev", "kiev is not connected: TLS failed: another protocol is spoken there.");
        doctor.explains("bern", "bern is not connected: the handshake took too long.");
        doctor.explains("cork", "cork is not connected: no answer from … within 2 s.", "The last # dials failed. "
                + cork
                + " is being dialled now: the circuit is half open.");
        doctor.explains("abababab", "abababab is not connected: another peer answers there than the one whose id is"
                + " configured.", "It should have the certificate id " + "ab".repeat(32) + ", which no peer has proved"
                + " yet.");
        doctor.explains(Nodes.address(node), Nodes.address(node) + " is not connected: this is the address of this node"
                + " itself.", Nodes.address(node) + " is dialled again in # min … (…); until then its circuit is"
                + " open.");
        String unreached = " is not connected and cannot be reached: ";
        String check = ". Check the address, whether the node runs, and the firewalls between.";
        doctor.finds("WARN seeds: lyon at " + lyon + unreached + "Connection refused" + check,
                "WARN seeds: oslo at " + oslo + unreached + "its name cannot be resolved" + check,
                "WARN seeds: bern at " + bern + LISTENS + "the handshake took too long." + UNREACHED,
                "WARN seeds: kiev at " + kiev + LISTENS + "TLS failed: …." + UNREACHED,
                "WARN seeds: cork at " + cork + unreached + "Connect timed out" + check,
                "WARN seeds: abababab at " + Nodes.address(rome) + LISTENS + "another peer answers there than the one"
                        + " whose id is configured. Correct the id or the address; a node that lost its key has another"
                        + " id.",
                "WARN seeds: " + Nodes.address(node) + LISTENS + "this is the address of this node itself. Take it out"
                        + " of the configuration.");

        node.set(PEERS, "seeds", Nodes.address(rome));
        for (String away : new String[] {lyon, oslo, bern, kiev, cork}) {
            peers().remove(PeerAddress.parse(away));
        }
        doctor.finds("OK seeds: 2 configured peers, all connected.", "OK peers: 2 peers connected.");
        IntStream.rangeClosed(1, 40).forEach(port -> add("p" + port, "127.0.0.1:" + port));
        doctor.tells("WARN seeds: 8 more configured peers not connected, and not tried now. Ask about one of them by"
                + " its name.");
    }

    private String add(String alias, String address) {
        peers().add(PeerAddress.parse(address), alias);
        return address;
    }

    @Test
    void shouldExplainWhoCameByItselfAndWhoIsOnlyKnown() {
        startPair();
        IppanNode quito = nodes.embed("quito", builder -> builder.set(PEERS, "outboundTarget", "0"));
        Diagnosis.of(quito).finds("WARN peers: 0 peers connected, and none is configured. Add one, or wait for others"
                + " to connect to this node.");
        IppanNode tokyo = nodes.embed("tokyo", Nodes.address(quito));
        Eventually.until(() -> "tokyo knows of quito: " + tokyo.peers().snapshot(), Nodes.SOON,
                () -> tokyo.peers().snapshot().addressRecordsTaken() > 0);
        tokyo.service(PeerAdmin.class).add(node.listenAddress().orElseThrow(), "");
        Nodes.awaitPeers(node, 2);
        Eventually.until(() -> "the node knows of quito: " + node.peers().peers(), Nodes.SOON,
                () -> node.peers().peer(quito.id()).isPresent());

        doctor.explains(Nodes.address(tokyo), tokyo.id().shortForm() + " is connected: it opened the connection …; its"
                + " address is " + Nodes.address(tokyo) + ".");
        doctor.explains(Nodes.address(quito), quito.id().shortForm() + SILENT, "It is not configured, so it is dialled"
                + " if this node wants more connections: not needed: others were chosen.", "It should have the"
                + " certificate id " + quito.id() + ", which no peer has proved yet.");
        node.set("org.ippan.network.gossip", "minPeers", "3");
        doctor.finds("WARN peers: 2 peers connected, fewer than minPeers = 3. Add peers, or set a lower minPeers in"
                + " org.ippan.network.gossip.");
        node.set("org.ippan.network.gossip", "minPeers", "2");
        doctor.finds("OK peers: 2 peers connected.");
        node.set(PEERS, "mode", "allowlist");
        String unwanted = "not on the list of allowed peers";
        Eventually.until(() -> unwanted + ": " + node.peers().peer(quito.id()), Nodes.SOON, () -> node.peers()
                .peer(quito.id()).orElseThrow().reason().equals(unwanted));
    }

    @Test
    void shouldExplainBansWarningsAndPardons() {
        startPair();
        node.validate("rejected", message -> Verdict.REJECT);
        node.set(REPUTATION, "invalidPoints", "-250");
        String name = called("paris", paris);

        publish(1);
        doctor.explains("paris", name + " is connected: …", "It is warned: its score of -250 is not above -100.",
                "Its score recovers by 10 every 10 min: it is above -100 within 2 h 40 min, by ….",
                "It did well 0 times, failed 0 times and sent something invalid 1 time since it was first judged ….",
                "…: -250 points, score -250: a validator rejected a message it brought.");
        publish(2);
        doctor.explains("paris", name + " is not connected: it is banned.", "It is refused as long as it is banned; its"
                + " address is dialled all the same, as it is configured.", "It is banned: score -500 is below the"
                + " pardon score -400. If nothing else happens it is let in again in 1 h … (…).",
                "…: -250 points, score -500: a validator rejected a message it brought.",
                "…: -250 points, score -250: a validator rejected a message it brought.");
        doctor.finds("WARN seeds: " + name + " at " + Nodes.address(paris) + " is not connected, because it is banned."
                + " Ask why by its name; pardon it if that was a mistake.",
                "FAIL peers: 0 peers connected: messages go nowhere. See what is found about seeds.");
        node.set(REPUTATION, "decayPoints", "500");
        node.set(REPUTATION, "decayIntervalSeconds", "1");
        Eventually.until("it is let in again", Nodes.SOON, () ->
                !node.service(ReputationManager.class).shouldBan(paris.id()));
        comesBack();
        doctor.explains("paris", name + " is connected: …", "Its standing is good: its score is 0.");

        node.service(ReputationAdmin.class).ban(paris.id(), Duration.ofHours(1), "sends spam");
        doctor.explains("paris", name + " is not connected: it is banned.", "It is banned: sends spam. If nothing else"
                + " happens it is let in again in … (…).", "…: no points, score 0: an operator or an application said"
                + " so.");
        node.service(ReputationAdmin.class).ban(paris.id(), Duration.ZERO, "sends spam");
        doctor.explains("paris", "It is banned: sends spam. It stays banned until an operator pardons it.");
        node.service(ReputationAdmin.class).pardon(paris.id());
        comesBack();
        doctor.explains("paris", name + " is connected: …", "Its standing is good: its score is 0.");
        doctor.finds("OK seeds: 1 configured peer, all connected.", "OK peers: 1 peer connected.");
    }

    private void publish(int number) {
        Message message = Message.of(Topic.of("rejected"), new byte[] {(byte) number});
        // A peer is connected a moment before gossip knows of the link.
        Eventually.until("it is accepted", Nodes.SOON, () -> paris.gossip().publish(message).accepted());
    }
}
