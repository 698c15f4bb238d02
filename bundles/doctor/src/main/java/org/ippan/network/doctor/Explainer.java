// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.doctor.look.PatienceWords;
import org.ippan.network.doctor.look.ScoreWords;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Times;

/**
 * Says in sentences why a peer is treated as it is: whether it is connected, what its score means and until when, what
 * changed it, how its connection fares. Made for one question.
 */
final class Explainer {

    private final Services services;
    private final Times times;
    private final Peer peer;
    private final Optional<PeerReputation> reputation;
    private final List<String> sentences = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();

    private Explainer(Services services, Times times, Peer peer) {
        this.services = services;
        this.times = times;
        this.peer = peer;
        this.reputation = Optional.ofNullable(services.reputation())
                .flatMap(known -> peer.id().flatMap(known::stats));
    }

    static PeerExplanation explain(Services services, Times times, String who) {
        Explainer explainer = new Explainer(services, times, services.finder().find(who));
        explainer.connection();
        explainer.standing();
        explainer.health();
        explainer.sending();
        explainer.identity();
        return new PeerExplanation(explainer.peer, explainer.reputation, explainer.sentences,
                explainer.changes);
    }

    private void say(String sentence) {
        sentences.add(sentence);
    }

    private void connection() {
        String name = peer.name();
        if (peer.connected()) {
            String since = times.ago(times.clock().instant().minus(peer.uptime()));
            say(name + " is connected: " + (peer.direction() == Direction.OUTBOUND ? "this node opened the connection"
                    + " to " + peer.address() + " " + since + "."
                    : "it opened the connection " + since + "; its address is " + peer.address() + "."));
            peer.lastSeen().ifPresent(time -> say("The last byte came from it " + times.ago(time) + "."));
        } else {
            say(name + " is not connected" + (banned() ? ": it is banned." : why()));
            nextTry();
            peer.lastSeen().ifPresent(time -> say("It was seen last " + times.ago(time) + ", at "
                    + Times.at(time) + "."));
        }
    }

    private boolean banned() {
        return peer.score().standing() == Standing.BANNED;
    }

    /** Whether anybody was ever found where it should be. */
    private boolean met() {
        return peer.firstConnected().isPresent() || peer.lastSeen().isPresent();
    }

    /** Whether this node lets it in, as far as its list says. */
    private boolean allowed() {
        return peer.id().isEmpty() || !services.text("peers", "mode").equals(Optional.of("allowlist"))
                || services.text("peers", "allow").orElse("").contains(peer.id().get().toString());
    }

    /** Whether an address of it is known. */
    private boolean placed() {
        return peer.address().port() != 0;
    }

    private String why() {
        String error = allowed() ? peer.lastError() : EndCause.NOT_ALLOWED.text("");
        if (!error.isEmpty()) {
            return ": " + error + ".";
        }
        return placed() && !met() ? ", and no peer has answered at its address yet." : ".";
    }

    private void nextTry() {
        Optional<String> refusal = Optional.ofNullable(services.peers()).map(known -> known.snapshot())
                .map(PeersSnapshot::refusal).filter(text -> !text.isEmpty());
        if (services.peers() == null) {
            say("No peer is dialled: the service peers is absent.");
        } else if (refusal.isPresent()) {
            say("No peer is dialled: " + refusal.get() + ".");
        } else if (services.reputation() == null) {
            say("No peer is dialled or let in: the service reputation is absent.");
        } else if (!placed()) {
            say("It is not dialled: no address of it is known.");
        } else if (banned() && !peer.configured()) {
            say("It is not dialled, and refused if it comes, as long as it is banned.");
        } else {
            if (banned()) {
                say("It is refused as long as it is banned; its address is dialled all the same, as it is configured.");
            }
            nextDial();
        }
    }

    private void nextDial() {
        String failed = peer.failedDials() == 0 ? "" : peer.failedDials() == 1 ? "The last dial failed. "
                : "The last " + peer.failedDials() + " dials failed. ";
        if (peer.circuit() == CircuitState.HALF_OPEN) {
            say(failed + peer.address() + " is being dialled now: the circuit is half open.");
        } else if (peer.nextTry().isPresent()) {
            String when = times.until(peer.nextTry().get());
            say(failed + peer.address() + (peer.configured() ? " is" : " may be") + " dialled again " + when
                    + (when.equals(Times.NOW) ? "." : "; until then its circuit is open."));
        } else if (peer.configured()) {
            say(failed + peer.address() + " is dialled now or at the next opportunity: " + peer.reason() + ".");
        } else {
            say(failed + "It is not configured, so it is dialled if this node wants more connections: " + peer.reason()
                    + ".");
        }
    }

    private void standing() {
        if (services.reputation() == null) {
            say("Its score is not known: the service reputation is absent.");
        } else if (reputation.isEmpty()) {
            say("It was never judged: its score is 0, which is good.");
        } else {
            judged(reputation.get(), new Recovery(services, times));
        }
    }

    private void judged(PeerReputation known, Recovery recovery) {
        switch (known.standing()) {
            case BANNED -> say("It is banned: " + known.banReason() + ". " + known.bannedUntil()
                    .map(time -> "If nothing else happens it is let in again " + times.until(time) + ".")
                    .orElse("It stays banned until an operator pardons it."));
            case WARNED -> say("It is warned: its score of " + known.score() + " is not above "
                    + recovery.warnThreshold() + ".");
            default -> say("Its standing is good: its score is " + known.score() + ".");
        }
        if (known.standing() != Standing.GOOD) {
            recovery.aboveWarning(known.score()).ifPresent(this::say);
        }
        say(ScoreWords.records(known, times));
        changes.addAll(ScoreWords.events(known, times));
        changes.forEach(this::say);
    }

    private void health() {
        if (services.health() == null) {
            say("Its health is not known: the service health is absent.");
            return;
        }
        if (peer.health() == PeerHealth.LEFT) {
            say("It left: it said goodbye, so nothing is wrong with it.");
            return;
        }
        Optional<PeerHealthStats> stats = peer.id().flatMap(services.health()::stats);
        if (stats.isEmpty()) {
            say("It was not probed yet.");
            return;
        }
        PeerHealthStats probes = stats.get();
        String last = probes.sinceLastSuccess().map(since -> "the last answer to a probe came " + passed(since))
                .orElse("it never answered a probe");
        say((peer.connected() ? "Its connection is " : "Its last connection was ") + word(probes.health()) + ": " + last
                + (probes.consecutiveFailures() == 0 ? "" : ", and "
                + ScoreWords.count(probes.consecutiveFailures(), "probe") + " in a row failed")
                + (probes.health() == PeerHealth.HEALTHY ? "." : "; " + services.health().policy().failureThreshold()
                + " in a row make it unhealthy."));
        if (peer.connected()) {
            say((probes.roundTrip().isZero() ? "Its round trip is not known" : "Its round trip is "
                    + Times.span(probes.roundTrip())) + "; an answer is waited for "
                    + (peer.timeout().isZero() ? "" : Times.span(peer.timeout()) + ", ") + "at most "
                    + Times.span(services.health().policy().checkTimeout()) + ".");
        }
    }

    private String passed(Duration since) {
        Instant now = times.clock().instant();
        return times.ago(now.minus(since));
    }

    /** What a socket has not taken yet counts for both. */
    private void sending() {
        if (peer.connected()) {
            Optional<OutboundSnapshot> link = peer.id().flatMap(this::outbound);
            long waiting = Math.max(peer.queuedBytes(), link.map(OutboundSnapshot::lagBytes).orElse(0L));
            say(waiting == 0 ? "Nothing waits to be sent to it." : waiting + " bytes wait to be sent to it.");
            link.filter(OutboundSnapshot::slow).ifPresent(each -> say(each.patience() == Patience.TOO_SLOW
                    ? "It is slow: publishers and other links no longer wait for it, so it may miss messages."
                    : "It is a stranger, and not waited for, so it may miss messages. "
                            + PatienceWords.reason(each.patience())));
        }
    }

    private Optional<OutboundSnapshot> outbound(PeerId id) {
        return services.gossip() == null ? Optional.empty() : services.gossip().snapshot().outbound().stream()
                .filter(link -> link.peer().equals(id)).findFirst();
    }

    private void identity() {
        peer.id().ifPresent(id -> say(placed() && !met() ? "It should have the certificate id " + id
                + ", which no peer has proved yet." : "Its certificate id is " + id
                + (services.transport() != null && !services.transport().authenticated()
                ? ", which it only claims: connections are not encrypted." : ".")));
        if (!peer.agent().isEmpty()) {
            say("It says it runs " + peer.agent() + ".");
        }
    }
}
