// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.address.Seed;

/** One address that may be dialled, with what came of it so far. Changed by one thread, read by any. */
public final class KnownAddress {

    private final PeerAddress address;
    private final Circuit circuit = new Circuit();
    private volatile Seed seed;
    private volatile boolean permanent;
    private volatile PeerId id;
    private volatile Ending ending = Ending.NONE;
    private volatile boolean inUse;
    private volatile long lastSuccessMillis;
    private volatile long roundTripNanos;
    private volatile int failedDials;
    private volatile String reason = "";
    private volatile PeerId teller;
    private volatile long toldMillis;
    private volatile AddressRecord record;
    /** Who must answer there, by the discovery that says so. */
    private volatile Map<PeerId, Optional<PeerId>> discoveries = Map.of();
    /** How near a name may lead, by those that told of it. */
    private volatile Nearness nearness = Nearness.WORLD;
    private boolean proved;
    private volatile boolean dialled;
    private boolean told;
    private long toldAt;

    KnownAddress(PeerAddress address) {
        this.address = address;
    }

    /** An operator wants it, by configuration or by hand. */
    void want(Seed wanted, boolean byConfiguration) {
        seed = wanted;
        permanent = byConfiguration;
        nearness = Nearness.MACHINE;
        if (id == null) {
            id = wanted.pin().orElse(null);
        }
    }

    void release() {
        seed = null;
        permanent = false;
    }

    public PeerAddress address() {
        return address;
    }

    public Circuit circuit() {
        return circuit;
    }

    /** Whether an operator wants it: then it is dialled for ever. */
    public boolean configured() {
        return seed != null;
    }

    /** Whether only a change of configuration takes it away. */
    public boolean permanent() {
        return permanent;
    }

    public String alias() {
        Seed wanted = seed;
        return wanted == null ? "" : wanted.alias();
    }

    /** Who must answer as an operator wants it, or null. */
    PeerId pin() {
        Seed wanted = seed;
        return wanted == null ? null : wanted.pin().orElse(null);
    }

    /**
     * Whether a peer may answer there. What an operator, the peers met there or a signed record say counts for more
     * than what discoveries say, which could else keep this node from a peer it knows.
     */
    public boolean admits(PeerId peer) {
        if (configured() || lastSuccessMillis > 0 || record != null) {
            PeerId pin = pin();
            return pin == null || pin.equals(peer);
        }
        Map<PeerId, Optional<PeerId>> told = discoveries;
        return told.isEmpty() || told.values().stream().anyMatch(pin -> pin.isEmpty() || pin.get().equals(peer));
    }

    /** Who answered last, or is said to be there; null if that is unknown or disputed. */
    public PeerId id() {
        return id;
    }

    /** Any thread: whether a dial may lead there. An address was judged when it was told, a name could not be. */
    public boolean mayLeadTo(InetAddress ip) {
        return isOneHost() || nearness.admits(ip);
    }

    /** Who tells of it may lead this node so near. */
    void mayLead(Nearness told) {
        nearness = nearness.or(told);
    }

    Nearness nearness() {
        return nearness;
    }

    /** Somebody answered there and became a link, or is known to have. */
    void reached(PeerId peer, long wallMillis) {
        if (!peer.equals(id)) {
            record = null;
        }
        id = peer;
        teller = null;
        lastSuccessMillis = wallMillis;
    }

    /** A peer told that somebody is there, who signed that at this time. */
    void told(PeerId peer, PeerId by, long signedMillis) {
        id = peer;
        teller = by;
        toldMillis = signedMillis;
    }

    /** Two peers are said to be here, where no peer was met: only a dial can tell. */
    void dispute() {
        id = null;
        record = null;
    }

    /** What the peer here signed, to be passed on; null when it is too old for that. */
    void record(AddressRecord signed) {
        record = signed;
        toldMillis = signed == null ? toldMillis : signed.timeMillis();
    }

    AddressRecord record() {
        return record;
    }

    /** Who told of it, as long as no peer was met there; else null. */
    public PeerId teller() {
        return teller;
    }

    /** When its owner signed that it is there, milliseconds since 1970; 0 for never. */
    long toldMillis() {
        return toldMillis;
    }

    /** A discovery says that a peer may be there, and perhaps which. */
    void discovered(PeerId source, Optional<PeerId> pin) {
        Map<PeerId, Optional<PeerId>> more = new LinkedHashMap<>(discoveries);
        more.put(source, pin);
        discoveries = more;
        if (id == null) {
            id = pin.orElse(null);
        }
    }

    /** A discovery says so no longer. */
    void vanished(PeerId source) {
        Map<PeerId, Optional<PeerId>> fewer = new LinkedHashMap<>(discoveries);
        Optional<PeerId> pin = fewer.remove(source);
        discoveries = fewer;
        if (pin != null && pin.isPresent() && pin.get().equals(id) && lastSuccessMillis == 0 && teller == null
                && !configured()) {
            id = fewer.values().stream().flatMap(Optional::stream).findFirst().orElse(null);
        }
    }

    /** Whose share of dials a dial of it takes: the peer that told of it, or the discovery; null for none. */
    public PeerId charged() {
        Map<PeerId, Optional<PeerId>> told = discoveries;
        return teller != null || lastSuccessMillis > 0 || told.isEmpty() ? teller : told.keySet().iterator().next();
    }

    public AddressSource source() {
        if (configured()) {
            return AddressSource.CONFIGURED;
        }
        return lastSuccessMillis > 0 ? AddressSource.MET
                : !discoveries.isEmpty() ? AddressSource.DISCOVERED : AddressSource.TOLD;
    }

    /** Why it was chosen to be dialled, or why it is not dialled. */
    public String reason() {
        return reason;
    }

    public void reason(String why) {
        reason = why;
    }

    /** A dial led to a link: the peer does listen there. */
    public void prove() {
        proved = true;
        dialled = true;
        told = false;
        failedDials = 0;
    }

    /** Whether it is time again to tell that it is not connected: at once after it was. */
    public boolean tell(long now, long interval) {
        boolean due = !told || now - toldAt >= interval;
        if (due) {
            told = true;
            toldAt = now;
        }
        return due;
    }

    /** A dial found no peer; gives how often in a row. */
    public int failedDial() {
        int failed = failedDials + 1;
        failedDials = failed;
        return failed;
    }

    /** Dials in a row that found no peer. */
    public int failedDials() {
        return failedDials;
    }

    /**
     * Whether not to be there is the peer's failure: it was met there, and the address cannot stand for others, or for
     * none, as a name does when it is resolved anew.
     */
    public boolean proved() {
        return proved && isOneHost();
    }

    /** Whether this is an IP address and not a name, which is one peer's today and another's tomorrow. */
    public boolean isOneHost() {
        return NetSet.address(address.host()).isPresent();
    }

    /** Whether a dial of this node ever led to a peer there; else a peer may merely have said so. */
    boolean dialled() {
        return dialled;
    }

    /** As it was saved. */
    void restoreDialled(boolean once) {
        dialled = once;
    }

    /** When a link to it was up last, milliseconds since 1970; 0 for never. */
    public long lastSuccessMillis() {
        return lastSuccessMillis;
    }

    /** Why the last connection ended, or did not come about. */
    public Ending ending() {
        return ending;
    }

    public void ending(Ending last) {
        ending = last;
    }

    /** Whether a dial of it is under way, or the connection it led to is not gone yet. */
    public boolean inUse() {
        return inUse;
    }

    public void inUse(boolean on) {
        inUse = on;
    }

    /** Round trip when it was connected last, 0 if unknown. */
    public long roundTripNanos() {
        return roundTripNanos;
    }

    public void roundTripNanos(long nanos) {
        roundTripNanos = nanos;
    }
}
