// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What is published before the first peer is there. */
class PeerWaitTest {

    private static final Duration SOON = Duration.ofMillis(200);

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1, Map.of("maxMessageBytes", "1024", "cacheBytes", "1048576"));
    private final FakeNode other = new FakeNode(time, 2);

    private CompletableFuture<PublishResult> publish(String text) {
        return node.core.publishAsync(FakeNode.message(text)).toCompletableFuture();
    }

    private static Status status(CompletableFuture<PublishResult> future) {
        return future.getNow(null).status();
    }

    @Test
    void shouldPublishInOrderWhatWaitedForTheFirstPeer() {
        CompletableFuture<PublishResult> first = publish("a");
        CompletableFuture<PublishResult> second = publish("b");
        time.advance(Duration.ofSeconds(30));
        boolean early = first.isDone();

        node.connect(other);
        CompletableFuture<PublishResult> third = publish("c");
        time.advance(SOON);

        assertFalse(early);
        assertEquals(List.of(Status.ACCEPTED, Status.ACCEPTED, Status.ACCEPTED),
                List.of(status(first), status(second), status(third)));
        assertEquals(List.of("a", "b", "c"), other.received);
    }

    @Test
    void shouldSayNoPeersIfNoneCameInTimeAndKeepNothing() {
        CompletableFuture<PublishResult> future = publish("a");
        time.advance(Duration.ofSeconds(59));
        boolean early = future.isDone();
        time.advance(Duration.ofSeconds(2));
        node.connect(other);
        time.advance(SOON);

        assertFalse(early);
        assertEquals(Status.NO_PEERS, status(future));
        assertEquals(List.of(), other.received);
        assertEquals(0, node.dedup.size());
    }

    @Test
    void shouldTellADuplicateAmongThoseThatWaited() {
        publish("a");
        CompletableFuture<PublishResult> again = publish("a");

        node.connect(other);
        time.advance(SOON);

        assertEquals(Status.DUPLICATE, status(again));
        assertEquals(List.of("a"), other.received);
    }

    @Test
    void shouldRefuseAtOnceWhatNoPeerCouldMakeGood() {
        assertEquals(Status.TOO_LARGE, status(publish("x".repeat(1025))));
        assertEquals(Status.NO_PEERS, node.publish("x").status());
    }

    @Test
    void shouldLetAThousandMessagesWaitAndNoMore() {
        List<CompletableFuture<PublishResult>> waiting = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waiting.add(publish("m" + i));
        }

        assertEquals(Status.NO_PEERS, status(publish("more")));
        node.connect(other);
        assertEquals(Status.BACKPRESSURE, status(publish("one that would overtake")));
        time.advance(SOON);

        waiting.forEach(future -> assertEquals(Status.ACCEPTED, status(future)));
        assertEquals(1000, other.received.size());
    }

    @Test
    void shouldLetAQuarterOfTheCacheWaitAndNoMore() {
        for (int i = 0; i < 256; i++) {
            publish(i + "x".repeat(1024 - String.valueOf(i).length()));
        }

        assertEquals(Status.NO_PEERS, status(publish("more")));
    }

    @Test
    void shouldNotPublishWhatWasWithdrawn() {
        publish("a").cancel(false);
        CompletableFuture<PublishResult> kept = publish("b");

        node.connect(other);
        time.advance(SOON);

        assertEquals(Status.ACCEPTED, status(kept));
        assertEquals(List.of("b"), other.received);
    }

    /** It is signed right before it is appended. */
    @Test
    void shouldKeepNothingOfWhatIsWithdrawnJustAsItIsPublished() {
        node.set("signatures", "require");
        CompletableFuture<PublishResult> future = publish("a");
        node.core.context.services.identity = () -> {
            future.cancel(false);
            return Optional.of(TestIdentity.of(1));
        };

        node.connect(other);
        time.advance(SOON);

        assertTrue(future.isCancelled());
        assertEquals(List.of("a"), other.received);
        assertTrue(node.core.tracking.isEmpty());
    }

    @Test
    void shouldSayClosedIfTheNodeStops() {
        CompletableFuture<PublishResult> future = publish("a");

        node.core.stop();
        node.core.close();
        time.runDue();

        assertEquals(Status.CLOSED, status(future));
    }
}
