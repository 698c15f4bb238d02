// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malformed input over real sockets, by a peer that shares no code with the product, before and after the
 * handshake, in plaintext and over TLS, while an honest peer is connected.
 */
@Tag(Nodes.WAITING)
class MalformedIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final Topic PROBES = Topic.of("probes");
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int OFFENCE = -20;
    /** Beyond that, more would tell nothing new and take long. */
    private static final int ENOUGH = 8;
    private static final int DEFLATE = 1;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<String> wrong = new ArrayList<>();
    private IppanNode node;
    private IppanNode honest;
    private boolean tls;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSurviveWhateverIsSaid(boolean encrypted) throws IOException {
        tls = encrypted;
        node = nodes.embed("node" + tls, builder -> builder.set(TRANSPORT, "tls", String.valueOf(tls))
                .set(TRANSPORT, "acceptPerSecond", "100000"));
        honest = nodes.embed("honest" + tls, builder -> builder.set(TRANSPORT, "tls", String.valueOf(tls)),
                Nodes.address(node));
        Nodes.awaitPeers(node, 1);
        List<String> heard = new CopyOnWriteArrayList<>();
        node.subscribe(PROBES.toString(), message -> heard.add(message.topic().name()));

        for (Malformed each : Malformed.before()) {
            say(each, false);
        }
        for (Malformed each : Malformed.established()) {
            say(each, true);
        }
        splitEverywhere();
        stormOfPings();
        endInTheMiddle();
        honest.gossip().publish(Message.of(PROBES, new byte[1]));

        Eventually.until("the honest peer is heard", ANSWER, () -> heard.size() == 1);
        Eventually.until(() -> "only the honest peer of " + node.peers().connected(), ANSWER,
                () -> node.peers().connected().size() == 1);
        assertEquals(List.of(), wrong);
        assertTrue(score(honest.id()) >= 0);
    }

    private WirePeer peer(boolean established) throws IOException {
        WirePeer peer = WirePeer.dial(Nodes.address(node), tls);
        if (established) {
            peer.shakeHands("default", DEFLATE);
        } else {
            peer.listen();
        }
        return peer;
    }

    private void say(Malformed each, boolean established) throws IOException {
        if (wrong.size() >= ENOUGH) {
            return;
        }
        try (WirePeer peer = peer(established)) {
            peer.raw(each.bytes());
            String seen = switch (each.outcome()) {
                case OFFENCE -> offence(peer, established);
                case SKIPPED -> lives(peer);
                case END -> ends(peer, 0);
            };
            if (!seen.isEmpty()) {
                wrong.add(each.what() + (established ? "" : ", before the handshake") + ": "
                        + seen);
            }
        }
    }

    private String offence(WirePeer peer, boolean established) {
        String seen = ends(peer, WirePeer.PROTOCOL_ERROR);
        int points = tls || established ? OFFENCE : 0;
        return !seen.isEmpty() || within(() -> score(PeerId.of(peer.id())) == points) ? seen
                : "score " + score(PeerId.of(peer.id()));
    }

    private static String ends(WirePeer peer, int reason) {
        return !within(peer::ended) ? "still open" : peer.goodbye() == reason ? "" : "goodbye " + peer.goodbye();
    }

    private String lives(WirePeer peer) throws IOException {
        int before = peer.heard(WirePeer.PONG);
        peer.raw(Malformed.ping());
        if (!within(() -> peer.heard(WirePeer.PONG) > before)) {
            return "no PONG, goodbye " + peer.goodbye();
        }
        return score(PeerId.of(peer.id())) < 0 ? "score " + score(PeerId.of(peer.id())) : "";
    }

    private void splitEverywhere() throws IOException {
        try (WirePeer peer = peer(true)) {
            for (byte one : Malformed.ping()) {
                peer.raw(new byte[] {one});
            }
            if (!within(() -> peer.heard(WirePeer.PONG) == 1)) {
                wrong.add("no PONG to a PING that came byte by byte");
            }
        }
    }

    private void stormOfPings() throws IOException {
        try (WirePeer peer = peer(true)) {
            for (int i = 0; i < 1000; i++) {
                peer.send(WirePeer.PING, new byte[8]);
            }
            peer.flush();
            if (!within(() -> peer.heard(WirePeer.PONG) >= 10) || peer.heard(WirePeer.PONG) > 20 || peer.ended()) {
                wrong.add("PONG without PING: " + peer.heard(WirePeer.PONG) + " PONG, goodbye " + peer.goodbye());
            }
        }
    }

    /** In mid-frame, half-closed and cut off. */
    private void endInTheMiddle() throws IOException {
        WirePeer cut = peer(true);
        try (WirePeer halfClosed = peer(true)) {
            halfClosed.raw(new byte[] {(byte) 0xA7, WirePeer.GOSSIP, 0, 0, 0});
            halfClosed.endOutput();
            cut.raw(new byte[] {(byte) 0xA7, WirePeer.GOSSIP, 0, 0, 0});
            cut.close();
            if (!within(halfClosed::ended)) {
                wrong.add("a half-closed connection is kept");
            }
            int score = score(PeerId.of(halfClosed.id())) + score(PeerId.of(cut.id()));
            if (score != 0) {
                wrong.add("score of peers that were cut off: " + score);
            }
        }
    }

    private int score(PeerId peer) {
        return node.service(ReputationManager.class).score(peer).value();
    }

    private static boolean within(BooleanSupplier condition) {
        try {
            Eventually.until("it", ANSWER, condition);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
