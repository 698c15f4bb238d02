// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.GatewayException;
import org.ippan.network.nat.settings.NatSettings;

/** A router that does what a test wants, and keeps what it was asked to. */
final class FakeGateway implements Gateway {

    final TreeMap<Integer, Integer> mapped = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    InetAddress outer;
    long granted = 3600;
    long bootNanos;
    boolean permanent;
    boolean roams;
    boolean silent;
    /** Maps, and does not say how it is. */
    boolean mute;
    boolean refuses;
    boolean tellsEpoch = true;
    int refusedPort;
    int timeout;
    Runnable whenAsked = () -> { };
    Supplier<NatSettings> settings;
    private final String protocol;
    private final Ticker ticker;

    FakeGateway(String protocol, Ticker ticker) throws IOException {
        this.protocol = protocol;
        this.ticker = ticker;
        this.outer = InetAddress.getByName("198.51.100.7");
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    private void answer() throws IOException {
        if (silent) {
            throw new IOException("no answer within 3000 ms");
        }
        if (refuses) {
            throw new GatewayException(2, "not authorized");
        }
    }

    @Override
    public Lease map(int inner, int wanted, long seconds) throws IOException {
        asked.add("map " + inner);
        timeout = settings.get().timeoutSeconds();
        whenAsked.run();
        answer();
        if (inner == refusedPort) {
            throw new GatewayException(2, "not authorized");
        }
        int port = wanted == 9700 && protocol.equals("busy") ? 9701 : wanted;
        port += roams ? asked.size() % 2 : 0;
        mapped.put(inner, port);
        return new Lease(port, Optional.empty(), permanent ? 0 : Math.min(granted, seconds), now());
    }

    @Override
    public void unmap(int inner, Lease lease) throws IOException {
        asked.add("unmap " + inner);
        answer();
        mapped.remove(inner);
    }

    @Override
    public Beat beat() throws IOException {
        if (mute) {
            throw new IOException("no answer within 3000 ms");
        }
        answer();
        return now();
    }

    private Beat now() {
        return new Beat(Optional.ofNullable(outer),
                tellsEpoch ? (ticker.nanos() - bootNanos) / 1_000_000_000L : -1);
    }

    /** Loses its memory. */
    void reboot() {
        mapped.clear();
        bootNanos = ticker.nanos();
    }
}
