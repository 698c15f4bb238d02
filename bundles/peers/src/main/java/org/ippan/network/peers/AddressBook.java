// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;

/**
 * The addresses this node knows: those operators want, and those where peers were. Bounded: of the learnt ones the
 * longest unseen leaves first. Changed by one thread, read by any.
 */
final class AddressBook {

    /** An address nobody wants is forgotten after so many failures in a row ... */
    private static final int HOPELESS_FAILURES = 10;
    /** ... if it was not reached for so long. */
    private static final long HOPELESS_MILLIS = TimeUnit.HOURS.toMillis(24);

    private final Map<PeerAddress, KnownAddress> addresses = new ConcurrentHashMap<>();
    private boolean changed;

    /** Takes over what operators want; what they no longer want stays only if it was reached once. */
    void want(Collection<Seed> configured, Collection<Seed> added) {
        Map<PeerAddress, Seed> wanted = new LinkedHashMap<>();
        added.forEach(seed -> wanted.put(seed.address(), seed));
        configured.forEach(seed -> wanted.put(seed.address(), seed));
        List<PeerAddress> permanent = configured.stream().map(Seed::address).toList();
        for (KnownAddress known : addresses.values()) {
            if (known.configured() && !wanted.containsKey(known.address())) {
                known.release();
                changed = true;
                if (known.lastSuccessMillis() == 0 && known.session() == null) {
                    addresses.remove(known.address());
                }
            }
        }
        wanted.values().forEach(seed -> at(seed.address()).want(seed, permanent.contains(seed.address())));
    }

    /** The entry of an address, made if there is none. */
    KnownAddress at(PeerAddress address) {
        return addresses.computeIfAbsent(address, KnownAddress::new);
    }

    Optional<KnownAddress> find(PeerAddress address) {
        return Optional.ofNullable(addresses.get(address));
    }

    /** A peer was reached, or said where it listens. */
    KnownAddress learn(PeerAddress address, PeerId id, long wallMillis) {
        KnownAddress known = at(address);
        known.reached(id, wallMillis);
        changed = true;
        return known;
    }

    /** Puts back what was saved. */
    void restore(List<BookFile.Entry> entries, int limit) {
        entries.stream().limit(limit).forEach(entry -> {
            KnownAddress known = at(entry.address());
            known.reached(entry.id(), entry.lastSuccessMillis());
            known.circuit().restore(entry.failures());
            known.roundTripNanos(entry.roundTripNanos());
        });
    }

    boolean forget(PeerAddress address) {
        changed = true;
        return addresses.remove(address) != null;
    }

    Collection<KnownAddress> all() {
        return addresses.values();
    }

    /** Whether an operator wants a peer, as far as its address is known to be this peer's. */
    boolean isConfigured(PeerId id) {
        return addresses.values().stream().anyMatch(known -> known.configured() && id.equals(known.id()));
    }

    /** Drops addresses nobody wants that were never reached or are hopeless, and whatever is over the limit. */
    void prune(long wallMillis, int limit) {
        changed |= addresses.values().removeIf(known -> isIdle(known) && (known.lastSuccessMillis() == 0
                || known.circuit().failures() >= HOPELESS_FAILURES
                && wallMillis - known.lastSuccessMillis() >= HOPELESS_MILLIS));
        long learnt = addresses.values().stream().filter(known -> !known.configured()).count();
        if (learnt > limit) {
            addresses.values().stream().filter(AddressBook::isIdle)
                    .sorted(Comparator.comparingLong(KnownAddress::lastSuccessMillis))
                    .limit(learnt - limit).forEach(known -> forget(known.address()));
        }
    }

    private static boolean isIdle(KnownAddress known) {
        return !known.configured() && known.session() == null;
    }

    /** The file's content if anything changed since it was asked for last. */
    Optional<byte[]> toSave(int limit) {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(BookFile.encode(addresses.values().stream()
                .filter(known -> known.id() != null && known.lastSuccessMillis() > 0)
                .sorted(Comparator.comparingLong(KnownAddress::lastSuccessMillis).reversed()).limit(limit)
                .map(known -> new BookFile.Entry(known.address(), known.id(), known.lastSuccessMillis(),
                        known.circuit().failures(), known.roundTripNanos()))
                .toList()));
    }
}
