// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.gossip.GossipSnapshot.Mismatch;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.ScoreWords;
import org.ippan.network.doctor.look.Snapshots;

/** Whether the node can carry what comes, and peers got the same: the memory of ids, queues, timers, fingerprints. */
public final class TrafficChecks {

    /** Messages may arrive so much later than their age allows: what deduplication has to cover beyond it. */
    private static final long MARGIN_SECONDS = 60;
    /** After so many fingerprints that differ it is no accident of a bundle that began anew. */
    private static final int AGAIN = 3;
    private static final int MOST_TOLD = 8;
    private static final String CAPACITY = setting("dedup", "capacity");

    private final Look look;

    public TrafficChecks(Look look) {
        this.look = look;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("dedup-capacity", this::capacity, "dedup-window", this::window, "backlog", this::backlog,
                "timers", this::timers, "fingerprints", this::fingerprints);
    }

    private void capacity(Findings findings) {
        DedupSnapshot dedup = look.now().dedup();
        if (dedup == null) {
            return;
        }
        double rate = look.rate(Snapshots::dedup, told -> told.checks() - told.hits());
        long needed = (long) Math.ceil(rate * dedup.windowSeconds());
        String text = Math.round(rate) + " new messages/s " + look.period() + " need a capacity of " + needed + " for "
                + dedup.windowSeconds() + " s; it is " + dedup.capacity();
        if (look.grown(Snapshots::dedup, DedupSnapshot::evictedEarly) > 0) {
            findings.fail("dedup-capacity", "Message ids are forgotten after " + Math.round(
                    dedup.reachedWindowSeconds()) + " s instead of " + dedup.windowSeconds()
                    + " s: messages that come again are delivered again. " + text + ".", setCapacity(needed),
                    CAPACITY);
        } else if (needed > dedup.capacity()) {
            findings.warn("dedup-capacity", text + ".", setCapacity(needed), CAPACITY);
        } else {
            findings.ok("dedup-capacity", text + ".");
        }
    }

    private static String setCapacity(long needed) {
        return "Set capacity of org.ippan.network.dedup to " + Math.max(1, needed + needed / 2) + " or more.";
    }

    private void window(Findings findings) {
        look.services().number("gossip", "maxAgeSeconds").ifPresent(age -> look.services()
                .number("dedup", "windowSeconds").ifPresent(window -> {
                    long needed = age + MARGIN_SECONDS;
                    if (window >= needed) {
                        findings.ok("dedup-window", "Ids are remembered for " + window + " s, messages travel for "
                                + age + " s.");
                    } else {
                        findings.warn("dedup-window", "Ids are remembered for " + window + " s, but messages travel for"
                                + " up to " + age + " s: late ones are delivered twice.", "Set windowSeconds of"
                                + " org.ippan.network.dedup to " + needed + " or more, or a lower maxAgeSeconds of"
                                + " org.ippan.network.gossip.", setting("dedup", "windowSeconds"),
                                setting("gossip", "maxAgeSeconds"));
                    }
                }));
    }

    /** What holds traffic back is a finding here too, in the same words. */
    private void backlog(Findings findings) {
        for (Finding limit : ThroughputLimits.find(look)) {
            if (limit.severity() == Severity.OK) {
                findings.ok("backlog", "Nothing piles up.");
            } else {
                findings.warn("backlog", limit.text(), limit.advice(), limit.settings().toArray(String[]::new));
            }
        }
    }

    private void fingerprints(Findings findings) {
        if (look.now().gossip() != null) {
            look.now().gossip().mismatches().stream().filter(each -> each.fingerprints() >= AGAIN)
                    .sorted(Comparator.comparingLong(Mismatch::fingerprints).reversed()).limit(MOST_TOLD)
                    .forEach(each -> mismatch(findings, each));
        }
    }

    private void mismatch(Findings findings, Mismatch mismatch) {
        String publisher = look.services().name(mismatch.publisher());
        String peer = look.services().name(mismatch.peer());
        findings.warn("fingerprints", peer + " told " + ScoreWords.count(mismatch.fingerprints(), "fingerprint")
                + " of the messages of " + publisher + " that differ from this node's. Either " + publisher
                + " sends different messages to different peers, or " + peer + " tells false fingerprints.",
                "No message is lost: those that differ are announced. If several peers differ about " + publisher
                        + ", ban it; if " + peer + " differs about several publishers, ban that.");
    }

    private void timers(Findings findings) {
        long late = look.grown(Snapshots::peers, PeersSnapshot::localFaults);
        if (late > 0) {
            findings.warn("timers", ScoreWords.count(late, "time") + " " + look.period() + " a delay was this node's"
                    + " own fault: its threads did not run in time, or half of its peers were late at once.",
                    "Give it more processor time; look for long garbage collections, a paused machine and its"
                            + " network.");
        } else if (look.now().peers() != null) {
            findings.ok("timers", "Timers run in time.");
        }
    }
}
