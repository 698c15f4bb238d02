// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Ack;
import org.junit.jupiter.api.Test;

/** What a peer is told of what is settled, and when. */
class AckTimesTest extends ArrivalsFixture {

    private static final int KIB = 1024;

    /** Bytes of which the peer was told that they are settled, with each ACK. */
    private List<Long> told() {
        return from.carried.stream().filter(frame -> frame.type() == FrameType.ACK).map(frame -> {
            try {
                return Ack.decode(frame.bytes().duplicate()).settled()[Priority.NORMAL.ordinal()];
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }).toList();
    }

    @Test
    void shouldSettleWhatItIgnores() throws Exception {
        ByteBuffer far = body(5000, 255, 0);
        give(far);
        time.advance(Duration.ofMillis(20));
        List<Long> first = told();
        ByteBuffer old = body(5000, 1, Integer.MAX_VALUE);
        give(old);
        time.advance(Duration.ofMillis(20));

        assertEquals(List.of(frame(far)), first);
        assertEquals(List.of(frame(far), frame(far) + frame(old)), told());
        assertEquals(2, node.core.context.counters.ignored.sum());
    }

    @Test
    void shouldSettleWhatComesWhileItTakesNothingIn() throws Exception {
        node.core.context.serve(false);
        ByteBuffer body = body(5000, 1, 0);
        give(body);
        time.advance(Duration.ofMillis(20));

        assertEquals(List.of(frame(body)), told());
        assertEquals(0, node.core.sources.space().entries());
    }

    @Test
    void shouldTellOfMuchAtOnceButNotMoreOftenThanEveryTwoMilliseconds() throws Exception {
        time.advance(Duration.ofMillis(5));
        for (int i = 0; i < 4; i++) {
            give(body(16 * KIB, 1, 0));
        }
        int atOnce = told().size();
        for (int i = 0; i < 4; i++) {
            give(body(16 * KIB, 1, 0));
        }
        int tooSoon = told().size();
        time.advance(Duration.ofMillis(2));
        give(body(1, 1, 0));

        assertEquals(List.of(1, 1, 2), List.of(atOnce, tooSoon, told().size()));
        assertTrue(told().get(0) >= 64 * KIB && told().get(1) >= 128 * KIB, told().toString());
    }

    @Test
    void shouldTellOfSomeAfterAPauseAndOfLittleAfterMore() throws Exception {
        give(body(5 * KIB, 1, 0));
        time.advance(Duration.ofMillis(9));
        int before = told().size();
        time.advance(Duration.ofMillis(11));
        int some = told().size();
        give(body(100, 1, 0));
        time.advance(Duration.ofMillis(85));
        int little = told().size();
        time.advance(Duration.ofMillis(30));

        assertEquals(List.of(0, 1, 1, 2), List.of(before, some, little, told().size()));
        time.advance(Duration.ofSeconds(5));
        assertEquals(2, told().size(), "no news");
    }

    @Test
    void shouldTellLaterWhatALinkDidNotTake() throws Exception {
        from.full = true;
        ByteBuffer body = body(5 * KIB, 1, 0);
        give(body);
        time.advance(Duration.ofMillis(200));
        from.full = false;
        time.advance(Duration.ofMillis(200));

        assertEquals(List.of(frame(body)), told());
    }

    @Test
    void shouldSettleWhatWasJudgedAndWhatWasSetAsideForWantOfRoom() throws Exception {
        node.validate("*", message -> Verdict.ACCEPT);
        node.set("validationQueueMessages", 4);
        long sum = 0;
        while (from.reads() && sum < 1000 * KIB) {
            ByteBuffer body = body(5 * KIB, 1, 0);
            from.give(FrameType.GOSSIP, 0, body);
            sum += frame(body);
        }
        time.advance(Duration.ofMillis(300));

        assertTrue(from.reads() && node.core.sources.space().entries() > 1);
        assertEquals(sum, told().get(told().size() - 1));
    }
}
