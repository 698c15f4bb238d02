// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.node.IppanNode;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What attacks cost a publisher among honest nodes: its rate in turns without and beside each attack, in one run.
 * Attackers are strangers at addresses of their own, for which no limit is lifted, in a process of their own.
 */
abstract class AttackGround {

    static final String PEERS = "org.ippan.network.peers";
    static final int HONEST = 3;
    static final int BYTES = 1000;
    static final double ATTACK_SECONDS = 3;
    private static final int GAP_MILLIS = 300;
    private static final double LEAST = 0.95;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @RegisterExtension
    final Nodes nodes = new Nodes();

    final List<IppanNode> honest = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();

    /** Some seconds of one kind: rates, and processors that were busy, and that others left to the nodes. */
    private record Phase(double rate, double delivered, double busy, double left, double attackers, double millis,
            double sent) {
    }

    /** All seconds of one kind. */
    private record Phases(List<Phase> all) {

        Phases() {
            this(new ArrayList<>());
        }

        double median(ToDoubleFunction<Phase> figure) {
            double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        double microsPerMessage() {
            return median(phase -> phase.busy / phase.delivered * MICROS);
        }
    }

    IppanNode node(String name, String... peers) {
        return nodes.embed(name, builder -> builder.set(PEERS, "exemptNets", "").set(PEERS, "maxInbound", "200")
                .set(PEERS, "maxConnections", "300"), peers);
    }

    /** All of them linked with each other; the last knows the others by configuration, and is known to none. */
    void mesh() {
        for (int i = 0; i <= HONEST; i++) {
            honest.add(node("node-" + i, honest.stream().map(Nodes::address).toArray(String[]::new)));
        }
        honest.forEach(node -> Nodes.awaitPeers(node, HONEST));
    }

    private Phase measure(Load load, AttackProcess attackers, double seconds) throws InterruptedException {
        load.delays().clear();
        long begin = System.nanoTime();
        long published = load.published();
        long delivered = load.delivered();
        long busy = MACHINE.getProcessCpuTime();
        Duration theirs = attackers.processorTime();
        long sent = sent();
        MACHINE.getCpuLoad();
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000));
        double took = (System.nanoTime() - begin) / NANOS;
        double ours = (MACHINE.getProcessCpuTime() - busy) / NANOS / took;
        double idle = Math.max(0, 1 - MACHINE.getCpuLoad()) * MACHINE.getAvailableProcessors();
        return new Phase((load.published() - published) / took, (load.delivered() - delivered) / took, ours,
                ours + idle,
                attackers.processorTime().minus(theirs).toNanos() / NANOS / took, load.delays().millis(99),
                (sent() - sent) / took);
    }

    private long sent() {
        return honest.stream().mapToLong(node -> node.service(Transport.class).snapshot().bytesWritten()).sum();
    }

    /** Those that are named by a property of the command; else all. */
    static List<Attack> chosen(List<Attack> attacks) {
        List<String> names = List.of(System.getProperty("acceptance.attacks", "").split(","));
        return attacks.stream().filter(attack -> names.contains("") || names.contains(attack.name())).toList();
    }

    /** Begins when the publisher is as fast as it gets. */
    static void warm(Load load, int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
        System.out.printf(Locale.ROOT, "undisturbed: %d published, %d delivered in %d s%n", load.published(),
                load.delivered(), seconds);
    }

    /** Looks at all of them, whatever comes of one. */
    void attack(Attack attack, Load load, Announcer announcer, List<String> targets, int times,
            double calmly) {
        try {
            compare(attack, load, announcer, targets, times, calmly);
        } catch (Exception | AssertionError e) {
            wrong.add(attack + ": " + e);
        }
    }

    private void compare(Attack attack, Load load, Announcer announcer, List<String> targets, int times,
            double calmly) throws Exception {
        Phases calm = new Phases();
        Phases beside = new Phases();
        int announced = announcer.announced();
        int served = announcer.served();
        String figures;
        try (AttackProcess attackers = new AttackProcess(nodes, attack, targets)) {
            for (int i = 0; i < times; i++) {
                TimeUnit.MILLISECONDS.sleep(GAP_MILLIS);
                calm.all.add(measure(load, attackers, calmly));
                attackers.attack();
                announcer.go();
                beside.all.add(measure(load, attackers, ATTACK_SECONDS));
                announcer.rest();
                attackers.rest();
                load.awaitArrival();
            }
            figures = attackers.figures();
        }
        load.delays().clear();
        announced = announcer.announced() - announced;
        served = announcer.served() - served;
        double ratio = beside.median(Phase::rate) / calm.median(Phase::rate);
        double left = beside.median(Phase::left) / calm.median(Phase::left);
        double ofWhatWasLeft = Math.max(ratio, Math.min(1, ratio / left));
        System.out.printf(Locale.ROOT, "%-17s %6.0f messages/s, beside it %6.0f: %.3f, %.3f of what processors were"
                + " left; %.1f and %.1f us of a processor a delivery; p99 %.1f and %.1f ms; nodes busy %.2f and %.2f,"
                + " attackers %.2f; sent %.1f and %.1f MB/s; %d of %d announcements served; %s%n", attack,
                calm.median(Phase::rate), beside.median(Phase::rate), ratio, ofWhatWasLeft, calm.microsPerMessage(),
                beside.microsPerMessage(), calm.median(Phase::millis), beside.median(Phase::millis),
                calm.median(Phase::busy), beside.median(Phase::busy), beside.median(Phase::attackers),
                calm.median(Phase::sent) / MICROS, beside.median(Phase::sent) / MICROS, served, announced, figures);
        require(attack, ofWhatWasLeft >= LEAST, "the publisher fell to " + ofWhatWasLeft);
        require(attack, served == announced && announced > 0, served + " of " + announced + " announcements served");
        require(attack, isWhole(), "honest nodes lost links");
    }

    private boolean isWhole() {
        Set<PeerId> ids = honest.stream().map(IppanNode::id).collect(Collectors.toSet());
        return honest.stream().allMatch(node -> node.peers().connected().stream().map(peer -> peer.id().orElseThrow())
                .filter(ids::contains).count() == HONEST);
    }

    private void require(Attack attack, boolean condition, String what) {
        if (!condition) {
            wrong.add(attack + ": " + what);
        }
    }
}
