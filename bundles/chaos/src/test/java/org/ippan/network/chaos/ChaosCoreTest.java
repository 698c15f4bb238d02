// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.chaos.FrameFault.LinkFault;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class ChaosCoreTest {

    private static final PeerId PARIS = Peers.peer(1);
    private static final PeerId ROME = Peers.peer(2);
    private static final int MESSAGES = 100_000;
    private static final int BYTES = 100;

    private final ManualScheduler time = new ManualScheduler();
    private final List<NetworkEvent> events = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final LiveSettings<ChaosSettings> settings = new LiveSettings<>(ChaosSettings.SCHEMA, ChaosSettings::of,
            refused::add, refused::add);
    private FrameFault fault;
    private final Chaos chaos = new Chaos(time, time, new SplittableRandom(1), SplittableRandom::new,
            next -> fault = next, events::add);

    private void set(Map<String, Object> keys) {
        chaos.update(settings, keys);
    }

    private LinkFault link(PeerId peer) {
        return fault.on(peer).orElseThrow();
    }

    private static List<Long> incoming(LinkFault link) {
        return LongStream.generate(() -> link.comes(BYTES)).limit(MESSAGES).boxed().toList();
    }

    private static long outgoingLost(LinkFault link) {
        return LongStream.generate(() -> link.sends(BYTES)).limit(MESSAGES).filter(each -> each == FrameFault.DROP)
                .count();
    }

    private static double lost(List<Long> verdicts) {
        return (double) verdicts.stream().filter(each -> each == FrameFault.DROP).count() / verdicts.size();
    }

    @Test
    void shouldDoNothingUnlessAKeySaysSo() {
        set(Map.of("minutes", 5, "seed", 7));

        assertNull(fault);
        assertFalse(chaos.snapshot().active());
        assertEquals(List.of(), events);
        assertEquals(0, time.pending());
    }

    @Test
    void shouldLoseAndHoldWhatIsConfigured() {
        set(Map.of("dropOutbound", 500, "dropInbound", 2000, "extraLatencyMillisMin", 25,
                "extraLatencyMillisMax", 150));

        assertEquals(0.05 * MESSAGES, outgoingLost(link(PARIS)), 0.005 * MESSAGES);
        List<Long> came = incoming(link(PARIS));
        assertEquals(0.2, lost(came), 0.01);
        List<Long> held = came.stream().filter(each -> each != FrameFault.DROP).map(TimeUnit.NANOSECONDS::toMillis)
                .toList();
        assertEquals(25, held.stream().mapToLong(Long::longValue).min().orElseThrow());
        assertEquals(150, held.stream().mapToLong(Long::longValue).max().orElseThrow());
        assertEquals(held.size(), chaos.snapshot().delayedInbound());
        assertEquals(MESSAGES - held.size(), chaos.snapshot().droppedInbound());
    }

    @Test
    void shouldLoseAllOrNothingAtTheEndsOfTheRange() {
        set(Map.of("dropOutbound", 10_000));

        assertEquals(MESSAGES, outgoingLost(link(PARIS)));
        assertEquals(0, lost(incoming(link(PARIS))));
    }

    @Test
    void shouldChooseTheSameWithTheSameSeed() {
        Map<String, Object> keys = Map.of("dropInbound", 500, "extraLatencyMillisMax", 40, "seed", 42);
        set(keys);
        List<Long> first = incoming(link(PARIS));
        List<Long> other = incoming(link(ROME));
        set(Map.of());
        set(keys);

        assertEquals(first, incoming(link(PARIS)));
        assertNotEquals(first, other);
        assertEquals(42, chaos.snapshot().seed());
    }

    @Test
    void shouldChooseOtherwiseEachTimeWithoutASeed() {
        Map<String, Object> keys = Map.of("dropInbound", 500);
        set(keys);
        List<Long> first = incoming(link(PARIS));
        long seed = chaos.snapshot().seed();
        set(Map.of());
        set(keys);

        assertNotEquals(first, incoming(link(PARIS)));
        assertNotEquals(seed, chaos.snapshot().seed());
    }

    @Test
    void shouldSpareOtherPeers() {
        set(Map.of("dropInbound", 500, "peers", PARIS.toString()));

        assertTrue(fault.on(PARIS).isPresent());
        assertTrue(fault.on(ROME).isEmpty());
    }

    @Test
    void shouldEndByItselfWhenItsMinutesAreOver() {
        set(Map.of("dropInbound", 500, "minutes", 3, "seed", 5));
        time.advance(Duration.ofSeconds(179));
        assertNotNull(fault);
        assertEquals(1, chaos.snapshot().remainingSeconds());

        time.advance(Duration.ofSeconds(1));

        assertNull(fault);
        assertEquals(0, time.pending());
        assertEquals(List.of(NetworkEvent.of(EventType.CHAOS_STARTED, "Faults on purpose for 3 min: 5.00 % of"
                + " messages from peers are lost on all links; seed 5"), NetworkEvent.of(EventType.CHAOS_ENDED,
                "Faults on purpose ended: the configured minutes are over")), events);
    }

    @Test
    void shouldBeginAnewWhenItsSettingsChangeAndEndWhenTheyNameNone() {
        set(Map.of("dropInbound", 500));
        time.advance(Duration.ofMinutes(9));
        set(Map.of("dropInbound", 600));
        time.advance(Duration.ofMinutes(9));
        assertEquals(60, chaos.snapshot().remainingSeconds());
        assertEquals(2, chaos.snapshot().runs());

        set(Map.of());

        assertNull(fault);
        assertEquals(0, time.pending());
    }

    /** A console, a file that is touched, and a key that is corrected deliver the same again. */
    @Test
    void shouldMakeNoRunLongerAndBeginNoneWhereNothingChanged() {
        set(Map.of("dropInbound", 500));
        time.advance(Duration.ofMinutes(9));
        set(Map.of("dropInbound", 500));
        set(Map.of("dropInbound", 500, "dropOutbound", -1));
        set(Map.of("dropInbound", 500));

        time.advance(Duration.ofMinutes(1));

        assertNull(fault);
        set(Map.of("dropInbound", 500));
        assertNull(fault);
        set(Map.of("dropInbound", 500, "minutes", 9));
        assertEquals(2, chaos.snapshot().runs());
    }

    /** The default of peers, which stands in for a wrong one at the first start, is all links. */
    @Test
    void shouldMakeNoFaultsOfAFirstConfigurationThatIsWrong() {
        set(Map.of("dropOutbound", 10_000, "peers", "paris"));
        assertNull(fault);
        set(Map.of("dropOutbound", 5_000, "peers", "paris"));
        assertNull(fault);

        set(Map.of("dropOutbound", 5_000, "peers", PARIS.toString()));

        assertTrue(fault.on(PARIS).isPresent());
        assertTrue(fault.on(ROME).isEmpty());
    }

    @Test
    void shouldEndFaultsThoughSomethingElseIsWrong() {
        set(Map.of("dropInbound", 500));
        set(Map.of("dropInbound", 500, "peers", "paris"));
        assertNotNull(fault);

        set(Map.of("peers", "paris"));

        assertNull(fault);
    }

    @Test
    void shouldRefuseWrongKeysInWordsAndGoOnUntilItsTimeIsOver() {
        set(Map.of("dropInbound", 500));
        Map<String, Object> wrong = Map.of("dropOutbound", 10_001, "dropInbound", -1, "extraLatencyMillisMin", "soon",
                "extraLatencyMillisMax", 60_001, "peers", "paris", "seed", "x", "minutes", 1441);

        wrong.forEach((key, value) -> {
            refused.clear();
            Map<String, Object> keys = new HashMap<>(Map.of("dropInbound", 500));
            keys.put(key, value);
            set(keys);
            assertTrue(refused.size() == 1 && refused.get(0).contains(key + " = " + value), refused.toString());
            assertNotNull(fault);
        });
        refused.clear();
        set(Map.of("dropInbound", 500, "extraLatencyMillisMin", 20, "extraLatencyMillisMax", 10));

        assertTrue(refused.get(0).contains("extraLatencyMillisMax = 10: must be not less than extraLatencyMillisMin,"
                + " which is 20"), refused.toString());
        time.advance(Duration.ofMinutes(10));
        assertNull(fault);
    }
}
