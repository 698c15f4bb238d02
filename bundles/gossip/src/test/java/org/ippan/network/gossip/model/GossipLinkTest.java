// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class GossipLinkTest {

    private final StillLink wire = new StillLink(Peers.peer(1));
    private final Services services = new Services();
    private final GossipLink link = wire.gossip(2, 0, new Room(() -> { }).share(true), services);
    private final GossipLink to = StillLink.of(4, 0);

    /** What is recorded with this handle or service, by what was said to it. */
    private <T> T noting(Class<T> type, Standing standing) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getReturnType() == Standing.class) {
                return standing;
            }
            wire.told.add(method.getName() + " " + args[0]);
            return null;
        }));
    }

    @Test
    void shouldHaveABitForEachOfTheFirst64Links() {
        assertEquals(List.of(1L, 4L, Long.MIN_VALUE, 0L), Stream.of(0, 2, 63, 64)
                .map(slot -> StillLink.of(slot, 0).bit()).toList());
    }

    @Test
    void shouldTellNothingToAPeerThatIsGone() {
        OutboundFrame frame = OutboundFrame.control(FrameType.PRUNE, new byte[2]);
        assertTrue(link.offer(frame));
        link.wake();

        assertTrue(link.end());
        assertFalse(link.end(), "it is no news");
        assertFalse(link.isUp() || link.offer(frame));
        link.wake();

        assertEquals(List.of("offer PRUNE", "wake"), wire.told);
    }

    @Test
    void shouldAskForANewLinkOnce() {
        link.renew();
        link.renew();

        assertEquals(List.of("RESTARTING a codec is not here any more"), wire.told);
    }

    @Test
    void shouldCountBlameAndCloseWhatBrokeTheProtocol() {
        services.metrics = noting(NetworkMetrics.class, null);
        link.standing(noting(PeerStandingHandle.class, Standing.GOOD));

        link.violated(new ProtocolException("an odd frame"));

        assertEquals(List.of("recordMessageDropped " + DropReason.MALFORMED, "recordInvalid " + Cause.PROTOCOL_ERROR,
                "PROTOCOL_ERROR an odd frame"), wire.told);
    }

    @Test
    void shouldGiveNothingToABannedPeerAlone() {
        List<Boolean> banned = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            link.standing(noting(PeerStandingHandle.class, standing));
            banned.add(link.isBanned());
        }

        assertEquals(Stream.of(Standing.values()).map(standing -> standing == Standing.BANNED).toList(), banned);
    }

    @Test
    void shouldBeSlowWhateverTheReasonItIsNotWaitedFor() {
        for (Patience patience : Patience.values()) {
            link.patience(patience);
            assertEquals(patience != Patience.WAITS, link.isSlow());
        }
    }

    /** Each publisher's messages keep to one way. */
    @Test
    void shouldSendItsOwnToAnEnclosedPeerThoughOthersAreAnnounced() {
        assertTrue(link.sendsOwn());
        link.eager(false);
        assertFalse(link.sendsOwn());
        link.enclosed(true);
        assertFalse(link.sendsOwn(), "it has no other peers");
        link.neighbours(0b1000);
        assertTrue(link.sendsOwn());
        link.enclosed(false);
        assertFalse(link.sendsOwn());
    }

    private boolean withholds(boolean enclosed, long neighbours, long served) {
        link.enclosed(enclosed);
        link.neighbours(neighbours);
        return link.withholds(to, served);
    }

    @Test
    void shouldWithholdOnlyWhereAllOthersSendEverything() {
        long bit = to.bit();

        assertTrue(withholds(true, bit | 0b11, 0b111));
        assertTrue(withholds(true, bit, 0));
        assertFalse(withholds(false, bit | 0b11, 0b111), "it has peers that are not known here");
        assertFalse(withholds(true, 0b11, 0b111), "they are not linked");
        assertFalse(withholds(true, bit | 0b11, 0b101), "one does not send everything");
    }

    @Test
    void shouldNoteOnceThatItWithheld() {
        boolean before = link.tookToWithholding();
        withholds(true, to.bit() | 1, 0);
        boolean not = link.tookToWithholding();
        withholds(true, to.bit(), 0);

        assertFalse(before || not);
        assertTrue(link.tookToWithholding());
        assertFalse(link.tookToWithholding());
    }

    @Test
    void shouldTakeHalfOfWhatAnAnswerTakesForOneWay() {
        assertEquals(5, link.halfRoundTripMillis());
    }
}
