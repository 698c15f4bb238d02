// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Gossip whose settings forbid it to serve: one that decides about security cannot be read. */
class RefusingTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1);
    private final FakeNode other = new FakeNode(time, 2);

    private void serve(boolean on) {
        node.core.takers.ends().serve(on);
    }

    @Test
    void shouldTakeNothingFromPublishersUntilItServes() {
        CompletableFuture<PublishResult> waiting = node.core.publishAsync(FakeNode.message("w")).toCompletableFuture();
        serve(false);
        time.advance(SOON);

        assertEquals(Status.CLOSED, node.publish("x").status());
        assertEquals(Status.CLOSED, waiting.getNow(null).status());

        serve(true);
        node.connect(other);
        assertEquals(Status.ACCEPTED, node.publish("x").status());
    }

    @Test
    void shouldEndItsLinksAndTakeNothingFromPeers() {
        node.connect(other);
        node.publish("before");
        time.advance(SOON);

        serve(false);
        other.publish("meanwhile");
        time.advance(SOON);

        assertEquals(List.of("before"), other.received);
        assertEquals(List.of(), node.received);
        assertEquals(0, node.snapshot().links());
    }

    @Test
    void shouldKeepNoLinkThatComesUpMeanwhile() {
        serve(false);

        node.connect(other);

        assertEquals(0, node.snapshot().links());
    }
}
