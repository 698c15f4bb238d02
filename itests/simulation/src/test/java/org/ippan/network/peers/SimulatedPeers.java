// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.context.Services;
import org.ippan.network.peers.core.PeerCore;
import org.ippan.network.peers.links.KnownPeer;
import org.ippan.network.peers.settings.ConnectionLimits;
import org.ippan.network.peers.settings.PeersSettings;
import org.ippan.network.simulation.NodeTime;
import org.ippan.network.testkit.SimConnection;

/** The real peers core in a simulated node; what it would write to disk is dropped. */
public final class SimulatedPeers {

    private final PeerCore core;
    private final PeersSettings settings;
    private final ReputationManager reputation;

    /** A core that is not started. */
    public SimulatedPeers(NodeTime time, RandomGenerator random, Judges judges, Map<String, ?> configured) {
        SettingValues values = PeersSettings.SCHEMA.parse(configured);
        settings = PeersSettings.of(values);
        if (!values.errors().isEmpty()) {
            throw new IllegalArgumentException(values.errors().toString());
        }
        reputation = judges.reputation;
        Services services = new Services(() -> judges.reputation, () -> judges.health, () -> null,
                () -> PayloadCodecs.NONE, event -> { });
        core = new PeerCore(new PeerContext.Outside(time, time, time.clock(), random, services, text -> { },
                text -> { }, new CallbackFaults(time, (line, trace) -> { }), Runnable::run,
                new StateDirectory(Path.of("nowhere")), task -> { }), settings);
    }

    /** The services that judge peers. */
    public record Judges(ReputationManager reputation, HealthMonitor health) {
    }

    /** Puts a peer into the address book, as if it had been met before. */
    public void know(PeerAddress address, PeerId id) {
        core.context().decide(() -> core.book().learn(address, id, core.context().outside().clock().millis()));
    }

    /** Begins to listen and to dial. */
    public void start(Transport transport, ProtocolHandler handler) {
        core.route(Routing.of(List.of(handler)));
        core.start();
        core.addTransport(Set.of(PeerAddress.TCP), transport);
        core.serve("");
    }

    /** What the ids of this network's messages begin with. */
    public byte[] networkTag() {
        return settings.network().tag();
    }

    /** A peer was banned, as the component hears by an event. */
    public void banned(PeerId id) {
        core.banned(id);
    }

    /** From now on these faults befall its links; null for none. */
    public void faults(FrameFault fault) {
        core.faults(fault == null ? List.of() : List.of(fault));
    }

    /** This node's ends of its links, as far as they work. */
    public List<SimConnection> connections() {
        return core.links().established().stream().map(session -> (SimConnection) session.connection())
                .filter(SimConnection::isWorking).toList();
    }

    /** Peers with more than one link: while both ends decide which one stays, and not for long. */
    public List<PeerId> linkedTwice() {
        return core.links().peers().stream().filter(peer -> peer.links().size() > 1).map(KnownPeer::id).toList();
    }

    /** What must never be, in words; empty if all is well. */
    public List<String> violations() {
        List<String> wrong = new ArrayList<>();
        for (KnownPeer peer : core.links().peers()) {
            if (peer.connected() && reputation.shouldBan(peer.id())) {
                wrong.add("a link to " + peer.id().shortForm() + ", which is banned");
            }
        }
        ConnectionLimits limits = settings.limits();
        if (core.links().room().counted().size() > limits.connections()) {
            wrong.add(core.links().room().counted().size() + " connections, allowed are " + limits.connections());
        }
        return wrong;
    }
}
