// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.core;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.peers.address.Seed;
import org.ippan.network.peers.book.KnownAddress;
import org.ippan.network.peers.settings.PeerNames;
import org.ippan.network.peers.wire.Goodbye;

/** What operators and other bundles ask of the peers: the core in the shape of the api. Safe for any thread. */
public final class PeerOperations implements PeerDirectory, PeerAdmin {

    private static final long FORGET_MILLIS = 500;
    /** A container that is busy may take its time, but not more than a minute. */
    private static final int FORGET_TRIES = 120;

    private final PeerCore core;
    private final Kept kept;

    /** Where added peers outlive the node. */
    public interface Kept {

        /** Nowhere. */
        Kept NOWHERE = new Kept() {
            @Override
            public Optional<String> keep(PeerAddress address, String alias) {
                return Optional.empty();
            }

            @Override
            public boolean drop(PeerAddress address) {
                return false;
            }

            @Override
            public Optional<String> file(String alias) {
                return Optional.empty();
            }
        };

        /**
         * Stores a peer; gives the PID of its configuration, or empty if it cannot be stored here.
         *
         * @throws IllegalArgumentException if another peer has the name
         */
        Optional<String> keep(PeerAddress address, String alias);

        /**
         * Deletes the peers stored for an address; whether there was one. None if a file describes a peer there, which
         * would stay all the same.
         */
        boolean drop(PeerAddress address);

        /** The file that describes the peer of this name; empty if none does. */
        Optional<String> file(String alias);
    }

    /** What is asked of a core. */
    public PeerOperations(PeerCore core, Kept kept) {
        this.core = core;
        this.kept = kept;
    }

    @Override
    public Optional<PeerId> localId() {
        return core.localId();
    }

    @Override
    public Optional<NodeIdentity> identity() {
        return core.identity();
    }

    @Override
    public byte[] networkTag() {
        return core.context().settings().network().tag().clone();
    }

    @Override
    public List<InetAddress> observedAddresses() {
        return core.context().observations().addresses();
    }

    @Override
    public List<byte[]> addressRecords(int max) {
        return core.records(max);
    }

    @Override
    public List<Peer> peers() {
        return core.views().all();
    }

    @Override
    public List<Peer> connected() {
        return peers().stream().filter(Peer::connected).toList();
    }

    @Override
    public Optional<Peer> peer(PeerId id) {
        Objects.requireNonNull(id, "id");
        return peers().stream().filter(peer -> peer.id().filter(id::equals).isPresent()).findFirst();
    }

    @Override
    public PeersSnapshot snapshot() {
        return core.views().snapshot(core.localId(), core.refusal());
    }

    /** An address where another node can be; refuses others. */
    private PeerAddress dialable(PeerAddress address) {
        if (address.port() == 0) {
            throw new IllegalArgumentException("address = " + address + ": the port must not be 0");
        }
        if (core.isOwn(address)) {
            throw new IllegalArgumentException("address = " + address + ": this node itself listens there; give the"
                    + " address of another node");
        }
        return address;
    }

    /** An address that can be added under an alias; refuses what belongs to another peer. */
    private PeerAddress free(PeerAddress address, String alias) {
        Objects.requireNonNull(address, "address");
        PeerNames.require(Objects.requireNonNull(alias, "alias"));
        dialable(address);
        for (KnownAddress known : alias.isEmpty() ? List.<KnownAddress>of() : core.book().all()) {
            boolean sameAlias = known.alias().equals(alias);
            boolean sameAddress = known.address().equals(address);
            if (sameAlias != sameAddress && !known.alias().isEmpty()) {
                throw kept.file(known.alias()).map(file -> PeerNames.inFile(known.alias(), file))
                        .orElseGet(() -> sameAlias ? PeerNames.taken(alias, known.address())
                                : new IllegalArgumentException("address = " + address + ": the peer " + known.alias()
                                        + " is there; remove it first to give it another alias"));
            }
        }
        return address;
    }

    @Override
    public void add(PeerAddress address, String alias) {
        free(address, alias);
        core.context().decide(() -> core.wantByHand(address, new Seed(address, Optional.empty(), alias)));
    }

    @Override
    public Optional<String> keep(PeerAddress address, String alias) {
        return kept.keep(free(address, alias), alias);
    }

    @Override
    public boolean remove(PeerAddress address) {
        Objects.requireNonNull(address, "address");
        boolean isSeed = core.context().settings().seeds().stream().map(Seed::address).anyMatch(address::equals);
        if (!isSeed && kept.drop(address)) {
            forgetSoon(address, FORGET_TRIES);
            return true;
        }
        Optional<KnownAddress> known = core.book().find(address).filter(entry -> !entry.permanent());
        known.ifPresent(entry -> core.context().decide(() -> forget(entry)));
        return known.isPresent();
    }

    @Override
    public boolean isConfigured(PeerAddress address) {
        Objects.requireNonNull(address, "address");
        return core.book().find(address).filter(KnownAddress::permanent).isPresent();
    }

    /** Forgets a peer whose configuration was deleted, once the container has told so. */
    private void forgetSoon(PeerAddress address, int tries) {
        core.context().outside().timer().schedule(() -> core.book().find(address).ifPresent(entry -> {
            if (!entry.permanent()) {
                forget(entry);
            } else if (tries > 1) {
                forgetSoon(address, tries - 1);
            }
        }), FORGET_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void forget(KnownAddress entry) {
        core.wantByHand(entry.address(), null);
        core.links().sessions().stream().filter(session -> session.target() == entry)
                .forEach(session -> core.links().close(session, GoodbyeReason.SHUTDOWN, 0, "removed"));
        if (entry.id() != null && core.links().peer(entry.id()) != null) {
            core.links().peer(entry.id()).links()
                    .forEach(session -> core.links().close(session, GoodbyeReason.SHUTDOWN, 0, "removed"));
        }
        core.book().forget(entry.address());
    }

    @Override
    public void connect(PeerAddress address) {
        Objects.requireNonNull(address, "address");
        dialable(address);
        core.dialer().check(address);
        String refusal = core.refusal();
        // What is ordered while the node begins is done when it has.
        if (!refusal.isEmpty() && !refusal.equals(Connections.NOT_STARTED)) {
            throw new IllegalStateException("no peer is dialled: " + refusal);
        }
        core.context().decide(() -> {
            if (core.refusal().isEmpty()) {
                core.dialer().dial(core.book().at(address));
            }
        });
    }

    @Override
    public boolean disconnect(PeerId id, String reason) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
        boolean connected = core.links().isConnected(id);
        core.context().decide(() -> Optional.ofNullable(core.links().peer(id)).ifPresent(peer -> peer.links()
                .forEach(session -> core.links().close(session, GoodbyeReason.SHUTDOWN, 0, Goodbye.clean(reason)))));
        return connected;
    }

    @Override
    public boolean unblock(String address) {
        Objects.requireNonNull(address, "address");
        Prefix prefix = NetSet.address(address.strip()).map(Prefix::host).orElseGet(() -> network(address.strip()));
        boolean blocked = snapshot().blocked().stream().anyMatch(each -> each.prefix().equals(prefix.toString()));
        core.context().decide(() -> core.context().guard().unblock(prefix));
        return blocked;
    }

    private static Prefix network(String text) {
        try {
            return NetSet.parse(List.of(text)).prefixes().get(0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("address = " + text + ": must be an IP address, or a prefix as it is"
                    + " listed among the blocked ones", e);
        }
    }

    @Override
    public CompletionStage<Duration> ping(PeerId id) {
        Objects.requireNonNull(id, "id");
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        core.context().decide(() -> {
            if (core.links().isConnected(id)) {
                core.liveness().ask(core.links().peer(id).links().get(0), answer);
            } else {
                answer.completeExceptionally(new IllegalStateException(localId().filter(id::equals).isPresent()
                        ? "it is this node itself" : "it is not connected"));
            }
        });
        // What callers do with the answer must not hold up the thread that decides.
        return answer.whenCompleteAsync((roundTrip, failure) -> { }, core.context().outside().callbacks());
    }
}
