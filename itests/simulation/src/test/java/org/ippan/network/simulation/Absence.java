// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Some nodes are killed, come back within the time bodies are cached, and want what they missed. */
final class Absence {

    private static final int AWAY = 10;
    private static final int PER_SECOND = 5;
    private static final Duration BEFORE = Duration.ofSeconds(20);
    private static final Duration LENGTH = Duration.ofSeconds(55);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final double STEP_SECONDS = 0.01;
    private static final double GOAL = 2;
    private static final double LIMIT = 20;

    private Absence() {
    }

    static Finding run(Overlay overlay, Progress progress) {
        overlay.traffic(PER_SECOND, BEFORE);
        List<SimNode> gone = overlay.nodes.subList(0, AWAY);
        gone.forEach(SimNode::crash);
        int first = overlay.ledger.entries().size();
        for (int second = 0; second < LENGTH.toSeconds(); second++) {
            overlay.traffic(PER_SECOND, Duration.ofSeconds(1));
            progress.at(overlay);
        }
        int last = overlay.ledger.entries().size();
        List<Return> returns = new ArrayList<>();
        for (int number = 0; number < AWAY; number++) {
            returns.add(new Return(overlay.restart(number), overlay.ledger.entries().subList(first, last)));
        }
        for (double waited = 0; waited < LIMIT; waited += STEP_SECONDS) {
            overlay.pass(STEP);
            returns.forEach(Return::look);
        }
        double slowest = returns.stream().mapToDouble(each -> each.seconds).max().orElse(0);
        int missed = returns.stream().mapToInt(each -> each.missing.size()).sum();
        return new Finding("every missed message after the first link", "≤ 2 s", String.format(Locale.ROOT,
                "slowest of %d nodes %.2f s, %d of %d missed", AWAY, slowest, missed, AWAY * (last - first)),
                missed == 0 && slowest <= GOAL);
    }

    /** One node that came back, with what it still misses. */
    private static final class Return {

        private final SimNode node;
        private final List<Ledger.Entry> missing;
        private double seconds;

        Return(SimNode node, List<Ledger.Entry> published) {
            this.node = node;
            this.missing = new ArrayList<>(published);
        }

        void look() {
            missing.removeIf(entry -> entry.reached(node.number));
            if (node.gossip.links() > 0 && !missing.isEmpty()) {
                seconds += STEP_SECONDS;
            }
        }
    }
}
