// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.Village.House;
import org.ippan.network.survey.record.RecordWriter;
import org.ippan.network.survey.record.SampleRecords;
import org.ippan.network.survey.record.StatusRecord.Life;
import org.junit.jupiter.api.Test;

/** A node that was away, or others thought so. */
class ReturnTest {

    private final Village village = Village.ring(5, 2, Map.of());
    private final House first = village.houses.get(0);
    private final House last = village.houses.get(4);

    @Test
    void shouldShowANodeAgainThatComesBack() {
        village.pass(25);
        last.survey.leave();
        village.pass(3);
        last.survey.begin(last.bound.gossip);

        assertTrue(village.within(15, this::isWellEverywhere));
    }

    /** As when its gossip is updated: others ignore what comes at once after the last word of a life. */
    @Test
    void shouldShowANodeAgainSoonThatIsAwayForAMoment() {
        village.pass(100);
        for (int sent = last.sent.size(); last.sent.size() == sent;) {
            village.pass(1);
        }
        village.pass(4);
        last.survey.leave();
        last.survey.begin(last.bound.gossip);
        village.pass(1);
        assertEquals(NodeState.LEFT, first.state(last));

        assertTrue(village.within(5, this::isWellEverywhere));
        assertEquals(0, first.survey.snapshot().recordsIgnored().get(IgnoreReason.TOO_FAST));
    }

    /** Its clock went back since, or another node had its key for a while. */
    @Test
    void shouldShowANodeAgainOfWhichOthersKnowALaterLife() {
        village.pass(25);
        byte[] later = RecordWriter.write(SampleRecords.of(last.identity.id(), new Life(Long.MAX_VALUE / 2, 1, true),
                "copy", Severity.OK), last.identity, Village.TAG);
        village.houses.stream().filter(house -> house != last).forEach(house -> house.hear(Survey.TOPIC, later));
        village.pass(30);
        assertEquals(NodeState.SILENT, first.state(last));

        first.survey.records(last.identity.id()).forEach(record -> last.survey.hear(first.identity.id(), record));

        assertTrue(village.within(15, this::isWellEverywhere));
    }

    /** Its first record is sent with its first link, and seconds before that it did not listen yet. */
    @Test
    void shouldNotTellWhatWasTrueBeforeThereWereLinks() {
        village.pass(25);
        House late = village.join();
        village.cut(0, 5);
        late.findings.add(new Finding("listener", Severity.FAIL, "The node does not listen.", ""));
        village.pass(1);
        late.findings.clear();
        village.link(0, 5);

        village.pass(2);

        assertEquals(NodeState.OK, first.state(late));
    }

    private boolean isWellEverywhere() {
        return village.houses.stream().allMatch(here -> here.state(last) == NodeState.OK);
    }
}
