// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.ippan.network.testkit.process.WireFrames.frame;
import static org.ippan.network.testkit.process.WireFrames.hello;
import static org.ippan.network.testkit.process.WireFrames.plaintext;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a node finds about its place in the network: who may join, whether others can find it, and whether another node
 * is taken for it. What a router says is in the tests for plain Felix, as only a bundle beside the node asks it.
 */
@Tag(Nodes.WAITING)
class PlaceIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final String ONE_OF_THEM = " Stop one of them, move its identity file away and start it again: it"
            + " makes a key of its own.";

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();
    @RegisterExtension
    final Strangers strangers = new Strangers();

    private Diagnosis doctor;

    private void findsNothingOf(String check) {
        Eventually.until(() -> "nothing of " + check + " in " + doctor.all(), Nodes.SOON,
                () -> doctor.all().stream().noneMatch(line -> line.contains(" " + check + ": ")));
    }

    /** For seconds, and nothing is sent to it: only a node that all may reach is warned of it. */
    @Test
    void shouldWarnWhenWhoeverReachesThePortMayJoin() {
        IppanNode node = nodes.embed("node", builder -> builder.listen("0.0.0.0", 0).set(PEERS, "exchange", "false"));
        doctor = Diagnosis.of(node);
        String unnamed = "WARN membership: The network is still called default, like others that were never named. Set"
                + " the same networkId of " + PEERS + " on all nodes.";
        String open = "WARN membership: Any node that reaches 0.0.0.0:# can join the network: it has no key and no list"
                + " of allowed peers. Set the same networkKey of " + PEERS + " on all nodes, or mode = allowlist;"
                + " ippan:key and --new-key FILE make a key.";

        doctor.finds(open, unnamed);
        node.set(PEERS, "networkKey", KEY);
        doctor.finds(unnamed);
        node.set(PEERS, "networkKey", null);
        node.set(PEERS, "networkId", "blue");
        doctor.finds(open);
        node.set(PEERS, "mode", "allowlist");
        findsNothingOf("membership");
        node.set(PEERS, "mode", "open");
        doctor.finds(open);
        node.set(TRANSPORT, "listenAddress", Nodes.ANY_PORT);
        findsNothingOf("membership");
    }

    @Test
    void shouldWarnWhenItsPeersTellOthersWhatTheyCannotDial() {
        IppanNode paris = nodes.embed("paris", builder -> builder.set(PEERS, "outboundTarget", "0"));
        IppanNode node = nodes.embed("node", builder -> builder.set(PEERS, "outboundTarget", "0"));
        doctor = Diagnosis.of(node);
        FarTransport.addTo(node);
        node.service(PeerAdmin.class).add(FarTransport.address("8.8.4.4", Nodes.address(paris)), "paris");
        Nodes.awaitPeers(node, 1);

        doctor.finds("WARN advertise: Peers that are told of this node cannot reach it: it advertises only addresses of"
                + " its own network, " + Nodes.address(node) + ", but has peers beyond it. Set advertise of " + PEERS
                + " to an address that they can dial.");

        node.set(PEERS, "advertise", "node.example.org:9700");
        findsNothingOf("advertise");
    }

    @Test
    void shouldWarnWhenPeersSeeItElsewhereThanItSays() throws IOException {
        IppanNode node = nodes.embed("node", builder -> builder.set(PEERS, "outboundTarget", "0")
                .set(TRANSPORT, "tls", "false").set(PEERS, "advertise", "9.9.9.9:9700"));
        doctor = Diagnosis.of(node);
        FarTransport.addTo(node);
        for (int i = 1; i <= 3; i++) {
            String near = strangers.says(sees(i));
            node.service(PeerAdmin.class).add(FarTransport.address(20 + i + ".8.4.4", near), "p" + i);
        }

        doctor.finds("WARN advertise-seen: Peers see this node at 1.2.3.4, but are told 9.9.9.9. Correct advertise of "
                + PEERS + ", or forward that address to this node.");

        node.set(PEERS, "advertise", "1.2.3.4:9700");
        findsNothingOf("advertise-seen");
    }

    /** A peer that says, when it is dialled, that it sees the node at 1.2.3.4. */
    private static byte[] sees(int number) {
        byte[] id = HexFormat.of().parseHex(("0" + number).repeat(32));
        byte[] hello = hello(WireFrames.VERSION, "default", 0, id);
        byte[] seeing = ByteBuffer.allocate(hello.length + 5).put(hello).put(new byte[] {4, 1, 2, 3, 4}).array();
        return plaintext(frame(WirePeer.HELLO, seeing), frame(WirePeer.HELLO_ACK, new byte[32]));
    }

    @Test
    void shouldNameTwoLivingNodesWithOneIdentityAtAllEnds() throws IOException {
        IppanNode paris = nodes.embed("paris", builder -> builder.set(PEERS, "outboundTarget", "0"));
        IppanNode node = nodes.embed("node", Nodes.address(paris));
        Nodes.awaitPeers(paris, 1);
        copyKey();
        IppanNode twin = nodes.embed("twin", Nodes.address(paris), Nodes.address(node));

        String own = "FAIL shared-identity: Another living node uses this node's identity; seen at, or told by the peer"
                + " at, 127.0.0.1:#…. Peers keep one of the two connected." + ONE_OF_THEM;
        for (IppanNode one : List.of(node, twin)) {
            Diagnosis.of(one).finds(own);
        }
        logged.says("Another living node, at 127.0.0.1:", ", uses the identity of this node. Give one of them an"
                + " identity of its own");
        Diagnosis.of(paris).finds("WARN shared-identity: Two living nodes use one identity: " + node.id().shortForm()
                + " at 127.0.0.1:#…." + ONE_OF_THEM);
    }

    private void copyKey() throws IOException {
        Path key = Path.of("state", "transport", "identity.pem");
        Path copy = nodes.path("twin").resolve(key);
        Files.createDirectories(copy.getParent(), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        Files.copy(nodes.path("node").resolve(key), copy);
    }
}
