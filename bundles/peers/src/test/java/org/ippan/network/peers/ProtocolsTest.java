// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.context.HandlerCalls;
import org.ippan.network.peers.context.Handlers;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.session.Receivers;
import org.ippan.network.testkit.SimLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Protocols over a link, which come and go, and may be at fault or faulted. */
class ProtocolsTest extends Simulation {

    private final FakeHandler handler = new FakeHandler();
    private TestNode node;
    private RawPeer peer;

    @BeforeEach
    void connect() {
        node = node(1).start();
        node.core.route(Routing.of(List.of(handler)));
        pass(0.1);
        peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);
    }

    @Test
    void shouldSkipFramesWithoutAHandlerAndHandThemOverWhenItReturns() {
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);
        node.core.route(Routing.NONE);
        pass(0.1);
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);
        FakeHandler next = new FakeHandler();
        node.core.route(Routing.of(List.of(next)));
        pass(0.1);
        peer.send(FrameType.PRUNE, new byte[2]);
        peer.send(FrameType.GRAFT, new byte[] {0});
        pass(0.1);

        assertEquals(List.of("up fresh", "PRUNE 0 2"), handler.told);
        assertEquals(List.of("up", "PRUNE 0 2"), next.told);
        assertEquals(2, node.operations.snapshot().framesWithoutHandler());
        assertEquals(1, node.connected());
        assertEquals(List.of(), node.reputation.records);
    }

    /** While it is decided on one routing another may have followed: the bundle of a handler is gone by then. */
    @Test
    void shouldNotAskAHandlerThatHasGoneMeanwhile() {
        FakeHandler next = new FakeHandler();

        node.core.route(Routing.of(List.of(next)));
        node.core.route(Routing.NONE);
        pass(0.1);

        assertEquals(List.of(), next.told);
    }

    @Test
    void shouldTellNothingOfAHandlerThatGoesWhileItIsAsked() {
        FakeHandler next = new FakeHandler() {
            @Override
            public FrameReceiver linkUp(PeerLink link, boolean fresh) {
                node.core.route(Routing.NONE);
                throw new NoClassDefFoundError("org/example/Gone");
            }
        };

        node.core.route(Routing.of(List.of(next)));
        pass(0.1);

        assertEquals(List.of(), node.faults.callbackFaults());
        assertEquals(1, node.connected());
    }

    @Test
    void shouldGiveEachTypeToTheMostImportantHandler() {
        FakeHandler first = new FakeHandler();
        FakeHandler second = new FakeHandler();

        Routing routing = Routing.of(List.of(first, second));

        assertEquals(List.of(first), routing.handlers());
        assertEquals(5000, routing.maxMessageBytes());
    }

    @Test
    void shouldKeepTheCodecsBothEndsNamedAtTheBeginningOfALink() {
        node.codecs = new FakeCodecs(1);
        RawPeer old = raw(3, "10.0.3.1");
        old.ownHello = codecs(old, 0xFE);
        old.dial(node.address());
        RawPeer one = raw(4, "10.0.4.1");
        one.ownHello = codecs(one, 0xFF);
        one.dial(node.address());
        pass(0.5);
        node.codecs = new FakeCodecs(3);
        RawPeer both = raw(5, "10.0.5.1");
        both.ownHello = codecs(both, 0xFF);
        both.dial(node.address());
        pass(0.5);

        assertEquals(List.of(0, 0, 1, 3), handler.links.stream().map(PeerLink::codecs).toList());
    }

    private static byte[] codecs(RawPeer peer, int codecs) {
        byte[] hello = RawPeer.hello(peer.id).encode();
        hello[26] = (byte) codecs;
        return hello;
    }

    /** A codec is gone whose bodies the peer may send: both negotiate anew, without the pause after a failure. */
    @Test
    void shouldDialAgainAtOnceWhenAProtocolWantsANewLink() {
        TestNode dialler = node(6).seeds(node.address().toString());
        FakeHandler other = new FakeHandler();
        dialler.core.route(Routing.of(List.of(other)));
        dialler.start();
        pass(0.5);

        for (int i = 0; i < 5; i++) {
            other.links.get(i).close(GoodbyeReason.RESTARTING, "a codec is gone");
            pass(0.5);
        }

        assertEquals(6, other.links.size());
        assertEquals(1, dialler.connected());
        assertEquals(List.of(), node.reputation.records);
    }

    @Test
    void shouldPunishWhatAProtocolFindsMalformed() {
        handler.malformed = "nonsense";

        peer.send(FrameType.PRUNE, new byte[2]);
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);

        assertEquals(GoodbyeReason.PROTOCOL_ERROR, peer.goodbye);
        assertEquals(List.of("up fresh", "PRUNE 0 2", "down"), handler.told);
        assertEquals(List.of("invalid " + peer.id.shortForm() + " PROTOCOL_ERROR"), node.reputation.records);
    }

    @Test
    void shouldKeepTheLinkWhenAReceiverThrows() {
        handler.throwing = new IllegalStateException("a mistake of ours");

        for (int i = 0; i < 100; i++) {
            peer.send(FrameType.PRUNE, new byte[2]);
        }
        pass(0.1);

        assertEquals(1, node.connected());
        assertEquals(101, handler.told.size());
        assertEquals(List.of(), node.reputation.records);
        assertTrue(node.log.stream().filter(line -> line.contains("a mistake of ours")).count() <= 4);
    }

    @Test
    void shouldHaveMessagesWrittenByTheirReceiver() {
        send(handler);
        pass(0.1);
        handler.links.get(0).close(GoodbyeReason.RATE_LIMIT, "enough");
        pass(0.1);

        assertEquals(List.of("up fresh", "taken", "down"), handler.told);
        assertEquals(1, peer.heard.stream().filter("GOSSIP"::equals).count());
        assertEquals(GoodbyeReason.RATE_LIMIT, peer.goodbye);
        assertFalse(handler.links.get(0).offer(OutboundFrame.control(FrameType.PRUNE, new byte[2])));
    }

    private static void send(FakeHandler from) {
        from.message = ByteBuffer.allocate(FrameType.HEADER_LENGTH + 34).put((byte) FrameType.MARK)
                .put((byte) FrameType.GOSSIP.code()).putShort((short) 0).putInt(34).array();
        from.links.get(0).wake();
    }

    @Test
    void shouldTellTheHandlerThatWroteMessagesThatTheyWereTakenThoughAnotherCame() {
        network.limits(SimLimits.DEFAULT.withWindow(40));
        RawPeer slow = raw(3, "10.0.3.1").dial(node.address());
        pass(0.5);
        slow.connection.readable(false);
        handler.links.remove(0);
        send(handler);
        pass(0.1);
        send(handler);
        pass(0.1);
        int takenBefore = Collections.frequency(handler.told, "taken");

        node.core.route(Routing.of(List.of(new FakeHandler())));
        pass(0.1);
        slow.connection.readable(true);
        pass(0.1);

        assertEquals(1, takenBefore);
        assertEquals(2, Collections.frequency(handler.told, "taken"));
    }

    @Test
    void shouldNameAHandlerThatThrowsWhateverItThrows() {
        handler.error = new NoClassDefFoundError("gone");

        peer.send(FrameType.PRUNE, new byte[2]);
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);

        assertEquals(1, node.connected());
        assertEquals(List.of(new CallbackFault(CallbackKind.HANDLER, FakeHandler.class.getName(), "",
                CallbackProblem.FAILED, 2, "java.lang.NoClassDefFoundError: gone")), node.faults.callbackFaults());
    }

    /** One object, two services: each is known by its own id, and its ranking may change. */
    @Test
    void shouldKeepTheOtherRegistrationOfAHandlerAndFollowItsRanking() {
        List<List<ProtocolHandler>> told = new ArrayList<>();
        Handlers handlers = new Handlers(node.faults, routing -> told.add(routing.handlers()));
        FakeHandler other = new FakeHandler();
        handlers.put(handler, Map.of("service.id", 1L));
        handlers.put(other, Map.of("service.id", 2L));
        handlers.put(handler, Map.of("service.id", 3L));

        handlers.remove(handler, Map.of("service.id", 3L));
        handlers.put(other, Map.of("service.id", 2L, "service.ranking", 5));

        assertEquals(List.of(List.of(handler), List.of(other)), told.subList(3, 5));
    }

    @Test
    void shouldForgetWhatAHandlerDidWrongWhenItGoes() {
        Handlers handlers = new Handlers(node.faults, routing -> { });
        handlers.put(handler, Map.of("service.id", 1L));
        handler.error = new NoClassDefFoundError("gone");
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);
        assertEquals(1, node.faults.callbackFaults().size());

        handlers.remove(handler, Map.of("service.id", 1L));

        assertEquals(List.of(), node.faults.callbackFaults());
    }

    @Test
    void shouldReportAReceiverThatFailsToWriteAndLetTheTransportGiveItsConnectionUp() {
        List<Object> failed = new ArrayList<>();
        Receivers receivers = new Receivers(new HandlerCalls(Runnable::run, scheduler, node.faults),
                (culprit, exception) -> failed.add(culprit));
        receivers.route(Routing.of(List.of(handler)), handler.links.get(0), true);
        handler.throwing = new IllegalStateException("a mistake of ours");

        assertThrows(IllegalStateException.class, () -> receivers.fill(null, FrameClass.LOW));
        assertEquals(List.of(handler), failed);
    }

    @Test
    void shouldTellTheReceiverOfMessagesWhereABatchEnds() {
        int before = handler.batches;

        peer.send(FrameType.PRUNE, new byte[2]);
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);

        assertEquals(List.of("up fresh", "PRUNE 0 2", "PRUNE 0 2"), handler.told);
        assertEquals(before + 1, handler.batches);
    }

    @Test
    void shouldSkipAKnownExtensionThatHasNoReceiver() {
        peer.send(FrameType.ACK, new byte[25]);
        pass(0.1);

        assertEquals(1, node.connected());
        assertEquals(0, node.operations.snapshot().framesWithoutHandler());
        assertEquals(List.of(), node.reputation.records);
    }
}
