// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.ippan.network.testkit.process.WireFrames.frame;
import static org.ippan.network.testkit.process.WireFrames.goodbye;
import static org.ippan.network.testkit.process.WireFrames.hello;
import static org.ippan.network.testkit.process.WireFrames.plaintext;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every reason why a connection ended or never came, made by peers that are none: told in the same words, with what to
 * do. Those that two good nodes can give each other are in {@link ExplainIT}.
 */
@Tag(Nodes.WAITING)
class EndingsIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String NETWORK = "default";
    private static final String SAME = "Set the same networkId of " + PEERS + " on both nodes.";
    private static final String LOOK = "See that it is a node of the same version, with TLS as here, and what its log"
            + " says.";
    private static final String UNREACHED = "Check the address, that a node with the same tls runs there, and the"
            + " firewalls between.";
    private static final String VERSION = "it has no version of the protocol in common with this node";
    private static final String VERSIONS = "Run versions of ippan-network that work together.";
    private static final byte[] ID = HexFormat.of().parseHex("cd".repeat(32));

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Strangers strangers = new Strangers();

    private final Map<String, String> addresses = new LinkedHashMap<>();
    private IppanNode node;
    private Diagnosis doctor;

    @BeforeEach
    void start() {
        node = nodes.embed("node", builder -> builder.set("org.ippan.network.transport", "tls", "false")
                .set(PEERS, "outboundTarget", "0"));
        doctor = Diagnosis.of(node);
    }

    private void add(String alias, String address) {
        addresses.put(alias, address);
        node.service(PeerAdmin.class).add(PeerAddress.parse(address), alias);
    }

    /** A peer that answers a dial with these frames after its HELLO. */
    private void addOne(String alias, byte[]... frames) throws IOException {
        byte[][] all = new byte[frames.length + 1][];
        all[0] = frame(WirePeer.HELLO, hello(WireFrames.VERSION, NETWORK, 0, ID));
        System.arraycopy(frames, 0, all, 1, frames.length);
        add(alias, strangers.says(plaintext(all)));
    }

    /** What is said of a peer that something listens for, and the advice. */
    private void isAway(String alias, String why, String advice) {
        doctor.explains(alias, alias + " is not connected: " + why + ".");
        doctor.tells("WARN seeds: " + alias + " at " + addresses.get(alias)
                + " is not connected, although something listens there: " + why + "." + (advice.isEmpty() ? "" : " ")
                + advice);
    }

    @Test
    void shouldSayInWordsWhatEachGoodbyeOfAPeerMeans() throws IOException {
        Map<GoodbyeReason, String[]> words = new EnumMap<>(GoodbyeReason.class);
        words.put(GoodbyeReason.SHUTDOWN, new String[] {"it left the network: because", ""});
        words.put(GoodbyeReason.WRONG_NETWORK, new String[] {"its networkId is not that of this node", SAME});
        words.put(GoodbyeReason.VERSION, new String[] {VERSION, VERSIONS});
        words.put(GoodbyeReason.AUTH, new String[] {"it does not admit this node: because", "If its mode is"
                + " allowlist, have the id of this node added to allow of " + PEERS + " there."});
        words.put(GoodbyeReason.SELF, new String[] {"this is the address of this node itself",
            "Take it out of the configuration."});
        words.put(GoodbyeReason.DUPLICATE, new String[] {"another connection to it stays", ""});
        words.put(GoodbyeReason.TOO_MANY, new String[] {"it takes no more connections just now: because", "Wait, or"
                + " configure this node as a peer there: those are always let in."});
        words.put(GoodbyeReason.BANNED, new String[] {"this node is banned there", "Ask there why, by the id of this"
                + " node."});
        words.put(GoodbyeReason.RATE_LIMIT, new String[] {"it limits how often it hears this node: because",
            "Compare networkKey of " + PEERS + " on both nodes; else look into its log."});
        words.put(GoodbyeReason.PROTOCOL_ERROR, new String[] {"it closed the connection: because", LOOK});
        words.put(GoodbyeReason.SLOW_PEER, new String[] {"it found this node too slow: because", "Check the load of"
                + " this node and the line between."});
        words.put(GoodbyeReason.TIMEOUT, words.get(GoodbyeReason.SLOW_PEER));
        words.put(GoodbyeReason.RESTARTING, words.get(GoodbyeReason.SHUTDOWN));
        words.put(GoodbyeReason.NETWORK_KEY, new String[] {"its networkKey is not that of this node",
            "Set the same networkKey of " + PEERS + " on both nodes."});
        words.put(GoodbyeReason.OTHER_PEER, new String[] {"it expects another peer at the address of this node",
            "Correct the id of this node in its configuration, or the address there; a node that lost its key has"
                + " another id."});
        for (GoodbyeReason reason : GoodbyeReason.values()) {
            addOne("p" + reason.code(), frame(WirePeer.GOODBYE, goodbye(reason.code(), "because")));
        }

        words.forEach((reason, said) -> isAway("p" + reason.code(), said[0], said[1]));
    }

    @Test
    void shouldSayWhatIsWrongWithWhatAPeerSays() throws IOException {
        add("other-version", strangers.says(plaintext(frame(WirePeer.HELLO, hello(2, NETWORK, 0, ID)))));
        addOne("unknown-frame", frame(0x7F, new byte[1]));
        addOne("early-frame", frame(WirePeer.GOSSIP, WireFrames.message("news", 1, 1)));
        addOne("two-hellos", frame(WirePeer.HELLO, hello(WireFrames.VERSION, NETWORK, 0, ID)));
        addOne("no-frame", new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
        addOne("wrong-goodbye", frame(WirePeer.GOODBYE, new byte[] {1, 0, 0, 0, 0, 9}));
        add("same-id", strangers.says(plaintext(frame(WirePeer.HELLO, hello(WireFrames.VERSION, NETWORK, 0,
                HexFormat.of().parseHex(node.id().toString()))))));
        add("mail", strangers.mailServer());
        add("closing", strangers.closing());
        add("no-interface", "[fe80::1%nowhere]:9700");
        add("no-scheme", "carrier-pigeon://127.0.0.1:9700");

        isAway("other-version", VERSION, VERSIONS);
        isAway("unknown-frame", "this node closed the connection: unknown frame type 0x7f", LOOK);
        isAway("early-frame", "this node closed the connection: GOSSIP before the handshake ended", LOOK);
        isAway("two-hellos", "this node closed the connection: HELLO out of turn", LOOK);
        isAway("no-frame", "this node closed the connection: a frame begins with 0x0", LOOK);
        isAway("wrong-goodbye", "this node closed the connection: GOODBYE has a text of another length than it says",
                LOOK);
        isAway("same-id", "another living node uses the same identity: another living node with the same identity is"
                + " here", "Stop one of them, move its identity file away and start it again: it makes a key of its"
                + " own.");
        isAway("mail", "the peer speaks another protocol", UNREACHED);
        isAway("closing", "closed by the other end before the handshake: it refuses connections from here just now, or"
                + " is no node", UNREACHED);
        doctor.explains("no-interface", "no-interface is not connected: this machine has no interface as in"
                + " fe80::1%nowhere.");
        doctor.explains("no-scheme", "carrier-pigeon://127.0.0.1:9700 is dialled now or at the next opportunity:"
                + " nothing here dials carrier-pigeon addresses.");
        doctor.tells("WARN seeds: no-scheme at carrier-pigeon://127.0.0.1:9700 is not connected: nothing here dials"
                + " carrier-pigeon addresses. Ask why by its name.");
    }

    @Test
    void shouldSayHowTheLinkOfAPeerEnded() throws IOException {
        WirePeer sentAway = WirePeer.connect(Nodes.address(node), NETWORK);
        WirePeer lost = WirePeer.connect(Nodes.address(node), NETWORK);
        WirePeer left = WirePeer.connect(Nodes.address(node), NETWORK);
        WirePeer wrong = WirePeer.connect(Nodes.address(node), NETWORK);
        Nodes.awaitPeers(node, 4);

        node.service(PeerAdmin.class).disconnect(PeerId.of(sentAway.id()), "a test");
        lost.close();
        left.send(WirePeer.GOODBYE, goodbye(GoodbyeReason.SHUTDOWN.code(), "good night"));
        left.flush();
        wrong.send(0x7F, new byte[1]);
        wrong.flush();

        ended(sentAway, "this node disconnected it: a test");
        ended(lost, "closed by the peer");
        ended(left, "it left the network: good night");
        doctor.explains(PeerId.of(left.id()).toString(), "It left: it said goodbye, so nothing is wrong with it.");
        ended(wrong, "this node closed the connection: unknown frame type 0x7f");
        left.close();
        wrong.close();
        sentAway.close();
    }

    private void ended(WirePeer peer, String why) {
        String id = PeerId.of(peer.id()).toString();
        doctor.explains(id, id.substring(0, 8) + " is not connected: " + why + ".", "Its certificate id is " + id
                + ", which it only claims: connections are not encrypted.");
    }
}
