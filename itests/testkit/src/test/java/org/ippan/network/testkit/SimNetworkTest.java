// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.junit.jupiter.api.Test;

/** The simulated network keeps the promises of {@code Transport}. */
class SimNetworkTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final SimNetwork network = new SimNetwork(scheduler, 1);
    private final SimTransport alice = network.node(Peers.alice(), "10.0.0.1");
    private final SimTransport bob = network.node(Peers.bob(), "10.0.0.2");
    private final Recorder dialler = new Recorder();
    private final Recorder acceptor = new Recorder();

    private static OutboundFrame ping() {
        return OutboundFrame.control(FrameType.PING, new byte[8]);
    }

    private void connect() {
        bob.listen(acceptor);
        alice.connect(bob.address(), dialler);
        scheduler.advance(Duration.ofMillis(50));
        dialler.connection.established(1 << 20);
        acceptor.connection.established(1 << 20);
    }

    @Test
    void shouldDeliverFramesInOrderAndSayWhoIsThere() {
        connect();

        dialler.connection.offer(ping());
        dialler.send(100);
        dialler.send(120);
        scheduler.advance(Duration.ofMillis(50));

        assertEquals(List.of("opened", "PING 8", "GOSSIP 100 solicited", "GOSSIP 120 solicited", "complete"),
                acceptor.events);
        assertEquals(Optional.of(Peers.alice()), acceptor.connection.provenId());
        assertEquals(List.of("opened", "taken 236"), dialler.events);
        assertEquals(0, network.queuedBytes());
        assertEquals(2, network.framesDelivered(FrameType.GOSSIP));
        assertEquals(16 + 236, network.bytesDelivered());
    }

    @Test
    void shouldLoseOfAFillWhatDoesNotPassTheFilter() {
        network.filter((from, to, type) -> type != FrameType.GOSSIP);
        connect();

        dialler.send(100);
        dialler.connection.offer(ping());
        scheduler.advance(Duration.ofMillis(50));

        assertEquals(List.of("opened", "PING 8", "complete"), acceptor.events);
        assertEquals(List.of("opened", "taken 108"), dialler.events);
    }

    @Test
    void shouldFailADialWhereNobodyListens() {
        alice.connect(bob.address(), dialler);
        scheduler.advance(Duration.ofSeconds(1));

        assertEquals(List.of("dialFailed connection refused"), dialler.events);
    }

    @Test
    void shouldPullNoMoreThanTheWindowHoldsOfAReaderThatPauses() {
        network.limits(SimLimits.DEFAULT.withWindow(1000));
        connect();

        acceptor.connection.readable(false);
        for (int i = 0; i < 100; i++) {
            dialler.send(192);
        }
        scheduler.advance(Duration.ofMillis(50));
        List<String> takenWhilePaused = List.copyOf(dialler.events);
        long waiting = dialler.connection.queuedBytes();
        dialler.connection.offer(ping());
        acceptor.connection.readable(true);
        scheduler.advance(Duration.ofSeconds(1));

        assertEquals(List.of("opened", "taken 1000"), takenWhilePaused);
        assertEquals(1000, waiting);
        assertEquals(20, Collections.frequency(dialler.events, "taken 1000"));
        assertEquals(100, Collections.frequency(acceptor.events, "GOSSIP 192 solicited"));
        assertEquals(10, acceptor.events.stream().filter(event -> !event.equals("complete")).toList()
                .indexOf("PING 8") - 1, "control frames overtake what was not pulled yet");
        assertEquals(0, network.queuedBytes());
    }

    @Test
    void shouldStopBetweenTwoFramesOfAFillWhenTheReaderPauses() {
        Recorder shy = new Recorder() {
            @Override
            public void frame(Connection from, FrameType type, int flags, ByteBuffer body) {
                super.frame(from, type, flags, body);
                from.readable(false);
            }
        };
        bob.listen(shy);
        alice.connect(bob.address(), dialler);
        scheduler.advance(Duration.ofMillis(50));
        shy.connection.established(1 << 20);

        dialler.send(100);
        dialler.send(101);
        scheduler.advance(Duration.ofMillis(50));
        List<String> first = List.copyOf(shy.events);
        shy.connection.readable(true);
        scheduler.advance(Duration.ofMillis(50));

        assertEquals(List.of("opened", "GOSSIP 100 solicited", "complete"), first);
        assertEquals(List.of("GOSSIP 101 solicited", "complete"), shy.events.subList(3, shy.events.size()));
    }

    @Test
    void shouldRefuseControlFramesBeyondTheQueue() {
        network.limits(SimLimits.DEFAULT.withQueue(40, 100));
        connect();

        assertTrue(dialler.connection.offer(ping()));
        assertTrue(dialler.connection.offer(ping()));
        assertFalse(dialler.connection.offer(ping()));
        assertEquals(32, network.queuedBytes());
    }

    @Test
    void shouldReportAPeerThatTakesNothing() {
        network.limits(SimLimits.DEFAULT.withWindow(100));
        connect();

        acceptor.connection.readable(false);
        dialler.send(200);
        dialler.send(200);
        scheduler.advance(Duration.ofSeconds(11));

        assertTrue(dialler.events.contains("WRITE_STALLED"));
        assertFalse(dialler.events.contains("taken 416"));
    }

    @Test
    void shouldNeverTakeWhatWaitedWhenTheConnectionEnded() {
        network.limits(SimLimits.DEFAULT.withWindow(100));
        connect();

        acceptor.connection.readable(false);
        dialler.send(200);
        dialler.send(200);
        scheduler.advance(Duration.ofSeconds(1));
        dialler.connection.abort();
        scheduler.advance(Duration.ofSeconds(1));

        assertEquals(List.of("opened", "taken 208", "closed LOCAL"), dialler.events);
        assertEquals(0, network.queuedBytes());
    }

    @Test
    void shouldSendTheLastFrameBeforeTheEnd() {
        connect();

        dialler.send(30);
        dialler.connection.close(OutboundFrame.control(FrameType.GOODBYE, new byte[6]));
        scheduler.advance(Duration.ofSeconds(3));

        assertEquals(List.of("opened", "GOSSIP 30 solicited", "GOODBYE 6", "complete", "closed REMOTE"),
                acceptor.events);
        assertEquals(List.of("opened", "taken 38", "closed LOCAL"), dialler.events);
    }

    @Test
    void shouldRefuseFramesBeforeTheHandshakeEnded() {
        bob.listen(acceptor);
        alice.connect(bob.address(), dialler);
        scheduler.advance(Duration.ofMillis(50));

        dialler.connection.offer(ping());
        scheduler.advance(Duration.ofSeconds(6));

        assertEquals(List.of("opened", "BAD_STATE", "HANDSHAKE_TIMEOUT"), acceptor.events);
    }

    @Test
    void shouldHoldStreamsDuringACutAndGoOnAfterIt() {
        connect();

        network.cut((from, to) -> true);
        dialler.connection.offer(ping());
        scheduler.advance(Duration.ofSeconds(1));
        int during = acceptor.events.size();
        network.heal();
        scheduler.advance(Duration.ofSeconds(1));

        assertEquals(1, during);
        assertEquals(List.of("opened", "PING 8", "complete"), acceptor.events);
    }

    @Test
    void shouldResetThePeersOfACrashedNodeAndTellNobodyOfAVanishedOne() {
        connect();

        bob.crash();
        scheduler.advance(Duration.ofSeconds(1));

        assertEquals(List.of("opened", "closed RESET"), dialler.events);
        assertEquals(List.of("opened"), acceptor.events);
    }

    @Test
    void shouldLetADialIntoNowhereTimeOut() {
        connect();

        bob.vanish();
        Recorder second = new Recorder();
        alice.connect(bob.address(), second);
        scheduler.advance(Duration.ofSeconds(4));
        boolean early = !second.events.isEmpty();
        scheduler.advance(Duration.ofSeconds(2));

        assertFalse(early);
        assertEquals(1, second.events.size());
        assertEquals(List.of("opened"), dialler.events);
    }
}
