// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.address.ToldAddress;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.context.PeerContext;

/**
 * Puts what discovery services find into the address book, and takes it out again. What a service tells counts against
 * the share of its name. Confined to the deciding thread.
 */
public final class Discoveries {

    private final PeerContext context;
    private final AddressBook book;
    private final PeerExchange exchange;
    /** By the id of their registration. */
    private final Map<Object, Source> sources = new HashMap<>();

    public Discoveries(PeerContext context, AddressBook book, PeerExchange exchange) {
        this.context = context;
        this.book = book;
        this.exchange = exchange;
    }

    /** What one service found so far; tells of it on any thread until it is closed. */
    private final class Source implements PeerDiscovery.Found {

        private final Subject subject;
        /** Stands for it where peers that told of an address are named. */
        private final PeerId id;
        private final Set<PeerAddress> found = new HashSet<>();
        private PeerDiscovery.Search search = () -> { };
        private boolean closed;
        /** Its registration went. Read by the threads of applications. */
        private volatile boolean gone;

        Source(PeerDiscovery discovery, String name, Object registration) {
            this.subject = new Subject(CallbackKind.DISCOVERY, discovery.getClass().getName(), "", registration);
            this.id = idOf(name);
        }

        @Override
        public void appeared(PeerAddress address) {
            appeared(address, Optional.empty(), any -> true);
        }

        @Override
        public void appeared(PeerAddress address, PeerId pin) {
            appeared(address, Optional.of(pin), any -> true);
        }

        @Override
        public void appeared(PeerAddress address, Optional<PeerId> pin, Predicate<PeerAddress> leads) {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(pin, "pin");
            Objects.requireNonNull(leads, "leads");
            Nearness nearness = Nearness.of(leads);
            context.decide(() -> {
                boolean usable = !closed && address.port() > 0 && !exchange.own().addresses().contains(address)
                        && pin.stream().noneMatch(exchange.own()::isOf);
                if (usable && found.size() < PeerDiscovery.MAX_ADDRESSES) {
                    found.add(address);
                }
                if (usable && found.contains(address)) {
                    book.discovered(address, id, pin, nearness);
                }
            });
        }

        @Override
        public void told(byte[] bytes, Predicate<PeerAddress> usable) {
            told(bytes, usable, any -> true);
        }

        @Override
        public void told(byte[] bytes, Predicate<PeerAddress> usable, Predicate<PeerAddress> leads) {
            Objects.requireNonNull(usable, "usable");
            Objects.requireNonNull(leads, "leads");
            Optional<AddressRecord> record = read(bytes.clone());
            // Asked here: its thread is the application's own, which may take as long as it likes.
            Set<PeerAddress> wanted = record.stream().flatMap(told -> told.addresses().stream())
                    .flatMap(text -> ToldAddress.parse(text).stream()).filter(usable).collect(Collectors.toSet());
            Nearness nearness = Nearness.of(leads);
            context.decide(() -> {
                if (!closed) {
                    record.ifPresentOrElse(told -> exchange.take(id, told, wanted::contains, nearness),
                            () -> context.counters().addressDropped(AddressDrop.BAD_TEXT));
                }
            });
        }

        @Override
        public void disappeared(PeerAddress address) {
            context.decide(() -> {
                if (found.remove(address)) {
                    vanished(address, id);
                }
            });
        }
    }

    /** Begins to search, anew if it did already; a service that throws is told of and left alone. */
    public void put(Object id, String name, PeerDiscovery discovery) {
        end(sources.remove(id));
        Source source = new Source(discovery, name, id);
        sources.put(id, source);
        guarded(source, () -> {
            PeerDiscovery.Search search = Objects.requireNonNull(discovery.discover(source), "no search");
            context.decide(() -> found(source, search));
        });
    }

    private static PeerId idOf(String name) {
        try {
            return PeerId.of(MessageDigest.getInstance("SHA-256")
                    .digest(("ippan-discovery/1 " + name).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Optional<AddressRecord> read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            AddressRecord record = AddressRecord.read(in);
            return in.hasRemaining() ? Optional.empty() : Optional.of(record);
        } catch (ProtocolException e) {
            return Optional.empty();
        }
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
            source.gone = true;
            end(source);
            context.outside().faults().forget(source.subject);
        }
    }

    private void end(Source source) {
        if (source != null) {
            source.closed = true;
            guarded(source, source.search::close);
            Set<PeerAddress> gone = Set.copyOf(source.found);
            source.found.clear();
            gone.forEach(address -> vanished(address, source.id));
        }
    }

    /** Services of one name share what they found: it is there while one of them still finds it. */
    private void vanished(PeerAddress address, PeerId id) {
        if (sources.values().stream().noneMatch(other -> other.id.equals(id) && other.found.contains(address))) {
            book.vanished(address, id);
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
                if (!context.outside().faults().call(source.subject, call) && source.gone) {
                    // It is forgotten already; the log has what it threw.
                    context.outside().faults().forget(source.subject);
                }
            });
        } catch (RejectedExecutionException e) {
            // The bundle stops, and with it the search.
            source.closed = true;
        }
    }
}
