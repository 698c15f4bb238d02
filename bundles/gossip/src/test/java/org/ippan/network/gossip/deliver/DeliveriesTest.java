// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.gossip.deliver.Subscriptions.Route;
import org.ippan.network.gossip.model.HeldMessage;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;

/** What comes together is queued together, and is not kept for ever. */
class DeliveriesTest extends ListeningFixture {

    private static final int MOST = 64;

    private final Deliveries deliveries = new Deliveries(subscriptions);
    private final ListenerQueue queue = listen(Map.of());
    private final Route route = subscriptions.route(TOPIC);

    private void add(int count, int length) {
        for (int i = 0; i < count; i++) {
            deliveries.add(route, message(length));
        }
    }

    private int queued() {
        return queue.snapshot().queued();
    }

    @Test
    void shouldQueueOnceMessagesAreManyAndDeliverWhenToldTo() {
        add(MOST - 1, 0);
        int few = queued();
        add(1, 0);
        int many = queued();
        add(1, 0);
        int early = tasks.size();
        deliveries.wake();
        runAll();

        assertEquals(0, few);
        assertEquals(MOST, many);
        assertEquals(0, early);
        assertEquals(MOST + 1, delivered.size());
        assertEquals(MOST + 1, context.counters.delivered.sum());
    }

    @Test
    void shouldQueueOnceMessagesAreLong() {
        int length = 32 * 1024 - message(0).cost();
        add(1, length);
        int one = queued();
        add(1, length);
        int both = queued();
        add(1, length);

        assertEquals(0, one);
        assertEquals(2, both);
        assertEquals(2, queued(), "what is queued counts no more");
    }

    @Test
    void shouldDeliverWhatConcernsOthersBefore() {
        subscriptions.listener(message -> { }, Map.of("service.id", 7, GossipListener.TOPIC, "other"));
        add(1, 0);
        deliveries.add(subscriptions.route(Topic.of("other")), message(0));
        runAll();
        List<Long> first = List.copyOf(delivered);
        deliveries.wake();
        runAll();

        assertEquals(List.of(1L), first);
        assertEquals(List.of(1L, 2L), delivered);
        assertEquals(1, subscriptions.snapshot().get(1).delivered());
    }

    @Test
    void shouldKeepNoMessageThatWasDelivered() {
        WeakReference<HeldMessage> kept = deliverOne();

        Eventually.until("it is collected", Duration.ofSeconds(10), () -> {
            System.gc();
            return kept.get() == null;
        });
        assertNotNull(deliveries);
    }

    private WeakReference<HeldMessage> deliverOne() {
        HeldMessage message = message(0);
        deliveries.add(route, message);
        deliveries.wake();
        runAll();
        assertEquals(List.of(message.word0()), delivered);
        return new WeakReference<>(message);
    }
}
