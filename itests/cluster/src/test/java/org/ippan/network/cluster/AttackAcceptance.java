// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;

/**
 * What attacks cost a publisher at a rate of usual days, and that they displace no address that was dialled.
 * {@code docs/testing.md} has the command.
 */
class AttackAcceptance extends AttackGround {

    private static final String TRANSPORT = "org.ippan.network.transport";
    /** Of 32 addresses each, to a node that remembers 40. */
    private static final int ANSWERS = 20;
    /** They are met with the rates that the documents advise for networks of strangers. */
    private static final Set<Attack> FLOODS = EnumSet.of(Attack.URGENT, Attack.TINY, Attack.SAME_BODY);

    /** The publisher's links are those of strangers of standing, as all dialled it, and strangers are everywhere. */
    @Test
    void shouldHoldUpAPublisherAtARateLittle() throws Exception {
        mesh();
        IppanNode publisher = honest.get(0);
        List<String> targets = honest.stream().map(Nodes::address).toList();
        try (Load load = new Load(publisher, honest.subList(1, honest.size()), BYTES, 2000);
                Announcer announcer = new Announcer(publisher)) {
            warm(load, 5);
            for (Attack attack : chosen(List.of(Attack.values()))) {
                boolean flood = FLOODS.contains(attack);
                rates(flood ? 5000 : 0, flood ? 32 << 20 : 0);
                attack(attack, load, announcer, targets, 2, ATTACK_SECONDS / 2);
            }
            load.settle();
        }

        assertEquals(List.of(), wrong);
    }

    private void rates(int messages, int bytes) {
        honest.forEach(node -> node.set(TRANSPORT, Map.of("inboundMessagesPerSecond", String.valueOf(messages),
                "inboundBytesPerSecond", String.valueOf(bytes))));
    }

    /** While strangers tell it of places where nothing is, until its book would be full many times over. */
    @Test
    void shouldKeepTheAddressesItDialled() throws Exception {
        // The honest ones are all at one address, each of the strangers at another.
        IppanNode node = nodes.embed("node", builder -> builder.set(PEERS, "exemptNets", "")
                .set(PEERS, "maxPerAddress", "8").set(PEERS, "maxBook", "40").set(PEERS, "outboundTarget", "0"));
        List<PeerAddress> dialled = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            IppanNode other = node("other-" + i);
            dialled.add(other.listenAddress().orElseThrow());
            node.service(PeerAdmin.class).connect(other.listenAddress().orElseThrow());
            honest.add(other);
        }
        Nodes.awaitPeers(node, honest.size());
        honest.forEach(IppanNode::close);
        try (AttackProcess attackers = new AttackProcess(nodes, Attack.CLAIM_ADDRESSES, List.of(Nodes.address(node)))) {
            attackers.attack();
            Eventually.until(() -> "claims are taken: " + node.peers().snapshot(), Nodes.SOON,
                    () -> node.peers().snapshot().addressAnswers() >= ANSWERS);
            attackers.rest();
            System.out.println("claims: " + attackers.figures() + "; " + node.peers().snapshot().addresses() + ", "
                    + node.peers().snapshot().addressesDropped());
        }

        List<PeerAddress> known = node.peers().peers().stream().map(peer -> peer.address()).toList();
        assertEquals(List.of(), dialled.stream().filter(address -> !known.contains(address)).toList());
    }
}
