// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.gossip.model.Environment;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers that are in the middle of a call while the node closes are told, though its relay does nothing more. */
class ClosingTest {

    private final ManualScheduler time = new ManualScheduler();
    private final ManualScheduler relay = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1, Map.of("signatures", "require"));
    /** Runs when the core asks for the time. */
    private Runnable onTime = () -> { };

    @BeforeEach
    void haveARelayThatEnds() {
        Environment usual = node.environment(time);
        node.core = new GossipCore(new Environment(() -> {
            onTime.run();
            return time.nanos();
        }, usual.wallMillis(), usual.random(), relay, usual.validators(), usual.listeners(), usual.publishers(),
                usual.faults(), usual.heapBytes(), usual.segmentBytes()), node.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        node.core.deduplicator(node.dedup);
        node.core.context.services.identity = () -> Optional.of(TestIdentity.of(1));
    }

    private void connect() {
        node.connect(new FakeNode(time, 2)).stick(true);
        relay.runDue();
    }

    private void close() {
        onTime = () -> { };
        node.core.stop();
        relay.runDue();
        node.core.close();
    }

    /** It is signed right before it is appended. */
    private void closeBeforeTheNextIsAppended() {
        node.core.context.services.identity = () -> {
            close();
            return Optional.of(TestIdentity.of(1));
        };
    }

    private CompletableFuture<PublishResult> publish(String text) {
        return node.core.publishAsync(FakeNode.message(text)).toCompletableFuture();
    }

    @Test
    void shouldSayClosedOfWhatIsAppendedLate() {
        connect();
        closeBeforeTheNextIsAppended();

        CompletableFuture<PublishResult> future = publish("a");
        time.runDue();

        assertTrue(future.isDone());
        assertEquals(Status.CLOSED, future.join().status());
        assertTrue(node.core.tracking.isEmpty());
    }

    @Test
    void shouldLeaveOutTheLinksOfWhatIsToBeSettledAndAppendedLate() {
        connect();
        closeBeforeTheNextIsAppended();

        CompletableFuture<SettledResult> future = node.core.publisher
                .publishSettled(FakeNode.message("a"), Duration.ofMinutes(1)).toCompletableFuture();
        time.runDue();

        assertTrue(future.isDone());
        assertEquals(1, future.join().leftOut());
    }

    @Test
    void shouldSayClosedOfWhatBeginsToWaitForAPeerThen() {
        onTime = this::close;

        CompletableFuture<PublishResult> future = publish("a");
        time.runDue();

        assertTrue(future.isDone());
        assertEquals(Status.CLOSED, future.join().status());
    }

    @Test
    void shouldLetAPublisherGoOnThatBeginsToWaitForRoomThen() {
        connect();
        node.fill(Priority.NORMAL, "m");
        boolean shut = !node.core.whenWritable(Priority.NORMAL).toCompletableFuture().isDone();
        onTime = this::close;

        boolean told = node.core.whenWritable(Priority.NORMAL).toCompletableFuture().isDone();

        assertTrue(shut && told);
        assertFalse(node.core.context.serving());
    }
}
