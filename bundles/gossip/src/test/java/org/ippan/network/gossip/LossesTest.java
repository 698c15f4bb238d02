// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Predicate;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Messages that are lost on purpose between two nodes with no third: nothing waits for them, and they come later. */
class LossesTest {

    private static final int MESSAGES = 20;
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration REPAIRED = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode paris = new FakeNode(time, 1);
    private final FakeNode rome = new FakeNode(time, 2);
    private final FakeLink toRome = paris.connect(rome);
    private int lost;

    private void publish() {
        time.advance(SETTLED);
        for (int i = 0; i < MESSAGES; i++) {
            assertTrue(paris.publish("m" + i).accepted());
        }
    }

    private void losesOutbound(Predicate<Frame> which) {
        toRome.lossy = frame -> {
            boolean loses = frame.type() == FrameType.GOSSIP && which.test(frame);
            if (loses) {
                toRome.receiver.lostOutbound(frame.flags(), ByteBuffer.wrap(frame.body()));
                lost++;
            }
            return loses;
        };
    }

    private void losesInbound(Predicate<Frame> which) {
        FrameReceiver receiver = rome.links.get(0).receiver;
        toRome.lossy = frame -> {
            boolean loses = frame.type() == FrameType.GOSSIP && which.test(frame);
            if (loses) {
                try {
                    receiver.lostInbound(frame.flags(), ByteBuffer.wrap(frame.body()));
                    receiver.readComplete();
                } catch (ProtocolException e) {
                    throw new AssertionError(e);
                }
                lost++;
            }
            return loses;
        };
    }

    /** Every second of those that are sent by themselves. */
    private static Predicate<Frame> half() {
        int[] seen = {0};
        return frame -> !isSolicited(frame) && seen[0]++ % 2 == 0;
    }

    private static boolean isSolicited(Frame frame) {
        return (frame.flags() & FrameType.SOLICITED) != 0;
    }

    private void assertHalfIsRepaired() {
        publish();
        time.advance(REPAIRED);

        assertEquals(MESSAGES / 2, lost);
        assertEquals(lost, rome.snapshot().repaired());
        assertAllCameOnce();
    }

    private void assertAllCameOnce() {
        assertEquals(MESSAGES, rome.received.size());
        assertEquals(MESSAGES, rome.received.stream().distinct().count());
        assertEquals(0, rome.snapshot().wanted());
        assertEquals(0, paris.outbound(0).unsettled().bytes());
    }

    @Test
    void shouldSettleAndAnnounceWhatIsLostOnItsWayOut() {
        losesOutbound(half());

        assertHalfIsRepaired();
    }

    @Test
    void shouldSettleAndAskForWhatIsLostOnItsWayIn() {
        losesInbound(half());

        assertHalfIsRepaired();
    }

    /** What waits for a loss to be settled would wait for ever: the peer never counts it. */
    @Test
    void shouldOweNothingThoughAllIsLost() {
        losesOutbound(frame -> true);

        publish();
        time.advance(SETTLED);

        assertEquals(0, rome.received.size());
        assertEquals(0, paris.outbound(0).unsettled().bytes());
    }

    /** What it lost itself it did not give: else three losses would be the end of a message. */
    @Test
    void shouldServeAgainWhatItLost() {
        losesOutbound(frame -> lost < 6 * MESSAGES);

        publish();
        time.advance(Duration.ofMinutes(1));

        assertEquals(6 * MESSAGES, lost);
        assertAllCameOnce();
    }
}
