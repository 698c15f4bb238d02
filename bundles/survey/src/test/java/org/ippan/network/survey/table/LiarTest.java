// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Nodes that lie, about themselves and about others. */
class LiarTest extends Hearsay {

    @Test
    void shouldDrawALinkFullOnlyIfBothEndsTellIt() {
        pass(3);
        tell(LIAR, ALICE, BOB, CAROL);

        View view = look();

        assertTrue(link(view, BOB, CAROL).full());
        assertTrue(link(view, ALICE, BOB).full());
        assertTrue(node(view, LIAR).links().stream().noneMatch(NodeLink::full));
        assertTrue(node(view, CAROL).links().stream().allMatch(NodeLink::full));
    }

    @Test
    void shouldNotLetALiarMakeALinkedNodeGone() {
        pass(3);
        tell(CAROL, BOB, LIAR);
        tell(LIAR, CAROL, DAVE);
        tell(DAVE, LIAR);
        pass(3);
        tell(LIAR, DAVE);
        look();
        pass(3);

        assertEquals(NodeState.OK, state(look(), CAROL), "only the liar's own link fell");
    }

    @Test
    void shouldShowTheIdsWhereANameIsStolen() {
        pass(3);
        tell(record(BOB, "oslo", Severity.OK, ALICE, CAROL));
        tell(record(LIAR, "oslo", Severity.OK, CAROL));

        assertEquals("oslo (" + BOB.shortForm() + ")", node(look(), BOB).name());
        assertEquals("oslo (" + LIAR.shortForm() + ")", node(look(), LIAR).name());
    }

    @Test
    void shouldShowTheIdOfANodeThatCallsItselfAsAnotherOneIsShown() {
        pass(3);
        tell(record(LIAR, BOB.shortForm(), Severity.OK, CAROL));
        tell(record(DAVE, "oslo (" + BOB.shortForm() + ")", Severity.OK, CAROL));

        assertEquals(BOB.shortForm(), node(look(), BOB).name());
        assertEquals(BOB.shortForm() + " (" + LIAR.shortForm() + ")", node(look(), LIAR).name());
        assertEquals("oslo (" + BOB.shortForm() + ") (" + DAVE.shortForm() + ")", node(look(), DAVE).name());
    }

    @Test
    void shouldShowTheIdOfANodeThatCallsItselfAsASilentOneIsShown() {
        pass(3);
        tell(BOB, ALICE, CAROL, DAVE);
        tell(record(LIAR, DAVE.shortForm(), Severity.OK, CAROL));

        assertEquals(DAVE.shortForm(), node(look(), DAVE).name());
        assertEquals(DAVE.shortForm() + " (" + LIAR.shortForm() + ")", node(look(), LIAR).name());
    }

    @Test
    void shouldNotLetALiarKeepADeadNodeAlive() {
        pass(3);
        tell(BOB, ALICE, LIAR);
        tell(LIAR, BOB, CAROL);
        look();
        pass(2);

        assertEquals(NodeState.GONE, state(look(), CAROL));
    }

    @Test
    void shouldBelieveALinkThatOneEndTellsFirst() {
        pass(3);
        tell(DAVE, CAROL);
        look();
        pass(2);
        assertEquals(NodeState.OK, state(look(), DAVE));

        // Bob has never heard of the liar's link, and has spoken since.
        tell(LIAR, BOB);
        pass(1);
        tell(BOB, ALICE, CAROL);
        look();
        pass(2);

        assertEquals(NodeState.GONE, state(look(), LIAR));
    }

    @Test
    void shouldShowTheIdWithNamesThatAreTheSame() {
        pass(3);
        tell(record(BOB, "paris", Severity.OK, ALICE, CAROL, LIAR));
        tell(record(CAROL, "rome", Severity.OK, BOB));
        assertEquals("paris", node(look(), BOB).name());

        tell(record(LIAR, "paris", Severity.OK, BOB));
        View view = look();

        assertEquals("paris (" + BOB.shortForm() + ")", node(view, BOB).name());
        assertEquals("paris (" + LIAR.shortForm() + ")", node(view, LIAR).name());
        assertEquals("rome", node(view, CAROL).name());
        assertEquals(ALICE.shortForm(), node(view, ALICE).name());
    }

    @Test
    void shouldStayBoundedAndShowNothingFullUnder10000InventedNodes() {
        look();
        for (int i = 0; i < 10_000; i++) {
            PeerId invented = Peers.peer(100 + i);
            int number = i;
            tell(invented, LongStream.range(0, 30).mapToObj(link -> Peers.peer(50_000 + 30L * number + link))
                    .toArray(PeerId[]::new));
        }

        View view = look();

        assertTrue(view.nodes().size() <= 2 * 5000 + 1, view.nodes().size() + " nodes");
        assertEquals(2 * 2, view.nodes().stream().flatMap(node -> node.links().stream()).filter(NodeLink::full)
                .count(), "alice - bob - carol, told from both ends, and nothing else");
    }
}
