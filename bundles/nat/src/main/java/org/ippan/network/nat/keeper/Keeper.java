// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.Causes;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.event.LogBudget;
import org.ippan.network.api.nat.Nat;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.GatewayException;
import org.ippan.network.nat.settings.NatSettings;

/**
 * Keeps the ports of this node mapped, by the first protocol that works, and tells peers the outer addresses, if those
 * can be reached. What fails is tried again less and less often. Everything happens on the timer's one thread; methods
 * may be called by any and return at once.
 */
public final class Keeper implements Nat, AddressAdvertiser {

    /** How often the router is asked whether it still is what it was. */
    private static final long LOOK_SECONDS = 60;
    /** How often it is noticed that the node listens elsewhere, or at last. */
    private static final long LISTENER_SECONDS = 2;
    private static final long RETRY_SECONDS = 30;
    private static final int MAX_DOUBLINGS = 5;
    /** After so many failures a mapping without an end is given up: the router is another one. */
    private static final int GIVE_UP_FAILURES = 4;

    private final Opener opener;
    private final Listeners listeners;
    private final Judgement judgement;
    private final ScheduledExecutorService timer;
    private final Ticker ticker;
    private final LogBudget log;
    private NatSettings settings;
    private Mappings mappings;
    /** By which way they were made. */
    private Optional<Opener.Route> used = Optional.empty();
    private ScheduledFuture<?> next;
    private int failuresInARow;
    private long failures;
    private long renewedBefore;
    private boolean stopped;
    /** Set at once, while the timer's thread may wait for a router. */
    private volatile boolean stopping;
    private volatile Picture picture = Picture.OFF;
    /** What the log says last. */
    private Picture logged = Picture.OFF;
    /** Of the settings, for those who ask. */
    private volatile Map<Integer, String> schemes = Map.of();

    /**
     * A keeper that does nothing yet.
     *
     * @param listeners where the node listens
     * @param observed gives the addresses peers see this node at, as far as enough of them agree
     * @param log is told what changed
     */
    public Keeper(Opener opener, Listeners listeners, Supplier<List<InetAddress>> observed,
            ScheduledExecutorService timer, Ticker ticker, Consumer<String> log) {
        this.opener = opener;
        this.listeners = listeners;
        this.judgement = new Judgement(observed);
        this.timer = timer;
        this.ticker = ticker;
        this.log = LogBudget.ofStates(ticker, log);
    }

    /** New settings: whatever depends on them is asked for anew. */
    public void apply(NatSettings changed) {
        decide(() -> {
            boolean elsewhere = settings != null && !(settings.gateway().equals(changed.gateway())
                    && settings.protocols().equals(changed.protocols()) && changed.enabled());
            boolean otherwise = settings != null && settings.leaseSeconds() != changed.leaseSeconds();
            settings = changed;
            schemes = changed.schemes();
            failuresInARow = 0;
            if (elsewhere) {
                endAll();
            } else if (otherwise && mappings != null) {
                mappings.renewAll();
            }
            run();
        });
    }

    @Override
    public void renew() {
        decide(() -> {
            failuresInARow = 0;
            if (mappings != null) {
                mappings.renewAll();
            }
            run();
        });
    }

    /** Ends all mappings and everything else; completes when that is done. */
    public CompletableFuture<Void> stop() {
        stopping = true;
        CompletableFuture<Void> done = new CompletableFuture<>();
        decide(() -> {
            stopped = true;
            cancel();
            endAll();
            picture = Picture.OFF;
            done.complete(null);
        });
        return done;
    }

    @Override
    public List<PeerAddress> addresses() {
        Map<Integer, String> named = schemes;
        return picture.outer().entrySet().stream()
                .flatMap(each -> listeners.dialled(each.getKey(), each.getValue(), named).stream()).toList();
    }

    @Override
    public NatSnapshot snapshot() {
        return picture.snapshot(ticker.nanos());
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
        }
    }

    private void run() {
        cancel();
        if (stopped || settings == null) {
            return;
        }
        try {
            List<Integer> wanted = !settings.enabled() ? List.of()
                    : settings.ports().isEmpty() ? listeners.ports() : settings.ports();
            if (wanted.isEmpty()) {
                endAll();
                show(settings.enabled() ? NatProblem.NOTHING_TO_MAP : NatProblem.NONE, "", LISTENER_SECONDS);
            } else {
                keep(wanted);
            }
        } catch (RuntimeException e) {
            // What was not foreseen of a router's answer must not end the keeping for ever.
            failed(NatProblem.NO_ANSWER, "internal error: " + e);
        }
    }

    private void keep(List<Integer> wanted) {
        Optional<Opener.Route> route = opener.route(settings);
        if (route.isEmpty()) {
            failed(NatProblem.NO_GATEWAY, "no default route is known; set gateway");
            return;
        }
        try {
            // Where this machine got another address, the router passes connections on to the former.
            if (used.filter(route.get()::isLike).isEmpty()) {
                endAll();
                used = route;
            }
            if (mappings == null) {
                mappings = find(route.get().gateway(), wanted);
            } else {
                mappings.keep(wanted, settings.leaseSeconds());
            }
            failuresInARow = 0;
            show(judgement.problem(mappings), "", LOOK_SECONDS);
        } catch (GatewayException e) {
            failed(NatProblem.REFUSED, e.getMessage());
        } catch (IOException e) {
            failed(NatProblem.NO_ANSWER, Causes.ofNetwork(e));
        }
    }

    /** The first protocol that maps everything. */
    private Mappings find(InetAddress gateway, List<Integer> wanted) throws IOException {
        if (failuresInARow == 0) {
            picture = Picture.of(null, judgement, new Picture.Course(true, NatProblem.SEARCHING, "", renewedBefore,
                    failures, ticker.nanos()));
        }
        List<String> errors = new ArrayList<>();
        boolean refused = false;
        for (String protocol : settings.protocols()) {
            try {
                checkNotStopping();
                Gateway found = opener.open(protocol, gateway, () -> settings);
                return made(new Mappings(found, ticker), wanted);
            } catch (GatewayException e) {
                refused = true;
                errors.add(protocol + ": " + e.getMessage());
            } catch (IOException e) {
                errors.add(protocol + ": " + Causes.ofNetwork(e));
            }
        }
        String all = String.join("; ", errors);
        throw refused ? new GatewayException(all) : new IOException(all);
    }

    /** Maps all ports, or none: what is mapped of some would stay in a router that is not asked again. */
    private Mappings made(Mappings mappings, List<Integer> wanted) throws IOException {
        try {
            mappings.keep(wanted, settings.leaseSeconds());
            checkNotStopping();
            return mappings;
        } catch (IOException | RuntimeException e) {
            mappings.endAll();
            throw e;
        }
    }

    /** Else ports would be mapped, one protocol after the other, after the bundle has gone. */
    private void checkNotStopping() throws IOException {
        if (stopping) {
            throw new IOException("the bundle stops");
        }
    }

    private void failed(NatProblem problem, String error) {
        failures++;
        failuresInARow++;
        boolean lost = mappings != null
                && (mappings.endsAt().isEmpty() && failuresInARow >= GIVE_UP_FAILURES || mappings.current().isEmpty());
        if (lost) {
            endAll();
        }
        // What is mapped still lives until its lease ends, unless the router began anew: not all say so when they are
        // back.
        boolean lives = mappings != null;
        if (lives) {
            mappings.renewAll();
        }
        show(lives ? judgement.problem(mappings) : problem, error,
                RETRY_SECONDS << Math.min(MAX_DOUBLINGS, failuresInARow - 1));
    }

    private void endAll() {
        if (mappings != null) {
            renewedBefore += mappings.renewals();
            String error = mappings.endAll();
            if (!error.isEmpty()) {
                log.offer("Mapping not removed: " + error);
            }
            mappings = null;
        }
    }

    /** Shows how it is now, and what changed, and comes back then. */
    private void show(NatProblem problem, String error, long seconds) {
        long renewals = renewedBefore + (mappings == null ? 0 : mappings.renewals());
        long wait = mappings == null ? TimeUnit.SECONDS.toNanos(seconds)
                : Math.min(TimeUnit.SECONDS.toNanos(seconds), untilDue());
        picture = Picture.of(mappings, judgement, new Picture.Course(settings.enabled(), problem, error, renewals,
                failures, ticker.nanos() + wait));
        if (logged.changes(picture).map(log::offer).orElse(true)) {
            logged = picture;
        }
        try {
            next = timer.schedule(this::run, Math.max(TimeUnit.SECONDS.toNanos(1), wait), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            stopped = true;
        }
    }

    private long untilDue() {
        long now = ticker.nanos();
        return mappings.current().values().stream().mapToLong(mapping -> mapping.dueAt() - now)
                .filter(wait -> wait > 0).min().orElse(Long.MAX_VALUE);
    }

    private void decide(Runnable task) {
        try {
            timer.execute(task);
        } catch (RejectedExecutionException e) {
            // The bundle stops.
            return;
        }
    }
}
