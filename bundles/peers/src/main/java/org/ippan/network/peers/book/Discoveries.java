// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.peers.context.PeerContext;

/** Puts what discovery services find into the address book, and takes it out again. Confined to the deciding thread. */
public final class Discoveries {

    private final PeerContext context;
    private final AddressBook book;
    private final Map<PeerDiscovery, Source> sources = new IdentityHashMap<>();

    public Discoveries(PeerContext context, AddressBook book) {
        this.context = context;
        this.book = book;
    }

    /** What one service found so far; tells of it on any thread until it is closed. */
    private final class Source implements PeerDiscovery.Found {

        private final Set<PeerAddress> found = new HashSet<>();
        private PeerDiscovery.Search search = () -> { };
        private boolean closed;

        @Override
        public void appeared(PeerAddress address) {
            context.decide(() -> {
                if (!closed && address.port() > 0 && found.size() < PeerDiscovery.MAX_ADDRESSES && found.add(address)) {
                    book.discovered(address, 1);
                }
            });
        }

        @Override
        public void disappeared(PeerAddress address) {
            context.decide(() -> {
                if (found.remove(address)) {
                    book.discovered(address, -1);
                }
            });
        }
    }

    /** Begins to search; a service that throws is told of and left alone. */
    public void add(PeerDiscovery discovery) {
        Source source = new Source();
        sources.put(discovery, source);
        guarded(discovery, () -> source.search = discovery.discover(source));
    }

    /** Ends the search and forgets what it found. */
    public void remove(PeerDiscovery discovery) {
        Source source = sources.remove(discovery);
        if (source != null) {
            source.closed = true;
            guarded(discovery, source.search::close);
            source.found.forEach(address -> book.discovered(address, -1));
            source.found.clear();
        }
    }

    /** The node ends. */
    public void stop() {
        Set.copyOf(sources.keySet()).forEach(this::remove);
    }

    private void guarded(PeerDiscovery discovery, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            context.log().tell(discovery.getClass(), discovery.getClass().getName() + " threw: " + e);
        }
    }
}
