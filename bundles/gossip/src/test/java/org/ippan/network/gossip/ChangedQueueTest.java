// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another rule or a longer queue counts at once, also while the listener hangs for which links are not read. */
class ChangedQueueTest {

    private static final int SENT = 40;
    private static final long HOURS = 10_000_000;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode hanging = FakeNode.slow(time, 2, HOURS,
            Map.of("listenerQueue", "2", "validationQueueMessages", "8"));

    @ParameterizedTest
    @CsvSource({"listenerOverflow, drop-oldest", "listenerOverflow, drop-newest", "listenerQueue, 100"})
    void shouldReadOnWhenASettingNoLongerHoldsLinksUp(String key, String value) {
        fillTheQueue();

        hanging.set(key, value);

        assertNothingIsHeldUp();
    }

    @ParameterizedTest
    @CsvSource({"ippan.overflow, drop-oldest", "ippan.overflow, drop-newest", "ippan.queue, 100"})
    void shouldReadOnWhenAServicePropertyNoLongerHoldsLinksUp(String key, String value) {
        GossipListener listener = message -> { };
        hanging.core.subscriptions.listener(listener, properties("ippan.queue", "2"));
        hanging.set("listenerOverflow", "drop-newest");
        hanging.core.subscriptions.listener(listener, properties("ippan.overflow", "block"));
        fillTheQueue();

        hanging.core.subscriptions.listener(listener, properties(key, value));

        assertNothingIsHeldUp();
    }

    /** What waits is delivered, but for what the new rule drops. */
    @Test
    void shouldDropOnlyTheOldestOfWhatWaitsUnderTheNewRule() {
        FakeNode slow = FakeNode.slow(time, 3, 60_000, Map.of("listenerQueue", "2", "validationQueueMessages", "8"));
        alice.connect(slow);
        publish();

        slow.set("listenerOverflow", "drop-oldest");
        time.advance(Duration.ofSeconds(70));

        assertEquals(List.of("m38", "m39"), slow.received);
        assertEquals(SENT - 2, slow.snapshot().listeners().get(0).dropped());
    }

    private static Map<String, Object> properties(String key, String value) {
        return Map.of(GossipListener.TOPIC, "*", "service.id", 7L, key, value);
    }

    private void fillTheQueue() {
        alice.connect(hanging);
        publish();
        assertEquals(1, hanging.snapshot().pausedLinks());
    }

    private void publish() {
        List<String> sent = new ArrayList<>(IntStream.range(0, SENT).mapToObj(i -> "m" + i).toList());
        sent.forEach(alice::publish);
        time.advance(Duration.ofSeconds(1));
    }

    private void assertNothingIsHeldUp() {
        time.advance(Duration.ofSeconds(2));

        assertEquals(0, hanging.snapshot().pausedLinks());
        assertEquals(0, hanging.snapshot().validationQueued());
        assertEquals(SENT, hanging.snapshot().bodiesReceived());
    }
}
