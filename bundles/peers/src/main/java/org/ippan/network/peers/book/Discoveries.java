// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.callback.CallbackFaults.Call;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.peers.context.PeerContext;

/** Puts what discovery services find into the address book, and takes it out again. Confined to the deciding thread. */
public final class Discoveries {

    private final PeerContext context;
    private final AddressBook book;
    /** By the id of their registration. */
    private final Map<Object, Source> sources = new HashMap<>();

    public Discoveries(PeerContext context, AddressBook book) {
        this.context = context;
        this.book = book;
    }

    /** What one service found so far; tells of it on any thread until it is closed. */
    private final class Source implements PeerDiscovery.Found {

        private final Subject subject;
        private final Set<PeerAddress> found = new HashSet<>();
        private PeerDiscovery.Search search = () -> { };
        private boolean closed;

        Source(PeerDiscovery discovery, Object id) {
            this.subject = new Subject(CallbackKind.DISCOVERY, discovery.getClass().getName(), "", id);
        }

        @Override
        public void appeared(PeerAddress address) {
            Objects.requireNonNull(address, "address");
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

    /** Begins to search, anew if it did already; a service that throws is told of and left alone. */
    public void put(Object id, PeerDiscovery discovery) {
        end(sources.remove(id));
        Source source = new Source(discovery, id);
        sources.put(id, source);
        guarded(source, () -> {
            PeerDiscovery.Search search = Objects.requireNonNull(discovery.discover(source), "no search");
            context.decide(() -> found(source, search));
        });
    }

    private void found(Source source, PeerDiscovery.Search search) {
        if (source.closed) {
            guarded(source, search::close);
        } else {
            source.search = search;
        }
    }

    /** Ends the search and forgets what it found. */
    public void remove(Object id) {
        Source source = sources.remove(id);
        if (source != null) {
            end(source);
            context.outside().faults().forget(source.subject);
        }
    }

    private void end(Source source) {
        if (source != null) {
            source.closed = true;
            guarded(source, source.search::close);
            source.found.forEach(address -> book.discovered(address, -1));
            source.found.clear();
        }
    }

    /** The node ends. */
    public void stop() {
        Set.copyOf(sources.keySet()).forEach(this::remove);
    }

    /** Calls an application on a thread that it may hold up. */
    private void guarded(Source source, Runnable call) {
        try {
            context.outside().callbacks().execute(() -> {
                Call running = context.outside().faults().begin(source.subject);
                try {
                    call.run();
                } catch (Throwable e) {
                    // The application's mistake, whatever it is.
                    context.outside().faults().failed(source.subject, e);
                } finally {
                    running.end();
                }
            });
        } catch (RejectedExecutionException e) {
            // The bundle stops, and with it the search.
            source.closed = true;
        }
    }
}
