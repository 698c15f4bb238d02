// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.ippan.network.testkit.process.WireFrames.hello;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.HexFormat;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a node says of peers that it does not let in: in its log, as it knows nothing else of them, and in the doctor's
 * findings where a limit refused them. What the refused end is told is in {@link EndingsIT} and {@link ExplainIT}.
 */
@Tag(Nodes.WAITING)
class RefusalsIT {

    private static final String NETWORK = "default";
    private static final String PEERS = "org.ippan.network.peers";
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
