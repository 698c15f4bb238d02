// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.settings.TransportSettings.Accept;
import org.junit.jupiter.api.Test;

/** Who may come in, by where it really comes from. */
class ConnectionsTest {

    private static final Accept LIMITS = new Accept(256, 8, 256);

    private final Connections connections = new Connections(new ManualScheduler(), new Counters());

    private boolean brings(String address) throws UnknownHostException {
        InetAddress proxy = InetAddress.getByName("127.0.0.1");
        InetAddress real = InetAddress.getByName(address);
        boolean admitted = connections.admitProxy(proxy, LIMITS) && connections.admit(real, LIMITS);
        connections.release(proxy);
        if (admitted) {
            connections.release(real);
        }
        return admitted;
    }

    /** Else one stranger behind a reverse proxy would shut out all peers behind it. */
    @Test
    void shouldTakeTheShareOfWhomAProxyBringsAndNotOfTheProxy() throws UnknownHostException {
        int taken = 0;
        for (int i = 0; i < 1000; i++) {
            taken += brings("203.0.113.1") ? 1 : 0;
        }

        assertEquals(64, taken);
        assertTrue(brings("198.51.100.1"));
    }

    @Test
    void shouldNotTakeThePeersBehindAProxyForOneWithTooManyHandshakes() throws UnknownHostException {
        InetAddress proxy = InetAddress.getByName("127.0.0.1");
        for (int i = 0; i < 100; i++) {
            assertTrue(connections.admitProxy(proxy, LIMITS));
        }
    }
}
