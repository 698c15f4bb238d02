// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Which peers count for a publisher, and how long it waits. */
class PublisherTest {

    private static final int KIB = 1024;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = FakeNode.chain(time, 3, Map.of("minPeers", "2")).get(1);
    private final FakeLink told = node.links.get(1);

    private static CompletableFuture<PublishResult> publish(FakeNode by, String text) {
        return by.core.publishAsync(FakeNode.message(text)).toCompletableFuture();
    }

    /** One peer is sent what is published, and the other only told of it; it does not ask. */
    private void tellOne() {
        time.advance(Duration.ofSeconds(1));
        told.give(ControlCodec.pruneFor(60));
        time.runDue();
        told.lossy = frame -> true;
    }

    private boolean countsOnceToldOf(int length) {
        CompletableFuture<PublishResult> future = publish(node, "x".repeat(length));
        time.advance(Duration.ofSeconds(4));
        return future.isDone();
    }

    @Test
    void shouldNotCountAPeerThatTakesNoMessagesOfThatLength() {
        tellOne();
        told.maxMessageBytes = KIB;

        assertTrue(countsOnceToldOf(KIB));
        assertFalse(countsOnceToldOf(KIB + 1));
    }

    /** It may jump over the message. */
    @Test
    void shouldNotCountAPeerThatIsNotWaitedFor() {
        tellOne();
        node.link(1).patience(Patience.TOO_SLOW);

        assertFalse(countsOnceToldOf(1));
    }

    @Test
    void shouldNotCountAPeerThatCouldNotBeToldYet() {
        tellOne();
        told.full = true;
        boolean untold = countsOnceToldOf(1);
        told.full = false;
        boolean later = countsOnceToldOf(2);

        assertFalse(untold);
        assertTrue(later);
    }

    @Test
    void shouldTakeATimeOutFromAMillisecondOn() {
        GossipService service = new GossipService(node.core);

        assertThrows(IllegalArgumentException.class,
                () -> service.publishSettled(FakeNode.message("x"), Duration.ofNanos(999_999)));
        CompletableFuture<SettledResult> settled =
                service.publishSettled(FakeNode.message("x"), Duration.ofMillis(1)).toCompletableFuture();
        boolean atOnce = settled.isDone();
        time.advance(Duration.ofMillis(100));

        assertFalse(atOnce);
        assertTrue(settled.isDone());
    }

    @Test
    void shouldBeBusyWhileAPublisherWaitsForAPeerOrForRoom() {
        boolean idle = node.core.publisher.isBusy();
        FakeNode alone = new FakeNode(time, 9);
        publish(alone, "x");
        boolean forAPeer = alone.core.publisher.isBusy();
        node.links.forEach(link -> link.stick(true));
        node.fill(Priority.NORMAL, "m");
        boolean beforeItAsks = node.core.publisher.isBusy();
        node.core.whenWritable(Priority.NORMAL);

        assertFalse(idle);
        assertTrue(forAPeer);
        assertFalse(beforeItAsks);
        assertTrue(node.core.publisher.isBusy());
    }

    /** No other timer has to be due just then. */
    @Test
    void shouldTellInTimeThatNoPeerCame() {
        FakeNode alone = new FakeNode(time, 9);
        time.advance(Duration.ofSeconds(30));
        CompletableFuture<PublishResult> future = publish(alone, "x");
        time.advance(Duration.ofMillis(59_990));
        boolean early = future.isDone();
        time.advance(Duration.ofMillis(60));

        assertFalse(early);
        assertEquals(Status.NO_PEERS, future.getNow(null).status());
    }

    @Test
    void shouldHaveRoomAgainWhenThoseThatWaitedArePublished() {
        FakeNode alone = new FakeNode(time, 9, Map.of("maxMessageBytes", KIB, "cacheBytes", KIB * KIB));
        FakeLink link = fillAndConnect(alone, 'a');
        link.close(null, "");
        time.runDue();
        List<CompletableFuture<PublishResult>> again = List.of(publish(alone, "b".repeat(KIB)), publish(alone, "c"));

        assertEquals(List.of(false, false), again.stream().map(CompletableFuture::isDone).toList());
    }

    /** As much waits as may, until the first peer is there. */
    private FakeLink fillAndConnect(FakeNode alone, char letter) {
        for (int i = 0; i < 256; i++) {
            publish(alone, (char) ('A' + i) + String.valueOf(letter).repeat(KIB - 4));
        }
        FakeLink link = alone.connect(new FakeNode(time, 8));
        time.advance(Duration.ofSeconds(2));
        assertFalse(alone.core.publisher.isBusy());
        return link;
    }

    /** Messages that wait in no queue are no reason to send less, however far the network reaches. */
    @Test
    void shouldNotTakeALongWayForAQueue() {
        FakeNode publisher = new FakeNode(time, 50);
        Reader reader = new Reader(time, publisher, 51, true, Duration.ofNanos(100_000));
        reader.settles = Duration.ofSeconds(1);
        reader.link.roundTrip = Duration.ofMillis(200);
        long first = publisher.snapshot().windowBytes();
        for (int i = 0; i < 500; i++) {
            while (publisher.publish(i + "x".repeat(8 * KIB)).accepted()) {
                i++;
            }
            time.advance(Duration.ofMillis(10));
            reader.forget();
        }

        assertTrue(publisher.snapshot().windowBytes() > first, publisher.snapshot().windowBytes() + " bytes");
    }
}
