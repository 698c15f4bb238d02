// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.address.Seed;

/**
 * The addresses this node knows: those operators want, those where peers were, those discovered or told. Bounded: of
 * the learnt ones those that no dial of this node proved leave first, and of them the longest unseen. Changed by one
 * thread, read by any.
 */
public final class AddressBook {

    /** An unwanted address is forgotten after so many failures in a row ... */
    private static final int HOPELESS_FAILURES = 10;
    /** ... if it was not reached for so long. */
    private static final long HOPELESS_MILLIS = TimeUnit.HOURS.toMillis(24);
    /** Most addresses from one teller where no peer was met. */
    static final int MAX_PER_TELLER = 64;
    /** Most addresses of one host that peers from there said they listen on, where this node did not dial. */
    static final int MAX_CLAIMS_PER_HOST = 4;
    private static final Comparator<KnownAddress> LONGEST_UNSEEN = Comparator
            .comparingLong(KnownAddress::lastSuccessMillis).thenComparingLong(KnownAddress::toldMillis);
    /** What peers merely say displaces nothing that a dial of this node proved. */
    private static final Comparator<KnownAddress> LEAST_WORTH = Comparator.comparing(KnownAddress::dialled)
            .thenComparing(LONGEST_UNSEEN);

    private final Map<PeerAddress, KnownAddress> addresses = new ConcurrentHashMap<>();
    private boolean changed;
    private volatile String saveError = "";

    /** Takes over what operators want; what they no longer want stays only if it was reached once. */
    public void want(Collection<Seed> configured, Collection<Seed> added) {
        Map<PeerAddress, Seed> wanted = new LinkedHashMap<>();
        added.forEach(seed -> wanted.put(seed.address(), seed));
        configured.forEach(seed -> wanted.put(seed.address(), seed));
        List<PeerAddress> permanent = configured.stream().map(Seed::address).toList();
        for (KnownAddress known : addresses.values()) {
            if (known.configured() && !wanted.containsKey(known.address())) {
                known.release();
                changed = true;
                if (known.lastSuccessMillis() == 0 && !known.inUse()) {
                    addresses.remove(known.address());
                }
            }
        }
        wanted.values().forEach(seed -> at(seed.address()).want(seed, permanent.contains(seed.address())));
    }

    /** The entry of an address, made if there is none. */
    public KnownAddress at(PeerAddress address) {
        return addresses.computeIfAbsent(address, KnownAddress::new);
    }

    public Optional<KnownAddress> find(PeerAddress address) {
        return Optional.ofNullable(addresses.get(address));
    }

    /** A peer was reached, or said where it listens. */
    public KnownAddress learn(PeerAddress address, PeerId id, long wallMillis) {
        KnownAddress known = at(address);
        known.reached(id, wallMillis);
        changed = true;
        return known;
    }

    /**
     * A peer that was accepted said where it listens, which is only its word until this node dials it: such addresses
     * have a share of the book, and in it those of the same host a share.
     *
     * @param trusted whether the host's share is not bounded, as many nodes may be there
     */
    public void claimed(PeerAddress address, PeerId id, long wallMillis, int limit, boolean trusted) {
        learn(address, id, wallMillis);
        if (!trusted) {
            forgetClaims(MAX_CLAIMS_PER_HOST, known -> known.address().host().equals(address.host()));
        }
        forgetClaims(limit / 2, known -> true);
    }

    private void forgetClaims(int most, Predicate<KnownAddress> which) {
        List<KnownAddress> claims = addresses.values().stream().filter(which).filter(AddressBook::isIdle)
                .filter(known -> known.lastSuccessMillis() > 0 && !known.dialled()).sorted(LONGEST_UNSEEN).toList();
        claims.subList(0, Math.max(0, claims.size() - most)).forEach(known -> forget(known.address()));
    }

    /** A peer told who is at an address, by a genuine record; gives why that is not taken, or null. */
    public AddressDrop told(PeerAddress address, AddressRecord record, PeerId teller, Nearness nearness, int limit) {
        KnownAddress known = addresses.get(address);
        if (known == null) {
            if (addresses.values().stream().filter(other -> teller.equals(other.teller())).count() >= MAX_PER_TELLER) {
                return AddressDrop.TELLER_FULL;
            }
            if (learnt() >= limit && !makeRoom(teller)) {
                return AddressDrop.BOOK_FULL;
            }
            known = at(address);
            known.told(record.id(), teller, record.timeMillis());
        }
        if (!record.id().equals(known.id())) {
            if (known.lastSuccessMillis() == 0 && known.pin() == null) {
                known.dispute();
            }
            return AddressDrop.TAKEN;
        }
        known.record(record);
        known.mayLead(nearness);
        changed = true;
        return null;
    }

    /** In a full book the peer that told of most gives one up for a peer that told of fewer. */
    private boolean makeRoom(PeerId teller) {
        Map<PeerId, List<KnownAddress>> told = addresses.values().stream()
                .filter(known -> isIdle(known) && known.source() == AddressSource.TOLD && known.teller() != null)
                .collect(Collectors.groupingBy(KnownAddress::teller, LinkedHashMap::new, Collectors.toList()));
        List<KnownAddress> most = told.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
        return most.size() > told.getOrDefault(teller, List.of()).size() + 1
                && forget(Collections.min(most, LONGEST_UNSEEN).address());
    }

    /** A discovery says that a peer may be at an address, and perhaps which. */
    public void discovered(PeerAddress address, PeerId source, Optional<PeerId> pin, Nearness nearness) {
        KnownAddress known = at(address);
        known.discovered(source, pin);
        known.mayLead(nearness);
    }

    /** A discovery says so no longer. */
    public void vanished(PeerAddress address, PeerId source) {
        find(address).ifPresent(known -> {
            known.vanished(source);
            if (isIdle(known) && isUnheardOf(known)) {
                forget(address);
            }
        });
    }

    /** The newest record of a peer, if there is one. */
    public Optional<AddressRecord> record(PeerId id) {
        return addresses.values().stream().map(KnownAddress::record)
                .filter(record -> record != null && record.id().equals(id))
                .max(Comparator.comparingLong(AddressRecord::timeMillis));
    }

    /** All records signed at or after a time, each peer's once. */
    public List<AddressRecord> records(long sinceMillis) {
        Map<PeerId, AddressRecord> newest = new LinkedHashMap<>();
        for (KnownAddress known : addresses.values()) {
            AddressRecord record = known.record();
            if (record != null && record.timeMillis() >= sinceMillis) {
                newest.merge(record.id(), record, (one, other) -> one.timeMillis() >= other.timeMillis() ? one : other);
            }
        }
        return new ArrayList<>(newest.values());
    }

    /** Puts back what was saved. */
    public void restore(List<BookFile.Entry> entries, int limit) {
        changed |= !entries.isEmpty();
        entries.stream().limit(limit).forEach(entry -> {
            KnownAddress known = at(entry.address());
            if (entry.lastSuccessMillis() > 0) {
                known.reached(entry.id(), entry.lastSuccessMillis());
            } else {
                known.told(entry.id(), entry.teller(), entry.toldMillis());
            }
            known.restoreDialled(entry.dialled());
            known.mayLead(entry.nearness());
            known.circuit().restore(entry.failures());
            known.roundTripNanos(entry.roundTripNanos());
        });
    }

    public boolean forget(PeerAddress address) {
        changed = true;
        return addresses.remove(address) != null;
    }

    public Collection<KnownAddress> all() {
        return addresses.values();
    }

    /** Whether an operator wants a peer, as far as its address is known to be this peer's. */
    public boolean isConfigured(PeerId id) {
        return addresses.values().stream().anyMatch(known -> known.configured() && id.equals(known.id()));
    }

    /** Drops unwanted addresses that are unheard of or hopeless, and whatever is over the limit. */
    public void prune(long wallMillis, int limit) {
        for (KnownAddress known : addresses.values()) {
            if (known.record() != null && wallMillis - known.record().timeMillis() >= HOPELESS_MILLIS) {
                known.record(null);
            }
        }
        changed |= addresses.values().removeIf(known -> isIdle(known) && known.source() != AddressSource.DISCOVERED
                && (isUnheardOf(known) || isHopeless(known, wallMillis)));
        long over = learnt() - limit;
        if (over > 0) {
            addresses.values().stream().filter(AddressBook::isIdle).sorted(LEAST_WORTH)
                    .limit(over).forEach(known -> forget(known.address()));
        }
    }

    private long learnt() {
        return addresses.values().stream().filter(known -> !known.configured()).count();
    }

    /** No peer was met there, and none is said to be there. */
    private static boolean isUnheardOf(KnownAddress known) {
        return known.source() == AddressSource.TOLD && known.toldMillis() == 0;
    }

    /** Where peers were met, failures must prove it; where one was only told of, its own word must be fresh. */
    private static boolean isHopeless(KnownAddress known, long wallMillis) {
        long heardOf = Math.max(known.lastSuccessMillis(), known.toldMillis());
        return wallMillis - heardOf >= HOPELESS_MILLIS
                && (known.lastSuccessMillis() == 0 || known.circuit().failures() >= HOPELESS_FAILURES);
    }

    private static boolean isIdle(KnownAddress known) {
        return !known.configured() && !known.inUse();
    }

    /** What was given to be saved was, or was not, and why; without words it was. */
    void saved(String error) {
        changed |= !error.isEmpty();
        saveError = error;
    }

    /** Why it could not be saved last; empty if it could. */
    public String saveError() {
        return saveError;
    }

    /** The file's content if anything changed since it was asked for last. */
    Optional<byte[]> toSave(int limit) {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(BookFile.encode(addresses.values().stream()
                .filter(known -> known.id() != null && (known.lastSuccessMillis() > 0 || known.teller() != null))
                .sorted(LEAST_WORTH.reversed()).limit(limit)
                .map(known -> new BookFile.Entry(known.address(), known.id(), known.lastSuccessMillis(),
                        known.circuit().failures(), known.roundTripNanos(), known.teller(), known.toldMillis(),
                        known.dialled(), known.nearness()))
                .toList()));
    }
}
