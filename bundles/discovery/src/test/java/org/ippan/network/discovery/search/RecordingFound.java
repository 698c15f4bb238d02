// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.PeerDiscovery.Found;

/** Knows what it was told. */
public final class RecordingFound implements Found {

    /** There now, with who must answer. */
    public final Map<PeerAddress, Optional<PeerId>> there = new ConcurrentHashMap<>();
    /** Where names may lead. */
    public final Map<PeerAddress, Predicate<PeerAddress>> leads = new ConcurrentHashMap<>();
    public final List<byte[]> records = new CopyOnWriteArrayList<>();
    /** What each record is taken to hold. */
    public final List<PeerAddress> held = new CopyOnWriteArrayList<>();
    /** Everything in its order. */
    public final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void appeared(PeerAddress address) {
        there.put(address, Optional.empty());
        told.add("+" + address);
    }

    @Override
    public void appeared(PeerAddress address, PeerId pin) {
        there.put(address, Optional.of(pin));
        told.add("+" + address + "#" + pin.shortForm());
    }

    @Override
    public void appeared(PeerAddress address, Optional<PeerId> pin, Predicate<PeerAddress> usable) {
        leads.put(address, usable);
        pin.ifPresentOrElse(id -> appeared(address, id), () -> appeared(address));
    }

    @Override
    public void told(byte[] record, Predicate<PeerAddress> usable) {
        records.add(record);
        held.forEach(usable::test);
    }

    @Override
    public void told(byte[] record, Predicate<PeerAddress> usable, Predicate<PeerAddress> led) {
        told(record, usable);
    }

    @Override
    public void disappeared(PeerAddress address) {
        there.remove(address);
        told.add("-" + address);
    }

    /** What was told since the last time. */
    public List<String> news() {
        List<String> news = new ArrayList<>(told);
        told.clear();
        return news;
    }
}
