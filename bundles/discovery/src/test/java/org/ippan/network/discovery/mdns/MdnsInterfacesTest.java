// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interfaces that go and come back, as a cable, a container's network, or a machine that sleeps. */
class MdnsInterfacesTest {

    private static final Duration NOTICED = Duration.ofSeconds(16);

    private final ManualScheduler time = new ManualScheduler();
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final RefusalCounts tally = new RefusalCounts();
    private NetworkInterface loopback;
    private InetSocketAddress group;
    private int opened;
    private boolean away;

    @BeforeEach
    void findPort() throws IOException {
        loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
        try (DatagramSocket free = new DatagramSocket(0)) {
            group = new InetSocketAddress("224.0.0.251", free.getLocalPort());
        }
    }

    @AfterEach
    void stop() {
        readers.shutdownNow();
    }

    /** A named one that is missing is said by name, and without a name that there is none. */
    private MdnsSource source(boolean named) {
        MdnsCache cache = new MdnsCache(time, new Network(Optional::empty), tally);
        return new MdnsSource(cache, Optional::empty, Optional::empty, time, new MdnsSource.Opening() {
            @Override
            public List<String> named() {
                return named ? List.of(loopback.getName()) : List.of();
            }

            @Override
            public List<NetworkInterface> interfaces() throws IOException {
                if (away && named) {
                    throw new IOException("there is no network interface " + loopback.getName());
                }
                return away ? List.of() : List.of(loopback);
            }

            @Override
            public MdnsSockets open(List<NetworkInterface> on) throws IOException {
                MdnsSockets sockets = new MdnsSockets(group, on, readers, time, tally);
                opened++;
                return sockets;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldHearAgainWhereAnInterfaceIsBack(boolean named) throws IOException {
        MdnsSource source = source(named);
        try {
            source.look();
            time.advance(NOTICED);
            source.look();
            assertEquals(1, opened);

            away = true;
            time.advance(NOTICED);
            for (int i = 0; i < 3; i++) {
                assertThrows(IOException.class, source::look);
                time.advance(Duration.ofSeconds(1));
            }
            away = false;
            source.look();

            assertEquals(2, opened);
        } finally {
            source.close();
        }
    }
}
