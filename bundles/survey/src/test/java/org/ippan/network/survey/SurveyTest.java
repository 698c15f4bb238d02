// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.Village.House;
import org.ippan.network.survey.settings.SurveySettings;
import org.junit.jupiter.api.Test;

/** The surveys of several nodes together. */
class SurveyTest {

    private final Village village = Village.ring(5, 2, Map.of());
    private final House first = village.houses.get(0);
    private final House last = village.houses.get(4);

    @Test
    void shouldShowTheWholeNetworkOnEveryNode() {
        village.pass(25);

        for (House here : village.houses) {
            for (House there : village.houses) {
                assertEquals(NodeState.OK, here.state(there));
                assertEquals(4, here.sees(there).links().stream().filter(NodeLink::full).count());
            }
            assertEquals(5, here.survey.snapshot().nodes().get(NodeState.OK));
            assertEquals(4, here.survey.snapshot().records());
            assertEquals(10, here.survey.snapshot().interval());
        }
    }

    @Test
    void shouldShowAKilledNodeAsGoneOnEveryNodeWithin15Seconds() {
        village.pass(25);
        last.alive = false;

        assertTrue(village.within(15, () -> living().stream().allMatch(here -> here.state(last) == NodeState.GONE)));
        assertTrue(living().stream().allMatch(here -> living().stream()
                .allMatch(there -> here.state(there) == NodeState.OK)));
        assertFalse(first.survey.snapshot().split());
    }

    /** The page asks once a second: two seconds are over if it is shown with the next look only. */
    @Test
    void shouldShowAStoppedNodeAsLeftAtOnce() {
        village.pass(25);
        last.survey.leave();
        last.alive = false;
        village.time.advance(Duration.ofMillis(150));

        assertTrue(living().stream().allMatch(here -> here.state(last) == NodeState.LEFT));
        village.pass(60);
        assertEquals(NodeState.LEFT, first.state(last));
    }

    @Test
    void shouldTellAFindingAtOnceAndNotThoseAboutOthers() {
        village.pass(25);
        last.findings.add(new Finding("listener", Severity.FAIL, "It does not listen.", "Free the port."));
        first.findings.add(new Finding("network", Severity.WARN, "1 node is gone.", "Look at it."));

        assertTrue(village.within(10, () -> village.houses.stream()
                .allMatch(here -> here.state(last) == NodeState.FAIL)));
        assertEquals("It does not listen.", first.sees(last).why());
        assertEquals(NodeState.OK, last.state(first));
    }

    @Test
    void shouldSuspectASplitAndForgetItWhenItIsHealed() {
        Village both = Village.ring(10, 1, Map.of());
        both.pass(25);
        both.cut(4, 5);
        both.cut(9, 0);

        assertTrue(both.within(90, () -> both.houses.stream().allMatch(here -> here.survey.snapshot().split())));
        both.link(4, 5);
        both.link(9, 0);
        assertTrue(both.within(30, () -> both.houses.stream().allMatch(here -> !here.survey.snapshot().split()
                && here.survey.snapshot().nodes().get(NodeState.OK) == 10)));
    }

    @Test
    void shouldKnowTheLivingFromTheDeadAroundANodeWithManyLinks() {
        Village star = Village.ring(1, 0, Map.of());
        House hub = star.houses.get(0);
        for (int leaf = 0; leaf < 44; leaf++) {
            star.join();
        }
        star.pass(40);
        assertTrue(star.houses.stream().allMatch(here -> here.survey.snapshot().nodes().get(NodeState.OK) == 45));
        assertEquals(44, hub.sees(hub).links().size());

        // Some that the hub lists, and some that it does not.
        List<House> dead = star.houses.stream().skip(1).limit(10).toList();
        dead.forEach(leaf -> leaf.alive = false);

        assertTrue(star.within(20, () -> star.houses.stream().filter(here -> here.alive).allMatch(here ->
                dead.stream().allMatch(leaf -> here.state(leaf) == NodeState.GONE))));
        star.pass(10);
        assertEquals(35, hub.survey.snapshot().nodes().get(NodeState.OK));
        assertEquals(35, star.houses.get(44).survey.snapshot().nodes().get(NodeState.OK));
    }

    @Test
    void shouldCostEachNodeNoMoreThanItsBudget() {
        Village large = Village.ring(12, 3, Map.of("budgetBytesPerSecond", 300));
        large.pass(40);
        large.received.clear();

        large.pass(80);

        // An interval of 40 s: 2 records of each node in 80 s, give or take one.
        long worst = large.received.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        assertTrue(worst < 80 * 300, worst + " bytes in 80 s");
        assertEquals(40, large.houses.get(0).survey.snapshot().interval());
    }

    @Test
    void shouldTellNothingWhereItIsNotToShareButShowTheOthers() {
        Village shy = Village.ring(3, 1, Map.of());
        House off = shy.houses.get(0);
        off.survey.apply(settings(Map.of("share", "off")));
        shy.pass(25);

        assertEquals(List.of(), off.sent);
        assertEquals("share is off.", off.survey.snapshot().sharingReason());
        assertEquals(NodeState.OK, off.state(shy.houses.get(1)));
        assertEquals(NodeState.SILENT, shy.houses.get(1).state(off));
    }

    @Test
    void shouldSayThatItLeavesTheViewWhenSharingIsTurnedOff() {
        village.pass(25);
        last.survey.apply(settings(Map.of("share", "off")));
        int sent = last.sent.size();
        village.pass(60);

        assertEquals(sent, last.sent.size());
        assertEquals(NodeState.SILENT, first.state(last));
    }

    @Test
    void shouldKnowAtOnceWhatANeighbourRetellsAndTakeTheNextRecordOfEach() {
        village.pass(25);
        House late = village.join();
        late.survey.tick();
        first.survey.records(late.identity.id()).forEach(record -> late.survey.hear(first.identity.id(), record));

        assertTrue(village.within(4, () -> late.survey.snapshot().nodes().get(NodeState.OK) == 6));
        long taken = late.survey.snapshot().recordsTaken();
        village.pass(15);
        assertTrue(late.survey.snapshot().recordsTaken() >= taken + 5, "one of each");
        assertEquals(0, late.survey.snapshot().recordsIgnored().get(IgnoreReason.TOO_FAST));
    }

    @Test
    void shouldWaitForAKey() {
        House early = Village.ring(1, 0, Map.of()).houses.get(0);
        early.bound.services.unbind("Peers", early.bound.services.require(PeerDirectory.class));
        early.survey.tick();

        assertEquals(List.of(), early.survey.nodes());
        assertEquals("This node has no key yet.", early.survey.snapshot().sharingReason());
    }

    private List<House> living() {
        return village.houses.stream().filter(house -> house.alive).toList();
    }

    private static SurveySettings settings(Map<String, ?> values) {
        return SurveySettings.of(SurveySettings.SCHEMA.parse(values));
    }
}
