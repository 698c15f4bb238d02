// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.CallbackThreads;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.context.HandlerCalls;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler that hangs when it is told of a link. */
@Timeout(60)
class HungHandlerTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CallbackFaults faults = new CallbackFaults(now::get, (line, trace) -> log.add(line));
    private final CallbackThreads threads = new CallbackThreads("test-handlers", 4);
    private final HandlerCalls calls = new HandlerCalls(threads, now::get, faults);
    private final PeerLink link = Records.service(PeerLink.class, Collections.singletonMap("wake", null));
    private final CountDownLatch over = new CountDownLatch(1);
    private final Handler stuck = new Handler(FrameType.GOSSIP, over);
    private final Handler well = new Handler(FrameType.PRUNE, new CountDownLatch(0));
    private final Routing both = Routing.of(List.of(stuck, well));

    /** Takes one type of frames, and returns when it may. */
    private static final class Handler implements ProtocolHandler {

        private final FrameType type;
        private final CountDownLatch may;
        private final List<String> told = new CopyOnWriteArrayList<>();

        Handler(FrameType type, CountDownLatch may) {
            this.type = type;
            this.may = may;
        }

        @Override
        public Set<FrameType> frameTypes() {
            return Set.of(type);
        }

        @Override
        public int maxMessageBytes() {
            return 1024;
        }

        @Override
        public FrameReceiver linkUp(PeerLink up, boolean fresh) {
            told.add("up");
            try {
                may.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new FrameReceiver() {
                @Override
                public void frame(FrameType of, int flags, ByteBuffer body) {
                    told.add("frame");
                }

                @Override
                public void down() {
                    told.add("down");
                }
            };
        }
    }

    @AfterEach
    void stop() {
        over.countDown();
        threads.stop();
    }

    private Receivers link() {
        Receivers receivers = new Receivers(calls, (culprit, failure) -> log.add(failure.toString()));
        receivers.route(both, link, true);
        return receivers;
    }

    private static boolean takes(Receivers receivers, FrameType type) {
        try {
            return receivers.frame(type, 0, ByteBuffer.allocate(1));
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldHoldUpItselfAloneAndBeNamed() {
        Receivers first = link();
        assertFalse(takes(first, FrameType.GOSSIP));
        assertTrue(takes(first, FrameType.PRUNE));

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        long begun = System.nanoTime();
        List<Receivers> links = List.of(link(), link(), link(), link(), link(), link());
        assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(2), "it is waited for once, not for each link");
        links.forEach(each -> assertTrue(takes(each, FrameType.PRUNE)));

        now.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertEquals(List.of(CallbackProblem.HUNG),
                faults.callbackFaults().stream().map(CallbackFault::problem).toList());
        assertTrue(log.get(0).startsWith("The handler " + Handler.class.getName() + " has not returned from a call"),
                log.toString());

        over.countDown();
        Eventually.until("it takes frames of all links", SOON, () -> takes(first, FrameType.GOSSIP)
                && links.stream().allMatch(each -> takes(each, FrameType.GOSSIP)));
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldNotBeToldOfALinkThatEndedMeanwhile() {
        Receivers first = link();
        Receivers second = link();
        second.down();
        first.down();

        over.countDown();

        Eventually.until("it is told that the link it hung at is down", SOON, () -> stuck.told.contains("down"));
        Receivers third = link();
        Eventually.until("it is told of the next", SOON, () -> takes(third, FrameType.GOSSIP));
        assertEquals(List.of("up", "down", "up", "frame"), stuck.told);
        assertEquals(List.of("up", "up", "down", "down", "up"), well.told);
    }

    @Test
    void shouldTakeNothingIfItWentMeanwhile() {
        Receivers first = link();
        first.route(Routing.of(List.of(well)), link, false);
        first.route(both, link, false);

        over.countDown();

        Eventually.until("it is told again when it has come again", SOON, () -> takes(first, FrameType.GOSSIP));
        assertEquals(List.of("up", "down", "up", "frame"), stuck.told);
        first.down();
        assertEquals(List.of("up", "down", "up", "frame", "down"), stuck.told);
    }
}
