// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.ippan.network.web.http.Refusal;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Set<String> NEW = Set.of(History.NEW);

    /** What the node counted when it is asked next. */
    private long bodies;
    private long copies;
    private long lagBytes;
    private final ManualScheduler scheduler = new ManualScheduler();
    private final NodeServices services = new NodeServices();
    private final History history = new History(services, scheduler.clock(Instant.ofEpochSecond(1_000_000)));

    HistoryTest() {
        services.bind("Gossip", () -> Records.of(GossipSnapshot.class, Map.of("bodiesReceived", bodies, "duplicates",
                copies, "outbound", List.of(new OutboundSnapshot(Peers.peer(1), true, false, lagBytes, 0, 0,
                        true, Patience.WAITS),
                        new OutboundSnapshot(Peers.peer(2), true, true, 2_000, 0, 0, false, Patience.STRANGER)))));
    }

    /** So many seconds pass, in each of which so much comes. */
    private void pass(int count, long newBodies, long newCopies) {
        for (int i = 0; i < count; i++) {
            scheduler.advance(Duration.ofSeconds(1));
            bodies += newBodies + newCopies;
            copies += newCopies;
            history.sample();
        }
    }

    private List<Object> curve(long step, String name, String part) {
        return new ArrayList<>((List<?>) ((Map<?, ?>) history.of(Set.of(name), 0, step).get(name)).get(part));
    }

    @Test
    void shouldAddUpWhatTheLinksStillHaveToSend() {
        lagBytes = 1_000;

        history.sample();

        assertEquals(List.of(3_000.0), history.of(Set.of("Gossip.outbound.lagBytes"), 0, 1)
                .get("Gossip.outbound.lagBytes"));
    }

    @Test
    void shouldCountAsNewWhatIsNoCopy() {
        pass(2, 7, 3);

        assertEquals(List.of(7.0, 14.0), history.of(NEW, 0, 1).get(History.NEW));
    }

    @Test
    void shouldKeepThePeakOfASecondForADay() {
        pass(299, 10, 0);
        pass(1, 500, 0);
        pass(600, 10, 0);

        List<Object> hour = curve(10, History.NEW, "max");
        assertEquals(1, hour.stream().filter(Float.valueOf(500)::equals).count());
        assertEquals(1, curve(120, History.NEW, "max").stream().filter(Float.valueOf(500)::equals).count());
        assertEquals(Float.valueOf(59), curve(10, History.NEW, "mean").get(hour.indexOf(500f)));
        assertEquals(Set.of(10f), Set.copyOf(curve(10, History.NEW, "min")));
    }

    /** What is no counter is drawn as it is. */
    @Test
    void shouldTellTheLeastAndTheMostThatWaited() {
        for (int i = 0; i < 21; i++) {
            lagBytes = i % 10;
            pass(1, 0, 0);
        }

        assertEquals(List.of(2_009f), curve(10, "Gossip.outbound.lagBytes", "max").subList(1, 2));
        assertEquals(List.of(2_000f), curve(10, "Gossip.outbound.lagBytes", "min").subList(1, 2));
    }

    @Test
    void shouldBeBoundedAtEveryStep() {
        pass(3_700, 1, 0);

        assertEquals(History.SAMPLES, ((List<?>) history.of(NEW, 0, 1).get("time")).size());
        assertEquals(360, ((List<?>) history.of(NEW, 0, 10).get("time")).size());
        assertEquals(31, ((List<?>) history.of(NEW, 0, 120).get("time")).size());
    }

    @Test
    void shouldTellOnlyWhatIsNewer() {
        pass(35, 1, 0);

        assertEquals(List.of(1_000_030L), history.of(NEW, 1_000_020, 10).get("time"));
        assertEquals(List.of(1_000_034.0, 1_000_035.0), history.of(NEW, 1_000_033, 1).get("time"));
    }

    /** A bundle that was updated counts from 0 again: that is no rate below nothing. */
    @Test
    void shouldLeaveOutTheSecondInWhichACounterBeganAgain() {
        pass(10, 100, 0);
        bodies = 0;
        pass(20, 100, 0);

        assertEquals(Set.of(100f), Set.copyOf(curve(10, History.NEW, "min")));
    }

    @Test
    void shouldRefuseAStepThereIsNot() {
        Refusal refusal = assertThrows(Refusal.class, () -> history.of(NEW, 0, 60));

        assertEquals("step = 60: must be 1, 10 or 120 (seconds)", refusal.getMessage());
    }
}
