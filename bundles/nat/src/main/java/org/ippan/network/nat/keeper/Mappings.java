// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Causes;
import org.ippan.network.api.Ticker;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.Gateway.Beat;
import org.ippan.network.nat.gateway.Gateway.Lease;
import org.ippan.network.nat.gateway.GatewayException;

/**
 * What one router maps: renewed when half of a lease has passed, and at once when the router lost its memory (RFC 6886
 * §3.6, RFC 6887 §8.5) or got another address. Confined to one thread.
 */
final class Mappings {

    /** A clock of a router may be slow by an eighth and two seconds. */
    private static final double SLOWEST = 7.0 / 8;
    private static final long SLACK_SECONDS = 2;
    /** A mapping without an end is looked after all the same. */
    private static final long PERMANENT_SECONDS = 3600;

    private final Gateway gateway;
    private final Ticker ticker;
    private final Map<Integer, Mapping> byPort = new TreeMap<>();
    private Optional<InetAddress> address = Optional.empty();
    private long epochSeconds = -1;
    private long epochAt;
    private long renewals;

    /** One port; it ends at a time, or never. */
    record Mapping(Lease lease, long dueAt, long endsAt) {

        boolean isPermanent() {
            return lease.seconds() == 0;
        }
    }

    Mappings(Gateway gateway, Ticker ticker) {
        this.gateway = gateway;
        this.ticker = ticker;
    }

    Gateway gateway() {
        return gateway;
    }

    /** Maps what is wanted and not mapped, renews what is due, ends what is not wanted any more. */
    void keep(List<Integer> wanted, long seconds) throws IOException {
        expire();
        IOException silence = look();
        long before = renewals;
        for (int port : List.copyOf(byPort.keySet())) {
            if (!wanted.contains(port)) {
                end(port);
            }
        }
        for (int port : wanted) {
            Mapping known = byPort.get(port);
            if (known == null || ticker.nanos() - known.dueAt >= 0) {
                map(port, known == null ? port : known.lease.port(), seconds);
            }
        }
        if (address.isEmpty() && silence == null) {
            silence = look();
            before = renewals;
        }
        // One that maps is there, whatever else it leaves without an answer.
        if (silence != null && renewals == before) {
            throw silence;
        }
    }

    private void map(int port, int wanted, long seconds) throws IOException {
        Lease lease = gateway.map(port, wanted, seconds);
        long now = ticker.nanos();
        long lives = lease.seconds() == 0 ? PERMANENT_SECONDS : Math.min(lease.seconds(), seconds);
        byPort.put(port, new Mapping(lease, now + TimeUnit.SECONDS.toNanos(lives) / 2,
                now + TimeUnit.SECONDS.toNanos(lives)));
        renewals++;
        heard(lease.beat());
    }

    /** Asks the router how it is. Gives why there is no answer; null if there is one, or the router refuses to say. */
    private IOException look() {
        try {
            if (!byPort.isEmpty()) {
                heard(gateway.beat());
            }
            return null;
        } catch (GatewayException e) {
            return null; // It maps ports, but knows nothing of this request.
        } catch (IOException e) {
            return e;
        }
    }

    private void heard(Beat beat) {
        long now = ticker.nanos();
        if (beat.epochSeconds() >= 0) {
            long expected = epochSeconds + TimeUnit.NANOSECONDS.toSeconds(now - epochAt);
            if (epochSeconds >= 0 && beat.epochSeconds() < expected * SLOWEST - SLACK_SECONDS) {
                renewAll();
            }
            epochSeconds = beat.epochSeconds();
            epochAt = now;
        }
        if (beat.address().isPresent() && !beat.address().equals(address)) {
            if (address.isPresent()) {
                renewAll();
            }
            address = beat.address();
        }
    }

    /** Lets everything be due now. */
    void renewAll() {
        long now = ticker.nanos();
        byPort.replaceAll((port, mapping) -> new Mapping(mapping.lease, now, mapping.endsAt));
    }

    private void expire() {
        long now = ticker.nanos();
        byPort.values().removeIf(mapping -> !mapping.isPermanent() && now - mapping.endsAt >= 0);
    }

    private void end(int port) throws IOException {
        Mapping mapping = byPort.remove(port);
        if (mapping != null) {
            gateway.unmap(port, mapping.lease);
        }
    }

    /** Ends all; gives what could not be ended, or empty. */
    String endAll() {
        String error = "";
        for (int port : List.copyOf(byPort.keySet())) {
            try {
                end(port);
            } catch (IOException | RuntimeException e) {
                error = "port " + port + " stays mapped until its lease ends: " + Causes.ofNetwork(e);
            }
        }
        return error;
    }

    /** By inner port, those that have not ended. */
    Map<Integer, Mapping> current() {
        expire();
        return byPort;
    }

    /** When the first one ends; empty if none does. */
    OptionalLong endsAt() {
        return current().values().stream().filter(mapping -> !mapping.isPermanent()).mapToLong(Mapping::endsAt).min();
    }

    /** The outer address, as far as the router tells it. */
    Optional<InetAddress> address() {
        return address;
    }

    long renewals() {
        return renewals;
    }
}
