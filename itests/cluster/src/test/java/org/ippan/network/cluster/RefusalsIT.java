// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.ippan.network.testkit.process.WireFrames.hello;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;

/**
 * What a node says of peers that it does not let in: in its log, as it knows nothing else of them, and in the doctor's
 * findings where a limit refused them. What the refused end is told is in {@link EndingsIT} and {@link ExplainIT}.
 */
@Tag(Nodes.WAITING)
class RefusalsIT {

    private static final String NETWORK = "default";
    private static final String PEERS = "org.ippan.network.peers";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String PLAINTEXT = "org.ippan.network.transport:tls=false";
    /** A test asks the doctor all the time, and it tries each time whether the node can be reached. */
    private static final String ACCEPTS = "org.ippan.network.transport:acceptPerSecond=4000";
    private static final byte[] ID = HexFormat.of().parseHex("cd".repeat(32));
    private static final int MAC = 32;
    private static final int AUTH = 4;
    private static final int TOO_MANY = 7;
    private static final int NETWORK_KEY = 14;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private NodeProcess node;

    private void says(String sentence) {
        Eventually.until(() -> "'" + sentence + "' in " + node.err(), Nodes.SOON, () -> node.err().contains(sentence));
    }

    private WirePeer greet(boolean tls, byte[] id) throws IOException {
        WirePeer peer = WirePeer.dial(node.listen(), tls);
        peer.send(WirePeer.HELLO, hello(WireFrames.VERSION, NETWORK, 0, id == null ? peer.id() : id));
        peer.listen();
        return peer;
    }

    private static void isTold(WirePeer peer, int reason) {
        try (peer) {
            Eventually.until(() -> "told " + reason + ", not " + peer.goodbye(), Nodes.SOON,
                    () -> peer.goodbye() == reason);
        }
    }

    @Test
    void shouldSayThatAPeerClaimsAnotherIdThanItProves() throws IOException {
        node = nodes.run("node", Nodes.ANY_PORT);

        isTold(greet(true, ID), AUTH);

        says(" refused: it claims another id than that of its certificate");
    }

    /** What is on the wire for the logs of other programs; nodes tell most of it in words of their own. */
    @Test
    void shouldTellTheOtherEndInWordsWhyItIsRefused() throws Exception {
        IppanNode plain = nodes.embed("plain", builder -> builder.set(TRANSPORT, "tls", "false"));
        String at = Nodes.address(plain);
        isToldInWords(greet(at, false, hello(2, NETWORK, 0, ID)), "no common version");
        isToldInWords(greet(at, false, hello(WireFrames.VERSION, "another", 0, ID)), "another network");
        WirePeer mirror = WirePeer.dial(at, false);
        mirror.listen();
        Eventually.until("the node greets", Nodes.SOON, () -> mirror.heard(WirePeer.HELLO) > 0);
        mirror.send(WirePeer.HELLO, mirror.last(WirePeer.HELLO));
        mirror.flush();
        isToldInWords(mirror, "this is the same node");
        isToldInWords(greet(Nodes.address(nodes.embed("secure")), true, hello(WireFrames.VERSION, NETWORK, 0, ID)),
                "the id is not that of the certificate");
        IppanNode listed = nodes.embed("listed");
        WirePeer struck = WirePeer.dial(Nodes.address(listed), true);
        struck.shakeHands(NETWORK, 0);
        Nodes.awaitPeers(listed, 1);
        listed.set(PEERS, "mode", "allowlist");
        isToldInWords(struck, "not on the list any more");
        plain.set(PEERS, "networkKey", "0123456789abcdef01234567");
        WirePeer wrong = greet(at, false, hello(WireFrames.VERSION, NETWORK, 0, ID));
        wrong.send(WirePeer.HELLO_ACK, new byte[MAC]);
        wrong.flush();
        isToldInWords(wrong, "the network key is not the same");
        plain.set(PEERS, "networkKey", null);
        Bundle reputation = Stream.of(plain.bundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName()
                .equals("org.ippan.network.reputation")).findFirst().orElseThrow();
        reputation.stop();
        isToldInWords(greet(at, false, hello(WireFrames.VERSION, NETWORK, 0, ID)), "its reputation service is absent");
        reputation.start();
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getByName(Nodes.LOOPBACK))) {
            plain.set(PEERS, "seeds", Nodes.LOOPBACK + ":" + stranger.getLocalPort() + "#" + "ab".repeat(32));
            stranger.setSoTimeout((int) Nodes.SOON.toMillis());
            try (Socket dialled = stranger.accept()) {
                dialled.setSoTimeout((int) Nodes.SOON.toMillis());
                dialled.getOutputStream().write(WireFrames.plaintext(WireFrames.frame(WirePeer.HELLO,
                        hello(WireFrames.VERSION, NETWORK, 0, ID))));
                String heard = new String(dialled.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertTrue(heard.endsWith("another peer is expected here"), heard);
            }
        }
    }

    private static WirePeer greet(String address, boolean tls, byte[] hello) throws IOException {
        WirePeer peer = WirePeer.dial(address, tls);
        peer.send(WirePeer.HELLO, hello);
        peer.listen();
        return peer;
    }

    private static void isToldInWords(WirePeer peer, String words) {
        try (peer) {
            Eventually.until(() -> "told '" + words + "', not '" + peer.goodbyeText() + "'", Nodes.SOON,
                    () -> peer.goodbyeText().equals(words));
        }
    }

    /** Two nodes with last month's key, and one with the right one, come from one address. */
    @Test
    void shouldLetARightNodeInFromTheAddressOfOthersWithAnOldKeyAndSayTheReasonAtAllEnds() {
        String old = "the-key-of-last-month-1";
        IppanNode shared = nodes.embed("shared", builder -> builder.set(PEERS, "exemptNets", "10.0.0.0/8")
                .set(PEERS, "failuresPerMinute", "1").set(PEERS, "networkKey", "the-key-of-this-month-2"));
        String at = Nodes.address(shared);
        IppanNode first = nodes.embed("first", builder -> builder.set(PEERS, "networkKey", old), at);
        IppanNode second = nodes.embed("second", builder -> builder.set(PEERS, "networkKey", old), at);
        logged.says("Peer " + at + " is not connected: its networkKey is not that of this node; next try within ");
        Eventually.until("the address is blocked", Nodes.SOON, () -> {
            Stream.of(first, second).forEach(wrong -> wrong.service(PeerAdmin.class).connect(PeerAddress.parse(at)));
            return !shared.peers().snapshot().blocked().isEmpty();
        });
        logged.says("Handshake with 127.0.0.1:", " refused: its networkKey is not that of this node");
        logged.says("Rejecting peers at 127.0.0.1 whose handshake failed for 600 s");
        String told = "it limits how often it hears this node: too many failed handshakes from your address; compare"
                + " the network keys";
        Eventually.until(() -> "it is told why: " + first.peers().peers(), Nodes.SOON, () -> {
            first.service(PeerAdmin.class).connect(PeerAddress.parse(at));
            return first.peers().peers().get(0).lastError().equals(told);
        });

        IppanNode right = nodes.embed("right", builder -> builder.set(PEERS, "networkKey", "the-key-of-this-month-2"),
                at);

        Nodes.awaitPeers(right, 1);
        Peer peer = right.peers().connected().get(0);
        assertEquals("", peer.lastError());
        assertEquals(0, peer.failedDials());
        Diagnosis.limits(shared).tells("WARN failed-handshakes: Peers at 127.0.0.1… are heard once a minute only, for"
                + " …: too many of their handshakes failed. …");
    }

    @Test
    void shouldSayWhichLimitLeavesNoRoom() throws Exception {
        node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--set", PLAINTEXT, "--set", PEERS + ":exemptNets=",
                "--set", ACCEPTS);
        try (JmxClient jmx = JmxClient.connect(node); WirePeer first = WirePeer.connect(node.listen(), NETWORK)) {
            Diagnosis doctor = Diagnosis.of(jmx);
            isFull(jmx, doctor, "maxPerSubnet", 1);
            says(" refused: this node takes no more connections just now: maxPerSubnet is reached");
            isFull(jmx, doctor, "maxPerAddress", 1);
            isFull(jmx, doctor, "maxInbound", 0);
            isFull(jmx, doctor, "maxConnections", 1);
            jmx.set("Peers", "MaxConnections", 100);
            WirePeer.connect(node.listen(), NETWORK).close();
            assertFalse(first.ended());
        }
    }

    private void isFull(JmxClient jmx, Diagnosis doctor, String key, int value) throws Exception {
        String attribute = key.replaceFirst("m", "M");
        Object before = jmx.get("Peers", attribute);
        jmx.set("Peers", attribute, value);

        isTold(greet(false, null), TOO_MANY);

        doctor.tells("WARN backlog: 1 peer refused in the last # s: " + key + " is reached. If they are wanted, raise "
                + key + " of " + PEERS + ", or configure them as peers.");
        jmx.set("Peers", attribute, before);
    }

    @Test
    void shouldHearAPeerWithAnotherKeyOnceAMinuteOnly() throws Exception {
        node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--set", PLAINTEXT, "--set", PEERS + ":exemptNets=",
                "--set", ACCEPTS, "--set", PEERS + ":failuresPerMinute=1", "--set",
                PEERS + ":networkKey=0123456789abcdef01234567");
        for (int i = 0; i < 2; i++) {
            WirePeer wrong = greet(false, ID);
            wrong.send(WirePeer.HELLO_ACK, new byte[MAC]);
            wrong.flush();
            isTold(wrong, NETWORK_KEY);
        }
        isTold(greet(false, ID), WirePeer.RATE_LIMIT);

        says(" refused: its networkKey is not that of this node");
        says("Rejecting peers at 127.0.0.1 whose handshake failed for 600 s, but for one try a minute: more than 1"
                + " handshakes from there failed within 60 s (wrong network key?). Other peers there may connect. See"
                + " failuresPerMinute, failureBlockSeconds and exemptNets");
        says(" refused: it is heard once a minute only, as too many of its handshakes failed");
        try (JmxClient jmx = JmxClient.connect(node)) {
            Diagnosis.of(jmx).tells("WARN backlog: Peers at 127.0.0.1… are heard once a minute only, for"
                    + " …: too many of their handshakes failed. # connection… refused in the last # s. Compare"
                    + " networkKey of " + PEERS + " at the nodes there; peer-unblock hears them again. If many nodes"
                    + " share that address, raise failuresPerMinute or add it to exemptNets.");
        }
    }
}
