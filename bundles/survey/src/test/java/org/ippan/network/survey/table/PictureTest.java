// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.NetworkChanges;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.record.SampleRecords;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** What one node, alice, makes of what others say. */
class PictureTest extends Hearsay {

    @Test
    void shouldShowNodesByTheirOwnWord() {
        pass(3);
        tell(record(CAROL, "", Severity.FAIL, BOB));

        View view = look();

        assertEquals(NodeState.OK, state(view, ALICE));
        assertEquals(NodeState.OK, state(view, BOB));
        assertEquals(NodeState.FAIL, state(view, CAROL));
        assertEquals("It does not listen.", node(view, CAROL).why());
        assertEquals(CAROL.toString().substring(0, 16), view.nodes().get(0).id());
    }

    @Test
    void shouldKnowThatANodeIsGoneWhenAllOfItsNeighboursSaySo() {
        look();
        pass(3);
        tell(BOB, ALICE);
        assertEquals(NodeState.OK, state(look(), CAROL));

        pass(2);

        assertEquals(NodeState.GONE, state(look(), CAROL));
        assertEquals(NodeState.OK, state(look(), BOB));
    }

    @Test
    void shouldTellSinceWhenANodeIsInItsState() {
        pass(3);
        tell(record(CAROL, "", Severity.WARN, BOB));
        long begun = look().nowSeconds();
        pass(4);
        tell(record(CAROL, "", Severity.WARN, BOB));
        assertEquals(begun, node(look(), CAROL).sinceSeconds());

        pass(4);
        tell(record(CAROL, "", Severity.FAIL, BOB));

        assertEquals(begun + 8, node(look(), CAROL).sinceSeconds());
    }

    @Test
    void shouldSeeThatANeighbourIsGoneBeforeAnyRecordSaysSo() {
        own = SampleRecords.of(ALICE, 0);
        look();
        pass(2);

        View view = look();

        assertEquals(NodeState.GONE, state(view, BOB));
        assertEquals(NodeState.GONE, state(view, CAROL));
    }

    @Test
    void shouldNotTakeAListThatIsCutForAWordAgainstALink() {
        pass(3);
        tellCut("");
        look();
        pass(2);

        assertEquals(NodeState.OK, state(look(), CAROL));
    }

    @Test
    void shouldKnowThatALeafIsGoneOfANodeWithMoreLinksThanItLists() {
        pass(3);
        tellCut("x" + StatusRecord.Told.shortened(CAROL.word0()));
        look();
        pass(2);
        assertEquals(NodeState.OK, state(look(), CAROL));

        tellCut("xy");
        look();
        pass(2);

        assertEquals(NodeState.GONE, state(look(), CAROL));
    }

    /** Bob tells more links than he lists. */
    private void tellCut(String further) {
        StatusRecord cut = record(BOB, "", Severity.OK, ALICE);
        tell(new StatusRecord(cut.id(), cut.life(), cut.intervalSeconds(), cut.uptimeSeconds(),
                StatusRecord.Told.cut(further), cut.name(), cut.version(), cut.findings(), cut.numbers(), cut.links(),
                cut.topics()));
    }

    @Test
    void shouldShowWhoLeftFor10Minutes() {
        pass(3);
        table.take(new RecordTable.Arrived(SampleRecords.leaving(CAROL, 9), new byte[200], now, now));
        tell(BOB, ALICE);
        look();
        pass(60);
        tell(BOB, ALICE);

        assertEquals(NodeState.LEFT, state(look(), CAROL));
        for (int i = 0; i < 10; i++) {
            pass(60);
            tell(BOB, ALICE);
        }
        assertTrue(look().nodes().stream().noneMatch(node -> node.id().equals(CAROL.toString().substring(0, 16))));
    }

    @Test
    void shouldCallANodeSilentThatLeftTheSurveyButNotTheNetwork() {
        pass(3);
        table.take(new RecordTable.Arrived(SampleRecords.leaving(CAROL, 9), new byte[200], now, now));
        pass(10);
        tell(BOB, ALICE, CAROL);

        assertEquals(NodeState.SILENT, state(look(), CAROL));
    }

    @Test
    void shouldCallANodeStaleWhoseRecordIsTwoIntervalsOverdue() {
        pass(25);
        tell(BOB, ALICE, CAROL);
        assertEquals(NodeState.OK, state(look(), CAROL));

        pass(11);
        tell(BOB, ALICE, CAROL);

        assertEquals(NodeState.STALE, state(look(), CAROL));
        assertEquals(NodeState.OK, state(look(), BOB));
    }

    @Test
    void shouldWaitForANodeThatHasJustJoinedAsLongAsThisNodeWaitsItself() {
        own = new StatusRecord(own.id(), own.life(), 244, own.uptimeSeconds(), own.told(), own.name(), own.version(),
                own.findings(), own.numbers(), own.links(), own.topics());
        pass(240);

        assertEquals(NodeState.OK, state(look(), CAROL));
    }

    @Test
    void shouldNameNodesThatTellNothing() {
        pass(3);
        tell(BOB, ALICE, CAROL, DAVE);

        View view = look();

        assertEquals(NodeState.SILENT, state(view, DAVE));
        assertFalse(link(view, BOB, DAVE).full());
    }

    @Test
    void shouldShowANodeOfANewerFormatAsSilent() {
        table.unreadable(DAVE, now);

        assertEquals("It tells its status in a newer format.", node(look(), DAVE).why());
    }

    @Test
    void shouldForgetAGoneNodeAfterAnHour() {
        pass(3);
        tell(BOB, ALICE);
        look();
        for (int minute = 0; minute < 59; minute++) {
            pass(60);
            tell(BOB, ALICE);
            assertEquals(NodeState.GONE, state(look(), CAROL));
        }
        pass(120);
        tell(BOB, ALICE);

        View view = look();

        assertEquals(0, view.counts().get(NodeState.GONE));
        assertEquals(1, view.changes(FIRST).removed().size());
    }

    @Test
    void shouldTellOnlyWhatChanged() {
        NetworkChanges all = look().changes(0);
        assertTrue(all.whole());
        assertEquals(3, all.nodes().size());
        assertEquals(List.of(), look().changes(all.revision()).nodes());

        pass(3);
        tell(CAROL, BOB);
        NetworkChanges some = look().changes(all.revision());

        assertFalse(some.whole());
        assertEquals(List.of(CAROL.toString().substring(0, 16)), some.nodes().stream().map(NetworkNode::id).toList());
        assertEquals(node(look(), CAROL).key(), some.nodes().get(0).key());
        assertTrue(look().changes(some.revision() + 1_000_000).whole(), "of another life of the node");
    }

    @Test
    void shouldSuspectASplitWhenAThirdGoesWithinAMinute() {
        PeerId[] others = IntStream.range(10, 20).mapToObj(Peers::peer).toArray(PeerId[]::new);
        for (PeerId other : others) {
            tell(other, BOB);
        }
        pass(3);
        tell(BOB, with(ALICE, CAROL, others));
        assertFalse(look().split());

        pass(3);
        tell(BOB, with(ALICE, CAROL, Arrays.copyOf(others, 6)));
        look();
        pass(2);
        View view = look();
        assertEquals(4, view.counts().get(NodeState.GONE));
        assertTrue(view.split());
        assertTrue(view.gone().contains(Peers.peer(16).shortForm()), view.gone());

        pass(1);
        for (PeerId other : others) {
            tell(other, BOB);
        }
        tell(BOB, with(ALICE, CAROL, others));
        assertFalse(look().split(), "healed");
    }

    /** A node that came when another one was gone already was not cut off with it. */
    @Test
    void shouldNotSuspectASplitWhenNodesComeAndGoOneAfterTheOther() {
        for (PeerId guest : List.of(DAVE, LIAR, Peers.peer(6))) {
            pass(3);
            tell(guest, BOB);
            tell(BOB, ALICE, CAROL, guest);
            look();
            pass(3);
            tell(BOB, ALICE, CAROL);
            look();
            pass(3);
            look();
        }

        View view = look();

        assertEquals(3, view.counts().get(NodeState.GONE));
        assertFalse(view.split());
    }

    @Test
    void shouldNotSuspectASplitWhenOneOfFiveDies() {
        tell(DAVE, BOB);
        tell(LIAR, BOB);
        pass(3);
        tell(BOB, ALICE, DAVE, LIAR);
        look();
        pass(2);
        View view = look();

        assertEquals(1, view.counts().get(NodeState.GONE));
        assertFalse(view.split());
    }

    private static PeerId[] with(PeerId first, PeerId second, PeerId... others) {
        PeerId[] all = Arrays.copyOf(others, others.length + 2);
        all[others.length] = first;
        all[others.length + 1] = second;
        return all;
    }
}
