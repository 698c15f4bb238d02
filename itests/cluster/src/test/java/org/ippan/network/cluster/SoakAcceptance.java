// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ippan.network.cluster.Vitals.Vital;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Half an hour of a node that passes messages on, while peers come and are killed, settings change and strangers
 * attack: what it holds stays level, and nothing is lost. {@code docs/testing.md} has the command.
 */
class SoakAcceptance {

    private static final String PEERS = "org.ippan.network.peers";
    private static final int SECONDS = Integer.getInteger("acceptance.seconds", 1800);
    private static final int ROUND_SECONDS = 45;
    private static final int LOOK_SECONDS = 5;
    private static final int BYTES = 1000;
    private static final int PER_SECOND = 200;
    private static final double MOST_PERCENT_AN_HOUR = 1;
    /** Threads of pools, and connections that just come and go. */
    private static final double A_FEW = 5;
    private static final double SOME_CLASSES = 100;
    private static final List<Attack> ATTACKS = List.of(Attack.NEVER_READ, Attack.RECONNECT, Attack.CLAIM_ADDRESSES,
            Attack.CONNECT, Attack.ANNOUNCE);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private IppanNode linked(String name, NodeProcess to) {
        IppanNode node = nodes.embed(name, builder -> builder.set(PEERS, "outboundTarget", "0"), to.listen());
        Nodes.awaitPeers(node, 1);
        return node;
    }

    @Test
    void shouldStayLevelForHalfAnHour() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--set", PEERS + ":exemptNets=", "--set",
                PEERS + ":maxPerAddress=16");
        IppanNode publisher = linked("publisher", node);
        IppanNode receiver = linked("receiver", node);
        try (JmxClient jmx = JmxClient.connect(node);
                Load load = new Load(publisher, List.of(receiver), BYTES, PER_SECOND)) {
            Vitals vitals = new Vitals(jmx);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            for (int round = 0; System.nanoTime() < end; round++) {
                round(round, node, jmx, vitals);
                load.awaitArrival();
            }
            load.settle();
            vitals.draw(nodes.path("soak.svg"));
            judge(vitals, load);
        }
    }

    private void round(int round, NodeProcess node, JmxClient jmx, Vitals vitals) throws Exception {
        Attack attack = ATTACKS.get(round % ATTACKS.size());
        try (AttackProcess attackers = new AttackProcess(nodes, attack, List.of(node.listen()))) {
            NodeProcess peer = nodes.run("peer-" + round, Nodes.ANY_PORT, "--peers", node.listen());
            jmx.set("Transport", "InboundMessagesPerSecond", round % 2 == 0 ? 5000 : 0);
            attackers.attack();
            for (int second = 0; second < ROUND_SECONDS; second += LOOK_SECONDS) {
                TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                vitals.look();
            }
            peer.kill();
            attackers.rest();
            System.out.println("soak: " + attack + " " + attackers.figures());
        }
    }

    private void judge(Vitals vitals, Load load) {
        System.out.printf(Locale.ROOT, "soak: %d messages, heap %+.1f %% an hour, surely %+.1f; grown by %.0f threads,"
                + " %.0f descriptors, %.0f classes; %s%n", load.published(), vitals.percentAnHour(Vital.HEAP, 0),
                vitals.percentAnHour(Vital.HEAP, 2), vitals.growth(Vital.THREADS), vitals.growth(Vital.DESCRIPTORS),
                vitals.growth(Vital.CLASSES), nodes.path("soak.svg"));
        assertTrue(vitals.percentAnHour(Vital.HEAP, 2) <= MOST_PERCENT_AN_HOUR, "the heap grows");
        assertTrue(vitals.growth(Vital.THREADS) <= A_FEW, "threads are left");
        assertTrue(vitals.growth(Vital.DESCRIPTORS) <= A_FEW, "sockets or files are left");
        assertTrue(vitals.growth(Vital.CLASSES) <= SOME_CLASSES, "classes are left");
    }
}
