// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Sighting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that start together, of which one is the server of the others. */
class HttpFirstRecordTest {

    private static final int HOUR_SECONDS = 3600;

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private HttpServer server;
    private volatile byte[] body = {};

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] now = body;
            exchange.sendResponseHeaders(200, now.length == 0 ? -1 : now.length);
            if (now.length > 0) {
                exchange.getResponseBody().write(now);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        watch.shutdownNow();
    }

    @Test
    void shouldAskAgainSoonWhileTheServerKnowsNoPeerYet() {
        HttpSource source = new HttpSource(List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()
                + "/")), HOUR_SECONDS, watch, new RefusalCounts());

        Sighting none = source.look();
        assertEquals("", none.error());
        assertEquals(60, none.nextSeconds());

        body = Base64.getUrlEncoder().withoutPadding().encode(new byte[200]);
        Sighting first = source.look();
        assertEquals(1, first.records().size());
        assertEquals(HOUR_SECONDS, first.nextSeconds());
    }
}
