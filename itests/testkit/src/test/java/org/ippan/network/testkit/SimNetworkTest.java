// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameClass;
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

    /** Writes down what it is told. */
    private static final class Recorder implements ConnectionHandler, ConnectionAcceptor {

        private final List<String> events = new ArrayList<>();
        private Connection connection;

        @Override
        public boolean admits(InetAddress remote) {
            return true;
        }

        @Override
        public ConnectionHandler newHandler() {
            return this;
        }

        @Override
        public void dialFailed(PeerAddress address, String reason) {
            events.add("dialFailed " + reason);
        }

        @Override
        public void opened(Connection opened) {
            connection = opened;
            events.add("opened");
        }

        @Override
        public void frame(Connection from, FrameType type, int flags, ByteBuffer body) {
            events.add(type + " " + body.remaining());
        }

        @Override
        public void fault(Connection from, ConnectionFault fault, String detail) {
            events.add(fault.name());
        }

        @Override
        public void dropped(Connection from, OutboundFrame frame) {
            events.add("dropped");
        }

        @Override
        public void written(Connection to, OutboundFrame frame) {
            events.add("written");
        }

        @Override
        public void writable(Connection to) {
            events.add("writable");
        }

        @Override
        public void closed(Connection from, CloseCause cause, String detail) {
            events.add("closed " + cause);
        }
    }

    private static OutboundFrame body(int length) {
        return OutboundFrame.gossip(FrameClass.NORMAL, Peers.messageId(1), new byte[20], new byte[length], 8, 0, 0);
    }

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

        dialler.connection.offer(ping(), false);
        dialler.connection.offer(body(100), true);
        scheduler.advance(Duration.ofMillis(50));

        assertEquals(List.of("opened", "PING 8", "GOSSIP 120"), acceptor.events);
        assertEquals(Optional.of(Peers.alice()), acceptor.connection.provenId());
        assertEquals(List.of("opened", "written"), dialler.events);
        assertEquals(0, network.queuedBytes());
    }

    @Test
    void shouldFailADialWhereNobodyListens() {
        alice.connect(bob.address(), dialler);
        scheduler.advance(Duration.ofSeconds(1));

        assertEquals(List.of("dialFailed connection refused"), dialler.events);
    }

    @Test
    void shouldCongestAndRelieveAReaderThatPauses() {
        network.limits(SimLimits.DEFAULT.withQueue(4000, 100).withWindow(1000));
        connect();

        acceptor.connection.readable(false);
        int taken = 0;
        while (!dialler.connection.congested() && taken < 100 && dialler.connection.offer(body(200), false)) {
            taken++;
            scheduler.advance(Duration.ofMillis(5));
        }
        assertTrue(dialler.connection.congested());
        acceptor.connection.readable(true);
        scheduler.advance(Duration.ofSeconds(1));

        assertFalse(dialler.connection.congested());
        assertTrue(dialler.events.contains("writable"));
        long dropped = dialler.events.stream().filter("dropped"::equals).count();
        assertEquals(1 + taken, acceptor.events.size() + dropped);
    }

    @Test
    void shouldReportAPeerThatTakesNothing() {
        network.limits(SimLimits.DEFAULT.withWindow(100));
        connect();

        acceptor.connection.readable(false);
        dialler.connection.offer(body(200), false);
        dialler.connection.offer(body(200), false);
        scheduler.advance(Duration.ofSeconds(11));

        assertTrue(dialler.events.contains("WRITE_STALLED"));
    }

    @Test
    void shouldSendTheLastFrameBeforeTheEnd() {
        connect();

        dialler.connection.offer(body(10), false);
        dialler.connection.close(OutboundFrame.control(FrameType.GOODBYE, new byte[6]));
        scheduler.advance(Duration.ofSeconds(3));

        assertEquals(List.of("opened", "GOSSIP 30", "GOODBYE 6", "closed REMOTE"), acceptor.events);
        assertEquals(List.of("opened", "written", "closed LOCAL"), dialler.events);
    }

    @Test
    void shouldRefuseFramesBeforeTheHandshakeEnded() {
        bob.listen(acceptor);
        alice.connect(bob.address(), dialler);
        scheduler.advance(Duration.ofMillis(50));

        dialler.connection.offer(ping(), false);
        scheduler.advance(Duration.ofSeconds(6));

        assertEquals(List.of("opened", "BAD_STATE", "HANDSHAKE_TIMEOUT"), acceptor.events);
    }

    @Test
    void shouldHoldStreamsDuringACutAndGoOnAfterIt() {
        connect();

        network.cut((from, to) -> true);
        dialler.connection.offer(ping(), false);
        scheduler.advance(Duration.ofSeconds(1));
        int during = acceptor.events.size();
        network.heal();
        scheduler.advance(Duration.ofSeconds(1));

        assertEquals(1, during);
        assertEquals(List.of("opened", "PING 8"), acceptor.events);
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
