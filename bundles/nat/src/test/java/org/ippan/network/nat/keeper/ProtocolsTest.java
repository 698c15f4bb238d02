// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;
import org.ippan.network.nat.gateway.Routes;
import org.ippan.network.nat.keeper.Opener.Route;
import org.ippan.network.nat.settings.NatSettings;
import org.ippan.network.nat.upnp.Upnp;
import org.junit.jupiter.api.Test;

class ProtocolsTest {

    @Test
    void shouldKnowFromWhichAddressOfThisMachineTheRouterIsReached() throws Exception {
        InetAddress router = InetAddress.getByName("127.0.0.1");
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        Protocols protocols = new Protocols(new Routes(Path.of("nowhere")), Protocols.PORT, Upnp.group(), new byte[12],
                watch, Ticker.system());

        assertEquals(Optional.of(new Route(router, Optional.of(router))),
                protocols.route(new NatSettings(true, List.of("upnp"), Optional.of(router), List.of(), Map.of(), 3600,
                        3)));
        assertEquals(Optional.empty(), protocols.route(new NatSettings(true, List.of("upnp"), Optional.empty(),
                List.of(), Map.of(), 3600, 3)));
        watch.shutdownNow();
    }
}
