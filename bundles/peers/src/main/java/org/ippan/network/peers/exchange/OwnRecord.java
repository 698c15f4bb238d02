// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.exchange;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.NodeKeys;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.ToldAddress;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Transports;
import org.ippan.network.peers.links.Links;

/**
 * What this node tells of itself: the addresses of the key {@code advertise}, else those of advertisers, and then those
 * it listens at; where one
 * stands for all addresses of the machine, those its links use. Signed anew when they change, and so often that no
 * peer holds it for too old.
 * Confined to the deciding thread.
 */
public final class OwnRecord {

    /** Most addresses of advertisers looked at. */
    static final int MAX_ADVERTISED = 16;
    private static final long FRESH_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final PeerContext context;
    private final Transports transports;
    private final Links links;
    private final Advertisers advertisers;
    private volatile String told = "";
    private volatile String unfindable = "";
    private volatile Optional<AddressRecord> signed = Optional.empty();
    private volatile Set<PeerAddress> known = Set.of();
    private List<PeerAddress> advertised = List.of();
    private AddressRecord current;
    private byte[] signedFor;

    public OwnRecord(PeerContext context, Transports transports, Links links, Advertisers advertisers) {
        this.links = links;
        this.advertisers = advertisers;
        this.context = context;
        this.transports = transports;
    }

    /** Empty if there is nothing to tell: no listener others could reach, or no key to sign with. */
    Optional<AddressRecord> current(long wallMillis) {
        return current(announced(), wallMillis);
    }

    private Optional<AddressRecord> current(List<PeerAddress> announced, long wallMillis) {
        List<String> addresses = announced.stream().map(PeerAddress::uri).toList();
        Optional<NodeIdentity> identity = transports.identity().filter(OwnRecord::holdsItsKey);
        if (identity.isEmpty() || addresses.isEmpty()) {
            return Optional.empty();
        }
        byte[] tag = context.settings().network().tag();
        boolean valid = current != null && current.id().equals(identity.get().id())
                && current.addresses().equals(addresses) && Arrays.equals(signedFor, tag)
                && Math.abs(wallMillis - current.timeMillis()) < FRESH_MILLIS;
        if (!valid) {
            current = AddressRecord.sign(identity.get(), tag, wallMillis, addresses);
            signedFor = tag;
        }
        return Optional.of(current);
    }

    private List<PeerAddress> announced() {
        List<PeerAddress> configured = context.settings().advertise();
        return (configured.isEmpty() ? Stream.concat(advertised.stream(), listening())
                : configured.stream()).filter(ToldAddress::canBeTold).distinct()
                .limit(AddressRecord.MAX_ADDRESSES).toList();
    }

    private Stream<PeerAddress> listening() {
        return transports.listenAddresses().stream().flatMap(address -> NetSet.address(address.host())
                .filter(InetAddress::isAnyLocalAddress).isPresent() ? local(address) : Stream.of(address));
    }

    /** Loopback is told only where nothing else is known: other machines cannot use it. */
    private Stream<PeerAddress> local(PeerAddress all) {
        List<InetAddress> ips = links.localIps().stream().sorted(Comparator.comparing(InetAddress::isLoopbackAddress))
                .toList();
        return ips.stream().filter(ip -> !ip.isLoopbackAddress() || ips.get(0).isLoopbackAddress())
                .map(ip -> new PeerAddress(all.scheme(), ip.getHostAddress(), all.port(), all.path()));
    }

    /** Looks what is told now, for those who ask on other threads. */
    void tick(long wallMillis) {
        advertised = advertisers.addresses();
        List<PeerAddress> announced = announced();
        told = announced.stream().map(PeerAddress::toString).collect(Collectors.joining(", "));
        unfindable = why(announced);
        known = addresses(announced);
        signed = context.settings().exchange() ? current(announced, wallMillis) : Optional.empty();
    }

    private String why(List<PeerAddress> announced) {
        if (!context.settings().exchange() || transports.listenAddresses().isEmpty()
                || links.established().isEmpty()) {
            return "";
        }
        if (announced.isEmpty()) {
            return "it advertises no address that peers could dial";
        }
        return links.reachesPublicPeers() && announced.stream().allMatch(ToldAddress::isPrivate)
                ? "it advertises only addresses of its own network, " + told + ", but has peers beyond it" : "";
    }

    /** Any thread: the addresses told as this node's own. */
    public String told() {
        return told;
    }

    /** Any thread: whether this node is at an address, as far as that is clear without looking up a name. */
    public boolean isAt(PeerAddress address) {
        return known.stream().anyMatch(own -> own.equals(address) || own.port() == address.port()
                && own.scheme().equals(address.scheme()) && own.path().equals(address.path())
                && covers(own.host(), address.host()));
    }

    /** One address may stand for all of this machine. */
    private static boolean covers(String listening, String host) {
        InetAddress bound = NetSet.address(listening).orElse(null);
        InetAddress dialled = host.equals("localhost") ? InetAddress.getLoopbackAddress()
                : NetSet.address(host).orElse(null);
        return bound != null && dialled != null && (bound.equals(dialled) || bound.isAnyLocalAddress()
                && (dialled.isLoopbackAddress() || dialled.isAnyLocalAddress() || isOfThisMachine(dialled)));
    }

    private static boolean isOfThisMachine(InetAddress ip) {
        try {
            return NetworkInterface.getByInetAddress(ip) != null;
        } catch (SocketException e) {
            // Not known to be: then a dial tells.
            return false;
        }
    }

    /** Any thread: the record that says so, if there is one. */
    Optional<AddressRecord> signed() {
        return signed;
    }

    /** Any thread: why peers that are told of this node cannot reach it; empty if they can. */
    public String unfindable() {
        return unfindable;
    }

    /** Transports in tests give ids without an owner. */
    private static boolean holdsItsKey(NodeIdentity identity) {
        return NodeKeys.idOf(identity.publicKey()).equals(identity.id());
    }

    /** Whether a key is this node's own. */
    boolean isOf(PeerId id) {
        return transports.localId().map(id::equals).orElse(false);
    }

    /** Addresses that are this node's own. */
    public Set<PeerAddress> addresses() {
        return addresses(announced());
    }

    private Set<PeerAddress> addresses(List<PeerAddress> announced) {
        return Stream.concat(announced.stream(), transports.listenAddresses().stream()).collect(Collectors.toSet());
    }
}
