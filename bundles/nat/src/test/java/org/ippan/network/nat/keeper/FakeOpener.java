// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.settings.NatSettings;

/**
 * Opens the routers that a test has plugged in.
 *
 * @param gateways by protocol; others are not answered
 * @param gateway of the default route
 * @param local address of this machine
 */
record FakeOpener(Map<String, FakeGateway> gateways, Supplier<Optional<InetAddress>> gateway,
        Supplier<Optional<InetAddress>> local) implements Opener {

    @Override
    public Optional<Route> route(NatSettings settings) {
        return settings.gateway().or(gateway).map(ip -> new Route(ip, local.get()));
    }

    @Override
    public Gateway open(String protocol, InetAddress gateway, Supplier<NatSettings> settings) throws IOException {
        if (!gateways.containsKey(protocol)) {
            throw new IOException("no answer within 3000 ms");
        }
        gateways.get(protocol).settings = settings;
        return gateways.get(protocol);
    }
}
