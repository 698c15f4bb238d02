// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever sends what every honest node rejects is banned, and a restart does not wash it clean. */
@Tag(Nodes.WAITING)
class BanIT {

    private static final Topic TOPIC = Topic.of("rejected");

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldBanAtTheTwentyFifthRejectedMessageAndRememberItAfterARestart() {
        IppanNode judge = nodes.embed("judge");
        judge.validate(TOPIC.name(), message -> Verdict.REJECT);
        IppanNode sender = nodes.embed("sender", Nodes.address(judge));
        Nodes.awaitPeers(sender, 1);

        publish(sender, 1, 24);
        awaitScore(judge, sender, -480);
        assertEquals(Standing.WARNED, reputation(judge).score(sender.id()).standing());
        assertEquals(1, judge.peers().connected().size());

        publish(sender, 25, 25);
        awaitScore(judge, sender, -500);
        assertTrue(reputation(judge).shouldBan(sender.id()));
        Nodes.awaitPeers(judge, 0);

        String address = Nodes.address(judge);
        judge.close();
        IppanNode again = nodes.embed("judge", Nodes.address(sender));

        assertTrue(reputation(again).shouldBan(sender.id()), () -> reputation(again).stats(sender.id()).toString());
        long before = refusals(sender);
        Eventually.until(() -> "the sender is refused: " + sender.peers().snapshot() + address, Nodes.SOON,
                () -> refusals(sender) > before);
        assertEquals(0, again.peers().connected().size());
        assertEquals(0, sender.peers().connected().size());
    }

    private static void publish(IppanNode node, int first, int last) {
        for (int i = first; i <= last; i++) {
            Message message = Message.of(TOPIC, ("message " + i).getBytes(StandardCharsets.UTF_8));
            // A peer is connected a moment before gossip knows of the link.
            Eventually.until("it is accepted", Nodes.SOON, () -> node.gossip().publish(message).accepted());
        }
    }

    private static void awaitScore(IppanNode judge, IppanNode sender, int score) {
        Eventually.until(() -> score + " in " + reputation(judge).stats(sender.id()), Nodes.SOON,
                () -> reputation(judge).score(sender.id()).value() == score);
    }

    private static ReputationManager reputation(IppanNode node) {
        return node.service(ReputationManager.class);
    }

    private static long refusals(IppanNode node) {
        return node.peers().snapshot().goodbyesReceived().getOrDefault(GoodbyeReason.BANNED, 0L);
    }
}
