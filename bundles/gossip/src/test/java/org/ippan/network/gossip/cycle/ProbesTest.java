// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.cycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.Contexts;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.model.StillLink;
import org.ippan.network.gossip.wire.Probe;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbesTest {

    private static final long LOW = 1;
    private static final long HIGH = 2;
    /** Without a sign it is higher still. */
    private static final long HIGHEST = -1;

    private final ManualScheduler time = new ManualScheduler();
    private final Map<String, Object> settings = new HashMap<>();
    private final GossipContext context = Contexts.context(time, new Callbacks(Runnable::run, () -> false), settings);
    private final Probes probes = new Probes(context);
    private final List<StillLink> far = new ArrayList<>();
    private final List<GossipLink> links = new ArrayList<>();

    @BeforeEach
    void connect() {
        for (int slot = 0; slot < 3; slot++) {
            far.add(new StillLink(Peers.peer(slot + 1)));
            links.add(far.get(slot).gossip(slot, 0, new Room(() -> { }).share(true), context.services));
            context.links.add(links.get(slot));
        }
    }

    private boolean heard(int link, long series, int round) {
        return probes.heard(links.get(link), new Probe(series, round), time.nanos());
    }

    /** How many probes each link was given. */
    private List<Integer> sent() {
        return far.stream().map(each -> each.told.size()).toList();
    }

    private void advance(long millis) {
        for (long passed = 0; passed < millis; passed += 10) {
            time.advance(Duration.ofMillis(10));
            probes.tick(time.nanos());
        }
    }

    @Test
    void shouldPassOnWhatItHearsFirst() {
        heard(0, HIGH, 1);
        heard(1, HIGH, 1);

        assertEquals(List.of(0, 1, 1), sent());
    }

    @Test
    void shouldPassOnOnlyOverLinksThatCarryBodies() {
        links.get(1).eager(false);
        links.get(2).patience(Patience.TOO_SLOW);
        heard(0, HIGH, 1);

        assertEquals(List.of(0, 0, 0), sent());
    }

    @Test
    void shouldPassNothingOnThatDoesNotRelay() {
        settings.put("relayMode", "direct");
        context.settings(Contexts.settings(settings));
        heard(0, HIGH, 1);

        assertEquals(List.of(0, 0, 0), sent());
    }

    /** In the first round of several series one remains: what they show contradicts. */
    @Test
    void shouldShowACycleWhereAProbeComesTwiceButNotInTheFirstRound() {
        boolean claim = heard(0, HIGH, 1) | heard(1, HIGH, 1);
        advance(1000);
        boolean first = heard(0, HIGH, 2);
        boolean second = heard(1, HIGH, 2);
        advance(1000);
        heard(0, HIGH, 3);
        boolean late = heard(1, HIGH, 2);

        assertFalse(claim || first || late);
        assertTrue(second);
    }

    @Test
    void shouldFollowTheLowestOfSeveralSeries() {
        heard(0, HIGH, 1);
        heard(1, HIGHEST, 1);
        heard(2, LOW, 1);
        advance(1000);
        boolean lower = heard(0, HIGH, 2) | heard(1, HIGH, 2);
        heard(2, LOW, 2);

        assertFalse(lower);
        assertEquals(List.of(2, 3, 1), sent());
        assertTrue(heard(1, LOW, 2));
    }

    @Test
    void shouldFollowAnyOnceOneIsOver() {
        heard(0, LOW, 1);
        advance(1990);
        heard(0, HIGH, 1);
        List<Integer> early = sent();
        advance(10);
        heard(0, HIGH, 1);

        assertEquals(List.of(0, 1, 1), early);
        assertEquals(List.of(0, 2, 2), sent());
    }

    /** What comes late of a series that is over would run from node to node for ever. */
    @Test
    void shouldTakePartInNoSeriesWhoseBeginningItDidNotHear() {
        heard(0, HIGH, 1);
        heard(0, LOW, 2);
        advance(5000);
        heard(0, LOW, 3);

        assertEquals(List.of(0, 1, 1), sent());
    }

    /** A peer that wants it to send much. */
    @Test
    void shouldPassOnFewHoweverManyCome() {
        for (int round = 1; round <= Probe.MOST_ROUNDS; round++) {
            heard(0, HIGHEST, round);
        }
        int rounds = sent().get(1);
        for (long series = 1000; series > 0; series--) {
            heard(0, series, 1);
        }

        assertEquals(1, rounds);
        assertEquals(1 + 16, sent().get(1));
    }

    @Test
    void shouldPassOnTheNextRoundThatComesNotTooSoon() {
        heard(0, HIGH, 1);
        advance(240);
        heard(0, HIGH, 2);
        int early = sent().get(1);
        advance(10);
        heard(0, HIGH, 2);

        assertEquals(List.of(1, 2), List.of(early, sent().get(1)));
    }

    @Test
    void shouldBeginASeriesOfRoundsASecondApart() {
        probes.want();
        boolean busy = probes.isBusy();
        advance(500);
        List<Integer> first = sent();
        advance(3500);

        assertTrue(busy);
        assertEquals(List.of(1, 1, 1), first);
        assertEquals(List.of(4, 4, 4), sent());
        assertFalse(probes.isBusy());
    }

    @Test
    void shouldNotBeginWhileAnotherGoesOn() {
        probes.want();
        heard(0, HIGH, 1);
        advance(5000);
        List<Integer> other = sent();
        probes.want();
        heard(0, LOW, 1);
        probes.want();
        advance(1990);
        List<Integer> still = sent();
        advance(510);

        assertEquals(List.of(0, 1, 1), other, "it is what was wanted");
        assertEquals(List.of(0, 2, 2), still);
        assertTrue(all() > 4);
    }

    /** What comes twice here closes its cycle here, and probes that began here would close it elsewhere. */
    @Test
    void shouldBeginASeriesItselfOrHaveAPeerDoSo() {
        Set<Integer> counts = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            int before = all();
            probes.want();
            advance(10_000);
            counts.add(all() - before);
        }

        assertEquals(Set.of(1, Probe.MOST_ROUNDS * 3), counts, "a request to one, or rounds over all links");
    }

    @Test
    void shouldDoThatForAPeerUnlessASeriesGoesOn() {
        Set<Integer> counts = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            int before = all();
            heard(0, 0, 0);
            heard(1, 0, 0);
            advance(10_000);
            counts.add(all() - before);
        }
        heard(0, LOW, 1);
        int before = all();
        heard(0, 0, 0);

        assertEquals(Set.of(1, Probe.MOST_ROUNDS * 3), counts);
        assertEquals(before, all());
    }

    private int all() {
        return sent().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void shouldLeaveItToALowerSeriesToGoOn() {
        probes.want();
        advance(500);
        heard(0, Long.MIN_VALUE, 1);
        heard(0, 0, 1);
        int passed = sent().get(1);
        advance(5000);

        assertEquals(passed, sent().get(1));
    }
}
