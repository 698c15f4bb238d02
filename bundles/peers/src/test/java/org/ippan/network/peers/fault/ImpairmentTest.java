// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.chaos.FrameFault.LinkFault;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** A fault between a link and its receiver, in virtual time. */
class ImpairmentTest {

    private static final long SEED = 3;
    private static final int MEGABYTE = 1 << 20;

    private final ManualScheduler time = new ManualScheduler();
    private final NotingReceiver receiver = new NotingReceiver(this::pause);
    private final List<String> failures = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private boolean wanted = true;
    private boolean over;
    private final NotingConnection connection = new NotingConnection(time);
    private final Impairment impairment = new Impairment(new Faults(time, time,
            (culprit, failure) -> failures.add(failure.getMessage())), connection.proxy, () -> wanted, violations::add,
            () -> over = true);

    private void pause() {
        wanted = false;
        impairment.readable(false);
    }

    private void by(LongSupplier sends, LongSupplier comes) {
        impairment.before(receiver);
        impairment.by(new LinkFault() {

            @Override
            public long sends(int bytes) {
                return sends.getAsLong();
            }

            @Override
            public long comes(int bytes) {
                return comes.getAsLong();
            }
        });
    }

    private void comes(FrameType type, int number, int bytes) throws ProtocolException {
        ByteBuffer body = ByteBuffer.allocate(bytes);
        impairment.frame(type, 0, body.putInt(0, number));
    }

    private static List<Integer> numbers(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void shouldKeepTheOrderOfAllFramesWhateverEachIsHeld() throws ProtocolException {
        SplittableRandom random = new SplittableRandom(SEED);
        by(() -> FrameFault.PASS, () -> TimeUnit.MILLISECONDS.toNanos(random.nextInt(0, 150)));

        for (int number = 0; number < 1000; number++) {
            comes(random.nextInt(5) == 0 ? FrameType.ACK : FrameType.GOSSIP, number, 100);
            impairment.readComplete();
            time.advance(Duration.ofMillis(1));
        }
        int early = receiver.got.size();
        time.advance(Duration.ofMillis(150));

        assertEquals(numbers(1000), receiver.got, "seed " + SEED);
        assertTrue(early > 700 && early < 1000, "handed over meanwhile: " + early);
        assertEquals(0, time.pending());
    }

    @Test
    void shouldHoldEachAtLeastSoLong() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> TimeUnit.MILLISECONDS.toNanos(25));
        comes(FrameType.GOSSIP, 0, 100);

        time.advance(Duration.ofMillis(24));
        assertEquals(List.of(), receiver.got);
        time.advance(Duration.ofMillis(1));

        assertEquals(List.of(0), receiver.got);
        assertEquals(1, receiver.ends);
    }

    @Test
    void shouldTellTheReceiverOfWhatIsLost() throws ProtocolException {
        int[] next = {0};
        by(() -> FrameFault.PASS, () -> next[0]++ % 2 == 0 ? FrameFault.DROP : FrameFault.PASS);

        for (int number = 0; number < 6; number++) {
            comes(FrameType.GOSSIP, number, 100);
        }

        assertEquals(List.of(0, 2, 4), receiver.lostInbound);
        assertEquals(List.of(1, 3, 5), receiver.got);
    }

    @Test
    void shouldLoseMessagesOnly() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> FrameFault.DROP);

        comes(FrameType.IHAVE, 7, 100);

        assertEquals(List.of(7), receiver.got);
    }

    @Test
    void shouldNotReadWhileFourMegabytesAreHeld() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> TimeUnit.SECONDS.toNanos(60));
        for (int number = 0; number < 3; number++) {
            comes(FrameType.GOSSIP, number, MEGABYTE);
        }
        time.advance(Duration.ofSeconds(30));
        assertTrue(connection.reads);

        comes(FrameType.GOSSIP, 3, MEGABYTE);

        assertFalse(connection.reads);
        time.advance(Duration.ofSeconds(29));
        assertFalse(connection.reads);
        time.advance(Duration.ofSeconds(1));
        assertEquals(numbers(3), receiver.got);
        assertTrue(connection.reads);
    }

    @Test
    void shouldHandOverNothingWhileTheReceiverWantsNothing() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> TimeUnit.MILLISECONDS.toNanos(5));
        receiver.pausesAfter = 1;
        for (int number = 0; number < 10; number++) {
            comes(FrameType.GOSSIP, number, 50_000);
        }
        time.advance(Duration.ofSeconds(1));
        assertEquals(numbers(2), receiver.got);
        assertFalse(connection.reads);

        receiver.pausesAfter = Integer.MAX_VALUE;
        wanted = true;
        impairment.readable(true);
        time.advance(Duration.ZERO);

        assertEquals(numbers(10), receiver.got);
        assertTrue(connection.reads);
    }

    @Test
    void shouldHandOverAllAtOnceWhenTheFaultGoes() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> TimeUnit.SECONDS.toNanos(60));
        for (int number = 0; number < 200; number++) {
            comes(FrameType.GOSSIP, number, 30_000);
        }
        assertFalse(connection.reads);

        impairment.by(null);

        assertEquals(numbers(200), receiver.got);
        assertTrue(connection.reads && over);
        assertFalse(impairment.isNeeded());
    }

    @Test
    void shouldHandOverWhatWasHeldWhenTheLinkEndsAndNothingLater() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> TimeUnit.SECONDS.toNanos(60));
        comes(FrameType.GOSSIP, 0, 100);

        impairment.down();
        assertEquals(List.of(0), receiver.got);
        comes(FrameType.GOSSIP, 1, 100);
        time.advance(Duration.ofMinutes(2));

        assertEquals(0, time.pending());
    }

    @Test
    void shouldReportWhatIsMalformedWhenItIsHandedOver() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> 1);
        comes(FrameType.GOSSIP, -5, 100);
        comes(FrameType.GOSSIP, 1, 100);

        time.advance(Duration.ofMillis(1));

        assertEquals(List.of("negative"), violations);
        assertEquals(List.of(), receiver.got, "nothing after it");
        assertEquals(0, time.pending());
    }

    @Test
    void shouldHandNothingToAReceiverThatIsGone() throws ProtocolException {
        by(() -> FrameFault.DROP, () -> 1);
        comes(FrameType.GOSSIP, 0, 100);

        impairment.before(null);
        comes(FrameType.GOSSIP, 1, 100);
        impairment.readComplete();
        assertNull(impairment.fill(new NotingTarget(), FrameClass.LOW));
        time.advance(Duration.ofMillis(1));

        assertEquals(List.of(), failures);
        assertEquals(List.of(), receiver.got);
    }

    @Test
    void shouldLoseNothingThatTheReceiverDoesNotWantYet() throws ProtocolException {
        by(() -> FrameFault.PASS, () -> FrameFault.DROP);
        wanted = false;
        comes(FrameType.GOSSIP, 0, 100);

        wanted = true;
        impairment.readable(true);
        time.advance(Duration.ZERO);

        assertEquals(List.of(0), receiver.got);
        assertEquals(List.of(), receiver.lostInbound);
    }

    @Test
    void shouldPassWhatAFaultThatThrowsSaysNothingOf() throws ProtocolException {
        by(() -> {
            throw new IllegalStateException("broken");
        }, () -> {
            throw new IllegalStateException("broken too");
        });
        receiver.toSend.add(new int[] {1});
        NotingTarget target = new NotingTarget();

        comes(FrameType.GOSSIP, 0, 100);
        impairment.fill(target, FrameClass.LOW);

        assertEquals(List.of(0), receiver.got);
        assertEquals(List.of(1), target.numbers());
        assertEquals(List.of("broken too", "broken"), failures);
    }

    @Test
    void shouldSendTheOthersAsTheyWere() {
        int[] next = {0};
        by(() -> next[0]++ % 3 == 1 ? FrameFault.DROP : FrameFault.PASS, () -> FrameFault.PASS);
        receiver.toSend.add(IntStream.range(0, 12).toArray());
        NotingTarget target = new NotingTarget();

        Fill fill = impairment.fill(target, FrameClass.LOW);
        fill.taken();

        assertEquals(List.of(0, 2, 3, 5, 6, 8, 9, 11), target.numbers());
        assertEquals(List.of(1, 4, 7, 10), receiver.lostOutbound);
        assertEquals(List.of(0), receiver.taken);
    }

    @Test
    void shouldTakeAFillOfWhichAllIsLostAfterThoseBeforeIt() {
        boolean[] lose = {false};
        by(() -> lose[0] ? FrameFault.DROP : FrameFault.PASS, () -> FrameFault.PASS);
        receiver.toSend.add(new int[] {0});
        Fill first = impairment.fill(new NotingTarget(), FrameClass.LOW);
        lose[0] = true;
        receiver.toSend.add(new int[] {1});
        receiver.toSend.add(new int[] {2, 3});

        assertNull(impairment.fill(new NotingTarget(), FrameClass.LOW));

        assertEquals(List.of(1, 2, 3), receiver.lostOutbound);
        assertEquals(List.of(), receiver.taken);
        first.taken();
        assertEquals(List.of(0, 1, 2), receiver.taken);
    }

    @Test
    void shouldLetOthersHaveTheThreadThoughAllIsLost() {
        by(() -> FrameFault.DROP, () -> FrameFault.PASS);
        IntStream.range(0, 100).forEach(number -> receiver.toSend.add(new int[] {number}));

        assertNull(impairment.fill(new NotingTarget(), FrameClass.LOW));

        assertEquals(16, receiver.lostOutbound.size());
        assertEquals(1, connection.wakes);
    }
}
