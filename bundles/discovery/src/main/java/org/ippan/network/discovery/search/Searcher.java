// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.api.event.LogBudget;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.peers.PeerDiscovery.Found;
import org.ippan.network.api.state.FileErrors;

/**
 * Looks at a source again and again, and tells those who listen what came and what went since. A look that fails
 * changes nothing, and is repeated soon, then less and less often. Looks, and everything that follows from them, run on
 * the one thread of the timer; methods may be called by any thread and return at once.
 */
public final class Searcher implements PeerDiscovery {

    /** Wait after the first failure, doubled with each further one. */
    private static final long RETRY_SECONDS = 5;
    private static final int MAX_DOUBLINGS = 10;
    /** No source, whatever it says, is looked at more often. */
    private static final long LEAST_SECONDS = 1;
    private static final int MAX_REFUSED = 4 * PeerDiscovery.MAX_ADDRESSES;

    private final String name;
    private final RefusalCounts tally;
    private final ScheduledExecutorService timer;
    private final Ticker ticker;
    private final LogBudget warn;
    private final LogBudget info;
    private final List<Found> listeners = new CopyOnWriteArrayList<>();
    /** Told and not gone; confined to the timer's thread, as everything below that is not volatile. */
    private final Map<PeerAddress, Optional<PeerId>> told = new LinkedHashMap<>();
    /** Seen and not told: counted when they are first seen. */
    private Set<PeerAddress> refused = Set.of();
    /** The same of addresses in records; safe for any thread. */
    private final Set<PeerAddress> refusedInRecords = ConcurrentHashMap.newKeySet();
    private List<byte[]> records = List.of();
    private Rules rules = new Rules(1, false, false);
    private ScheduledFuture<?> next;
    /** Whether the last line of the log says that the search fails. */
    private boolean saidFailed;
    /** The one that was looked at last. */
    private Source lookedAt = Source.NONE;
    private volatile Source source = Source.NONE;
    private volatile boolean closed;
    private volatile State state = new State(0, 0, 0, 0, "", 0);

    /** What is shown of the search. */
    private record State(int found, long looks, long failures, int inARow, String error, long nextAt) {
    }

    /**
     * A search that has not begun.
     *
     * @param name of the source
     * @param tally counts what is not told
     * @param timer has one thread
     * @param warn is told that the search fails, once and not too often
     * @param info is told when the search works again
     */
    public Searcher(String name, RefusalCounts tally, ScheduledExecutorService timer, Ticker ticker,
            Consumer<String> warn, Consumer<String> info) {
        this.name = name;
        this.tally = tally;
        this.timer = timer;
        this.ticker = ticker;
        this.warn = LogBudget.ofStates(ticker, warn);
        this.info = LogBudget.ofStates(ticker, info);
    }

    /**
     * Searches there from now on. What was found elsewhere goes with the first look that succeeds; what the rules now
     * refuse goes at once.
     */
    public void search(Source where, Rules by) {
        Source before = source;
        source = where;
        before.close();
        decide(() -> {
            rules = by;
            forget(told.keySet().stream().filter(address -> rules.refusal(address).isPresent()).toList());
            look();
        });
    }

    /** Ends: nothing is told any more. */
    public void close() {
        closed = true;
        source.close();
    }

    @Override
    public Search discover(Found found) {
        decide(() -> {
            listeners.add(found);
            told.forEach((address, pin) -> appeared(found, address, pin));
            records.forEach(record -> tell(found, record));
        });
        return () -> listeners.remove(found);
    }

    /** What is shown of it now. */
    public DiscoverySnapshot snapshot() {
        State now = state;
        return new DiscoverySnapshot(name, source != Source.NONE, now.found, now.looks, now.failures, now.inARow,
                now.error, Math.max(0, now.nextAt - ticker.nanos()) / 1e9, tally.counts());
    }

    private void look() {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        Source now = source;
        try {
            if (now != lookedAt) {
                now.follow(lookedAt);
                lookedAt = now;
            }
            Sighting sighting = now.look();
            if (now == source && !closed) {
                take(sighting);
                looked(sighting.error(), sighting.nextSeconds());
            }
        } catch (IOException | RuntimeException e) {
            // The latter is what was not foreseen of an answer, or of who listens: it must not end the search for ever.
            if (now == source && !closed) {
                looked(e instanceof IOException ? FileErrors.words(e) : "internal error: " + e, now.refreshSeconds());
            }
        }
    }

    /** Counts a look, and sets the time of the next one. */
    private void looked(String error, long refreshSeconds) {
        boolean failed = !error.isEmpty();
        int inARow = failed ? state.inARow + 1 : 0;
        long retry = RETRY_SECONDS << Math.min(MAX_DOUBLINGS, Math.max(0, inARow - 1));
        long seconds = Math.max(LEAST_SECONDS, failed ? Math.min(retry, refreshSeconds) : refreshSeconds);
        long nanos = TimeUnit.SECONDS.toNanos(seconds);
        if (failed && !saidFailed) {
            saidFailed = warn.offer("Discovery failed: " + error + ". What was found before stays; next search in "
                    + seconds + " s. source=" + name);
        } else if (!failed && saidFailed) {
            saidFailed = !info.offer("Discovery works again. source=" + name + " found="
                    + (told.size() + records.size()));
        }
        state = new State(told.size() + records.size(), state.looks + 1, state.failures + (failed ? 1 : 0), inARow,
                error, ticker.nanos() + nanos);
        if (source == Source.NONE) {
            return;
        }
        try {
            next = timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            closed = true;
        }
    }

    private void take(Sighting sighting) {
        Map<PeerAddress, Optional<PeerId>> now = wanted(sighting.candidates());
        forget(told.keySet().stream().filter(address -> !now.containsKey(address)).toList());
        now.forEach((address, pin) -> {
            if (!pin.equals(told.put(address, pin))) {
                listeners.forEach(found -> appeared(found, address, pin));
            }
        });
        records = sighting.records().stream().limit(rules.maxAddresses()).toList();
        tally.count(FindingRefusal.TOO_MANY, sighting.records().size() - records.size());
        records.forEach(record -> listeners.forEach(found -> tell(found, record)));
    }

    private void forget(List<PeerAddress> gone) {
        gone.forEach(address -> {
            told.remove(address);
            listeners.forEach(found -> found.disappeared(address));
        });
    }

    /** Those that may be told; where there are too many, those told before go first, so that they do not change. */
    private Map<PeerAddress, Optional<PeerId>> wanted(List<Candidate> candidates) {
        Set<PeerAddress> refusedNow = new HashSet<>();
        List<Candidate> known = new ArrayList<>();
        List<Candidate> fresh = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<FindingRefusal> refusal = rules.refusal(candidate.address());
            refusal.ifPresent(why -> refuse(candidate.address(), why, refusedNow));
            if (refusal.isEmpty()) {
                (told.containsKey(candidate.address()) ? known : fresh).add(candidate);
            }
        }
        known.addAll(fresh);
        Map<PeerAddress, Optional<PeerId>> wanted = new LinkedHashMap<>();
        for (Candidate candidate : known) {
            if (wanted.size() < rules.maxAddresses() || wanted.containsKey(candidate.address())) {
                wanted.putIfAbsent(candidate.address(), candidate.pin());
            } else {
                refuse(candidate.address(), FindingRefusal.TOO_MANY, refusedNow);
            }
        }
        refused = refusedNow;
        return wanted;
    }

    private void refuse(PeerAddress address, FindingRefusal why, Set<PeerAddress> refusedNow) {
        if (refusedNow.add(address) && !refused.contains(address)) {
            tally.count(why);
        }
    }

    /** A name may lead to nothing that may not be told as an address, whatever it leads to when it is dialled. */
    private void appeared(Found found, PeerAddress address, Optional<PeerId> pin) {
        Rules by = rules;
        found.appeared(address, pin, ip -> by.refusal(ip).isEmpty());
    }

    private void tell(Found found, byte[] record) {
        Rules by = rules;
        found.told(record, address -> {
            Optional<FindingRefusal> refusal = by.refusal(address);
            refusal.ifPresent(why -> refuseInRecord(address, why));
            return refusal.isEmpty();
        }, ip -> by.refusal(ip).isEmpty());
    }

    /** On the thread of who was told. Counted when it is first seen, as far as that is remembered. */
    private void refuseInRecord(PeerAddress address, FindingRefusal why) {
        if (refusedInRecords.size() >= MAX_REFUSED) {
            refusedInRecords.clear();
        }
        if (refusedInRecords.add(address)) {
            tally.count(why);
        }
    }

    private void decide(Runnable task) {
        try {
            timer.execute(task);
        } catch (RejectedExecutionException e) {
            closed = true;
        }
    }
}
