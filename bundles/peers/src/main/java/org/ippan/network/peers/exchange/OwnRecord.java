// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.ToldAddress;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Transports;

/**
 * What this node tells of itself: the addresses of the key {@code advertise}, else those it listens at, unless they
 * stand for all addresses of the machine. Signed anew when they change, and so often that nobody holds it for too old.
 * Confined to the deciding thread.
 */
public final class OwnRecord {

    private static final long FRESH_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final PeerContext context;
    private final Transports transports;
    private AddressRecord current;
    private byte[] signedFor;

    public OwnRecord(PeerContext context, Transports transports) {
        this.context = context;
        this.transports = transports;
    }

    /** Empty if there is nothing to tell: no listener others could reach, or no key to sign with. */
    Optional<AddressRecord> current(long wallMillis) {
        List<String> addresses = announced().map(PeerAddress::uri).toList();
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

    private Stream<PeerAddress> announced() {
        List<PeerAddress> configured = context.settings().advertise();
        return (configured.isEmpty() ? transports.listenAddresses() : configured).stream()
                .filter(ToldAddress::canBeTold).limit(AddressRecord.MAX_ADDRESSES);
    }

    /** Transports in tests give ids that are nobody's. */
    private static boolean holdsItsKey(NodeIdentity identity) {
        return AddressRecord.idOf(identity.publicKey()).equals(identity.id());
    }

    /** Whether a key is this node's own. */
    boolean isOf(PeerId id) {
        return transports.localId().map(id::equals).orElse(false);
    }

    /** Addresses that are this node's own. */
    Set<PeerAddress> addresses() {
        return Stream.concat(announced(), transports.listenAddresses().stream()).collect(Collectors.toSet());
    }
}
