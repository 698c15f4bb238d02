// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.gossip.GossipSnapshot.Mismatch;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** Peers that do not have the same messages of a publisher as this node. */
class FingerprintsTest {

    private final FakeNode node = new FakeNode();

    private List<String> found() {
        return FakeNode.of("fingerprints", node.doctor().examine());
    }

    private static String finding(String peer, int count, String publisher) {
        return "WARN " + peer + " told " + count + " fingerprints of the messages of " + publisher + " that differ from"
                + " this node's. Either " + publisher + " sends different messages to different peers, or " + peer
                + " tells false fingerprints. No message is lost: those that differ are announced. If several peers"
                + " differ about " + publisher + ", ban it; if " + peer + " differs about several publishers, ban"
                + " that.";
    }

    /** The worst first; fewer than three may be the accident of a bundle that began anew. */
    @Test
    void shouldNamePublisherAndPeerWhereFingerprintsDifferAgainAndAgain() {
        node.peers.add(Records.of(Peer.class, Map.of("alias", "paris", "id", Optional.of(Peers.peer(1)),
                "address", PeerAddress.tcp("10.0.0.12", 9700), "score", ReputationScore.NEUTRAL)));
        String paris = "paris (" + Peers.peer(1).shortForm() + ")";
        String stranger = Peers.peer(2).shortForm();
        node.gossip.put("mismatches", List.of(new Mismatch(Peers.peer(1), Peers.peer(2), 3),
                new Mismatch(Peers.peer(3), Peers.peer(1), 2),
                new Mismatch(Peers.peer(2), Peers.peer(1), 20)));

        assertEquals(List.of(finding(paris, 20, stranger), finding(stranger, 3, paris)), found());
    }

    @Test
    void shouldFindNothingWhereNoneDiffer() {
        assertEquals(List.of(), found());
    }

    @Test
    void shouldNameNoMoreThanEight() {
        node.gossip.put("mismatches", LongStream.range(1, 20)
                .mapToObj(number -> new Mismatch(Peers.peer(number), Peers.peer(50), 3)).toList());

        assertEquals(8, found().size());
    }
}
