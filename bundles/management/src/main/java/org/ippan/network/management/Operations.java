// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.ippan.network.management.bean.Operation.Parameter.text;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.json.Json;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.nat.Nat;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.peers.BlockedPrefix;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.management.bean.Operation;
import org.ippan.network.management.bean.Operation.Parameter;

/** What an operator may do, bean by bean: the calls of the admin services with texts in and texts out. */
final class Operations {

    private static final long PING_SECONDS = 10;
    /** As the shell's commands take it, too: one class finds out who is meant. */
    static final Parameter PEER = text("peer", "The peer: its alias, its address, or at least 8 digits of its id.");

    private static final Parameter WHERE = text("address", "Where the peer is: host:port.");
    private static final Parameter NAME = text("alias", "A name for it, or empty.");
    private static final Parameter PLACE = text("peer", "The peer: its alias, at least 8 digits of its id, or any"
            + " host:port.");

    private final NodeServices services;
    private final Orders orders;
    private final DoctorCall doctor;

    Operations(NodeServices services, Orders orders, DoctorCall doctor) {
        this.services = services;
        this.orders = orders;
        this.doctor = doctor;
    }

    /**
     * The operations of a bean.
     *
     * @param bean its type, for example {@code Reputation}
     * @return none for beans that only tell
     */
    List<Operation> of(String bean) {
        return switch (bean) {
            case "Dedup" -> dedup();
            case "Reputation" -> reputation();
            case "Metrics" -> List.of(Operation.action("reset", "Starts all counters and histograms again.", List.of(),
                    none -> done(() -> services.require(NetworkMetrics.class).reset(), "Counters start again.")));
            case "Health" -> List.of(Operation.action("cleanup", "Forgets peers that were not probed for long.",
                    List.of(), none -> services.require(HealthMonitor.class).cleanup() + " peers forgotten."),
                    Operation.query("listUnhealthy", "Lists the unhealthy peers, a line each: id, failures since the"
                            + " last success, time since it.", List.of(), none -> unhealthy()));
            case "Peers" -> peers();
            case "Nat" -> List.of(Operation.action("renew", "Asks the router again for all mappings.", List.of(),
                    none -> done(() -> services.require(Nat.class).renew(), "The router is asked again.")));
            case "Network" -> List.of(Operation.query("nodes", "Lists the nodes of the network as JSON, those that need"
                    + " a look first.", List.of(), none -> Json.of(services.require(NetworkView.class).nodes())),
                    Operation.query("trace", "Asks the network which way a message took, and tells as JSON what"
                            + " is known by now: call it again while the phase is asking or waiting.",
                            List.of(text("id", "The id of the message, 64 digits.")), in -> Json.of(services
                                    .require(NetworkTracer.class).trace(MessageId.parse(argument(in, 0))))));
            case "Node" -> new NodeOperations(orders, doctor).all();
            default -> List.of();
        };
    }

    private List<Operation> dedup() {
        return List.of(Operation.action("clear",
                "Forgets all message ids: messages that come again are delivered again.", List.of(),
                none -> done(() -> services.require(MessageDeduplicator.class).clear(), "All ids forgotten.")));
    }

    private List<Operation> reputation() {
        return List.of(
                Operation.action("ban", "Bans a peer and closes its connection.", List.of(PEER,
                        new Parameter("seconds", long.class, "For how long; 0 for ever."),
                        text("reason", "Why, shown to operators.")),
                        in -> orders.ban(argument(in, 0), (Long) in[1], argument(in, 2))),
                Operation.action("pardon", "Ends the ban of a peer and sets its score to the pardon score.",
                        List.of(PEER), in -> orders.pardon(argument(in, 0)).text()),
                Operation.query("listBanned", "Lists the banned peers, a line each: id, score, end of the ban,"
                        + " reason.", List.of(), none -> banned()),
                Operation.action("forget", "Forgets a peer's score, its history and its ban.", List.of(PEER),
                        in -> done(() -> services.require(ReputationManager.class).remove(peer(in)), "Forgotten.")),
                Operation.action("reset", "Forgets all scores and bans.", List.of(),
                        none -> done(() -> services.require(ReputationAdmin.class).reset(), "All scores forgotten.")));
    }

    private String banned() {
        ReputationManager reputation = services.require(ReputationManager.class);
        return reputation.peers().stream().flatMap(peer -> reputation.stats(peer).stream())
                .filter(record -> record.standing() == Standing.BANNED)
                .map(record -> String.join("\t", record.peer().toString(), "score " + record.score(),
                        record.bannedUntil().map(until -> "until " + until).orElse("for ever"), record.banReason()))
                .sorted().collect(Collectors.joining("\n"));
    }

    private String unhealthy() {
        HealthMonitor health = services.require(HealthMonitor.class);
        return health.unhealthyPeers().stream().flatMap(peer -> health.stats(peer).stream())
                .map(record -> String.join("\t", record.peer().toString(),
                        record.consecutiveFailures() + " failures", record.sinceLastSuccess()
                                .map(ago -> "answered " + ago.toSeconds() + " s ago").orElse("never answered")))
                .sorted().collect(Collectors.joining("\n"));
    }

    private List<Operation> peers() {
        return List.of(
                Operation.action("add", "Adds a peer that is always dialled, kept as a configuration of its own.",
                        List.of(WHERE, NAME), in -> orders.add(argument(in, 0), argument(in, 1))),
                Operation.action("addTransient", "Adds a peer that is dialled until it is removed or the node ends.",
                        List.of(WHERE, NAME), in -> orders.addTransient(argument(in, 0), argument(in, 1))),
                Operation.action("remove", "Forgets an added or learnt peer and closes its connection.",
                        List.of(PLACE), in -> orders.remove(argument(in, 0)).text()),
                Operation.action("connect", "Dials a peer now, whatever its back-off.", List.of(PLACE),
                        in -> orders.connect(argument(in, 0))),
                Operation.action("disconnect", "Closes the connection to a peer; a configured one is dialled again.",
                        List.of(PEER, text("reason", "Why, told to the peer.")),
                        in -> orders.disconnect(argument(in, 0), argument(in, 1)).text()),
                Operation.query("listBlocked", "Lists addresses from which too many handshakes failed, a line each.",
                        List.of(), none -> services.require(PeerDirectory.class).snapshot().blocked().stream()
                                .map(BlockedPrefix::toString).collect(Collectors.joining("\n"))),
                Operation.action("unblock", "Hears peers at an address again from which too many handshakes failed.",
                        List.of(text("address", "An IP address, or a prefix that listBlocked shows.")),
                        in -> orders.unblock(argument(in, 0)).text()),
                Operation.query("ping", "Probes a connected peer and waits for the answer.", List.of(PEER), this::ping),
                Operation.query("list", "Lists the peers, a line each.", List.of(), none -> list()));
    }

    private Object ping(Object[] in) {
        try {
            Duration answer = services.require(PeerAdmin.class).ping(peer(in)).toCompletableFuture()
                    .get(PING_SECONDS, TimeUnit.SECONDS);
            return answer.toNanos() / 1000 + " µs";
        } catch (ExecutionException e) {
            throw new IllegalStateException("no answer: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + PING_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    private String list() {
        return services.require(PeerDirectory.class).peers().stream().map(peer -> String.join("\t",
                peer.id().map(PeerId::toString).orElse("?"), peer.address().toString(), peer.alias(),
                peer.connected() ? "connected" : "not connected: " + peer.absence(),
                "score " + peer.score().value())).collect(Collectors.joining("\n"));
    }

    private PeerId peer(Object[] in) {
        return services.finder().id(argument(in, 0));
    }

    /** A client may give null. */
    static String argument(Object[] in, int index) {
        return String.valueOf(in[index]);
    }

    private static String done(Runnable action, String said) {
        action.run();
        return said;
    }
}
