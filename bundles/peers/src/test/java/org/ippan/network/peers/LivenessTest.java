// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heartbeats: who is taken for dead, when, and who pays for it. */
class LivenessTest extends Simulation {

    private TestNode node;

    @BeforeEach
    void startNode() {
        node = new TestNode(network, Peers.alice(), "10.0.0.1", state, 1).start();
        pass(0.1);
    }

    private RawPeer connect(int number) {
        RawPeer peer = raw(number, "10.0." + number + ".1").dial(node.address());
        pass(0.5);
        return peer;
    }

    private long pings(RawPeer peer) {
        return peer.heard.stream().filter("PING"::equals).count();
    }

    @Test
    void shouldProbeAtTheIntervalOfTheHealthServiceWithJitter() {
        node.health.policy = new HealthPolicy(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(1),
                3, Duration.ofMinutes(5));
        RawPeer peer = connect(2);

        pass(100);

        assertTrue(pings(peer) >= 10 && pings(peer) <= 12, pings(peer) + " probes");
        assertEquals(node.health.records.size(), pings(peer));
    }

    /** Gone without a word, within 50 s. */
    @Test
    void shouldCloseAPeerThatIsSilentThreeTimes() {
        RawPeer peer = connect(2);

        peer.transport.vanish();
        pass(50);

        assertEquals(0, node.connected());
        assertEquals(List.of("failure", "failure", "failure"), node.health.records.subList(1, 4));
        assertEquals(3, node.operations.snapshot().pingsMissed());
        assertEquals(List.of("PING_MISSED", "PING_MISSED", "PING_MISSED"),
                node.reputation.records.stream().map(text -> text.substring(17)).toList());
        assertEquals(1, node.operations.snapshot().goodbyesSent().get(GoodbyeReason.TIMEOUT));
    }

    @Test
    void shouldNotMissAPingWhileAnyByteArrives() {
        RawPeer peer = connect(2);
        peer.answersPings = false;

        for (int i = 0; i < 200; i++) {
            peer.send(FrameType.PONG, ByteBuffer.allocate(8).putLong(i).array());
            pass(1);
        }

        assertEquals(1, node.connected());
        assertEquals(0, node.operations.snapshot().pingsMissed());
        assertTrue(node.health.records.contains("alive"));
    }

    /** A PONG that was not asked for. */
    @Test
    void shouldIgnoreAnswersToNoQuestion() {
        RawPeer peer = connect(2);
        int before = node.health.records.size();

        peer.send(FrameType.PONG, ByteBuffer.allocate(8).putLong(peer.nonce).array());
        peer.send(FrameType.PONG, new byte[8]);
        pass(1);

        assertEquals(before, node.health.records.size());
        assertEquals(1, node.connected());
    }

    @Test
    void shouldNotTakeAPeerForDeadWhileThisNodeDoesNotRead() {
        FakeHandler handler = new FakeHandler();
        node.core.route(Routing.of(List.of(handler)));
        RawPeer peer = connect(2);

        handler.links.get(0).readable(false);
        pass(120);
        long signs = pings(peer);
        handler.links.get(0).readable(true);
        pass(10);

        assertEquals(1, node.connected());
        assertEquals(0, node.operations.snapshot().pingsMissed());
        assertTrue(signs >= 58, signs + " signs of life");
    }

    @Test
    void shouldBlameItselfWhenItsTimerWasLate() {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 2; i < 4; i++) {
            peers.add(connect(i));
        }
        peers.get(0).answersPings = false;
        while (pings(peers.get(0)) < 2) {
            pass(0.05);
        }

        scheduler.stall(Duration.ofSeconds(20));
        peers.get(0).send(FrameType.PONG, ByteBuffer.allocate(8).putLong(peers.get(0).nonce).array());
        pass(2);

        assertEquals(0, node.operations.snapshot().pingsMissed());
        assertEquals(1, node.operations.snapshot().localFaults());
        assertEquals(2, node.connected());
        assertTrue(node.log.stream().anyMatch(line -> line.matches("The threads of this node did not run for 2\\d{4}"
                + " ms: no peer is blamed for a heartbeat that is late")), node.log.toString());
    }

    @Test
    void shouldBlameItselfWhenHalfOfItsPeersSeemToFailAtOnce() {
        node.health.policy = new HealthPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1),
                3, Duration.ofMinutes(5));
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 2; i < 6; i++) {
            peers.add(connect(i));
        }
        pass(10);

        peers.forEach(peer -> peer.answersPings = false);
        pass(6.5);
        peers.forEach(peer -> peer.answersPings = true);
        pass(30);

        assertEquals(1, node.operations.snapshot().localFaults());
        assertEquals(List.of(), node.reputation.records);
        assertEquals(4, node.connected());
        assertTrue(node.log.stream().anyMatch(line -> line.matches("Heartbeats of [2-4] of 4 peers are late at once:"
                + " taken for a fault of this node")), node.log.toString());
    }

    @Test
    void shouldChargeOnePeerOfManyThatFailsAlone() {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 2; i < 7; i++) {
            peers.add(connect(i));
        }

        peers.get(0).answersPings = false;
        pass(90);

        assertEquals(4, node.connected());
        assertEquals(3, node.reputation.records.stream().filter(text -> text.contains("PING_MISSED")).count());
        assertEquals(0, node.operations.snapshot().localFaults());
    }

    @Test
    void shouldMeasureARoundTripOnDemand() throws Exception {
        RawPeer peer = connect(2);

        var answer = node.operations.ping(peer.id).toCompletableFuture();
        boolean early = answer.isDone();
        pass(0.1);

        assertFalse(early);
        assertEquals(Duration.ofMillis(2), answer.get());
    }

    @Test
    void shouldLetNoCallerHoldItUpWithTheAnswerOfAPing() {
        RawPeer peer = connect(2);
        List<Runnable> held = new ArrayList<>();
        node.callbacks = held::add;

        var answer = node.operations.ping(peer.id).toCompletableFuture();
        pass(0.1);
        boolean early = answer.isDone();
        held.forEach(Runnable::run);

        assertFalse(early);
        assertTrue(answer.isDone());
    }

    @Test
    void shouldFailAPingThatIsNotAnswered() {
        RawPeer peer = connect(2);
        peer.answersPings = false;

        var silent = node.operations.ping(peer.id).toCompletableFuture();
        var stranger = node.operations.ping(Peers.carol()).toCompletableFuture();
        pass(6);

        assertTrue(silent.isCompletedExceptionally());
        assertTrue(stranger.isCompletedExceptionally());
    }

    @Test
    void shouldIgnoreHeartbeatsOverTheirRateAndCloseOnlyAfterThirtySeconds() {
        RawPeer peer = connect(2);

        for (int i = 0; i < 250; i++) {
            peer.send(FrameType.PING, new byte[8]);
            pass(0.1);
        }
        boolean early = peer.goodbye != null;
        long pongs = peer.heard.stream().filter("PONG"::equals).count();
        for (int i = 0; i < 150; i++) {
            peer.send(FrameType.PING, new byte[8]);
            pass(0.1);
        }

        assertFalse(early);
        assertTrue(pongs >= 55 && pongs <= 65, pongs + " answers");
        assertEquals(GoodbyeReason.RATE_LIMIT, peer.goodbye);
        assertEquals(List.of("failure " + peer.id.shortForm() + " RATE_LIMIT"), node.reputation.records);
    }
}
