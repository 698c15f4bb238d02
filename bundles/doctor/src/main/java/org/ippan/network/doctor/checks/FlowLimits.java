// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.util.Comparator;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.PatienceWords;
import org.ippan.network.doctor.look.ScoreWords;
import org.ippan.network.doctor.look.Snapshots;

/** Who makes publishers wait and links pause: the peers and listeners that take messages more slowly than they come. */
final class FlowLimits {

    /** So much of a node's own messages may wait without a publisher waiting. */
    private static final long HELD_BYTES = 1 << 20;
    private static final String GOSSIP = "gossip";
    private static final String PID = " of org.ippan.network.gossip";

    private final Look look;
    private final GossipSnapshot gossip;

    FlowLimits(Look look, GossipSnapshot gossip) {
        this.look = look;
        this.gossip = gossip;
    }

    void find(Findings findings) {
        publishing(findings);
        reading(findings);
        gossip.outbound().stream().filter(OutboundSnapshot::slow).forEach(link -> slow(findings, link));
        overrun(findings);
    }

    private void publishing(Findings findings) {
        long refused = look.grown(Snapshots::gossip, GossipSnapshot::publishRefused);
        boolean full = gossip.underWayBytes() > 0 && gossip.underWayBytes() >= gossip.windowBytes();
        if (refused == 0 && gossip.heldBytes() <= HELD_BYTES && !full) {
            return;
        }
        String what = ": applications publish faster than the links take.";
        if (refused > 0) {
            what = ScoreWords.count(refused, "message") + " of this node's applications refused " + look.period()
                    + ": they publish faster than the links take.";
        } else if (full) {
            what = gossip.underWayBytes() + " bytes of this node's messages have not arrived everywhere yet" + what;
        } else {
            what = gossip.heldBytes() + " bytes of this node's messages wait to be sent" + what;
        }
        Optional<OutboundSnapshot> holder = holder().or(this::unsettled);
        findings.warn("back-pressure", what + holder.map(link -> " " + held(link)).orElse(""),
                "Let applications wait for whenWritable" + (holder.isEmpty() ? ", or add links."
                        : "; check the load of that peer and the line to it."));
    }

    /** The link that is waited for and has most to send. */
    private Optional<OutboundSnapshot> holder() {
        return gossip.outbound().stream().filter(link -> link.eager() && !link.slow() && link.lagBytes() > 0)
                .max(Comparator.comparingLong(OutboundSnapshot::lagBytes));
    }

    /** The link over which most was sent that its peer has not settled. */
    private Optional<OutboundSnapshot> unsettled() {
        return gossip.outbound().stream().filter(link -> link.eager() && !link.slow() && link.unsettledBytes() > 0)
                .max(Comparator.comparingLong(OutboundSnapshot::unsettledBytes));
    }

    private String held(OutboundSnapshot link) {
        if (link.lagBytes() == 0) {
            return "Most is missing behind " + name(link.peer()) + ": " + link.unsettledBytes()
                    + " bytes that were sent to it have not arrived at it and all nodes it sends them to.";
        }
        return name(link.peer()) + " is furthest behind: " + link.lagBytes() + " bytes are still to be sent to it.";
    }

    private String name(PeerId id) {
        return look.services().name(id);
    }

    private void reading(Findings findings) {
        if (gossip.pausedLinks() == 0) {
            return;
        }
        String what = "Reading of " + ScoreWords.count(gossip.pausedLinks(), "link")
                + " is paused just now; " + (gossip.pausedLinks() == 1 ? "its" : "their") + " senders wait. ";
        Optional<ListenerSnapshot> listener = gossip.listeners().stream()
                .filter(each -> each.overflow() == Overflow.BLOCK && each.queued() >= each.capacity())
                .max(Comparator.comparingInt(ListenerSnapshot::queued));
        if (listener.isPresent()) {
            findings.warn("reading", what + "The queue of the listener " + listener.get().name() + " is full: "
                    + waiting(), "Make the listener faster, or give it another overflow rule (ippan.overflow).");
        } else if (gossip.validationQueued() > 0) {
            findings.warn("reading", what + waiting(), "Look for a slow validator; then raise validatorThreads or"
                    + " validationQueueMessages" + PID + ".", setting(GOSSIP, "validatorThreads"),
                    setting(GOSSIP, "validationQueueMessages"));
        } else {
            // Where no link is behind, reading goes on in a moment.
            holder().ifPresent(link -> findings.warn("reading", what + held(link),
                    "Check the load of the peers that are behind and the lines to them."));
        }
    }

    private String waiting() {
        return ScoreWords.count(gossip.validationQueued(), "message") + " (" + gossip.validationBytes()
                + " bytes) wait to be validated or delivered.";
    }

    private void slow(Findings findings, OutboundSnapshot link) {
        if (link.patience() != Patience.TOO_SLOW) {
            findings.warn("slow-link", name(link.peer()) + " is not waited for, as it is a stranger: "
                    + PatienceWords.reason(link.patience()) + " " + link.lagBytes() + " bytes are still to be sent to"
                    + " it, and it may miss messages.", "If it belongs here, make it a member: by a networkKey of"
                    + " org.ippan.network.peers, mode = allowlist, or as a configured peer; it is one from its next"
                    + " connection on. When it keeps up, this node announces to it what it missed.",
                    setting("peers", "networkKey"), setting("peers", "mode"));
            return;
        }
        findings.warn("slow-link", name(link.peer()) + " is slow: " + link.lagBytes() + " bytes are still to be sent to"
                + " it. Publishers and other links no longer wait for it, so it may miss messages.",
                "Check its load and the line to it. When it keeps up, this node announces to it what it missed.");
    }

    private void overrun(Findings findings) {
        long overrun = look.grown(Snapshots::gossip, GossipSnapshot::overrun);
        if (overrun > 0) {
            findings.warn("overrun", ScoreWords.count(overrun, "message") + " left the logs " + look.period()
                    + " before a slow link had sent them.", "Look for slow links; a higher cacheBytes" + PID
                    + " bridges longer delays.", setting(GOSSIP, "cacheBytes"));
        }
    }
}
