// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.testkit.process.Counterpart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A link through a real reverse proxy, and through a proxy before that. */
@EnabledIf(value = "org.ippan.network.testkit.process.Counterpart#isNginxInstalled",
        disabledReason = "skipped: no nginx (apt-get install nginx-light)")
final class NginxTest extends TwoNodes {

    private static final int MESSAGES = 5;
    private static final int BYTES = 30_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        bob.webSocket("listenAddress", "127.0.0.1:0", "trustedProxies", "127.0.0.1/32");
    }

    @Test
    void shouldCarryALinkThroughNginxAndAProxyBeforeIt() throws Exception {
        try (Counterpart nginx = Counterpart.nginx(folder, bob.webSocketAddress("ws").port());
                HttpProxy proxy = HttpProxy.connecting("")) {
            alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:" + proxy.port());
            Recorder dialled = alice.dial(new PeerAddress("wss", "node.example.org", nginx.port(), "/ippan"))
                    .awaitOpened();
            Recorder accepted = bob.nextAccepted().awaitOpened();
            assertEquals(Optional.of(bob.identity.id()), dialled.connection.provenId());
            assertEquals(Optional.of(alice.identity.id()), accepted.connection.provenId());

            for (int i = 0; i < MESSAGES; i++) {
                dialled.send(FrameClass.NORMAL, BYTES);
                accepted.send(FrameClass.NORMAL, BYTES);
            }

            accepted.awaitThat(it -> it.bytes == (long) MESSAGES * BYTES, "all messages at bob");
            dialled.awaitThat(it -> it.bytes == (long) MESSAGES * BYTES, "all messages at alice");
            assertFalse(proxy.passed.toString().contains("ippan-net.1"), "the proxy reads what nginx may");
        }
    }

    @Test
    void shouldSayThatNothingIsBehindNginxAtAnotherPath() throws Exception {
        try (Counterpart nginx = Counterpart.nginx(folder, bob.webSocketAddress("ws").port())) {
            alice.webSocket();

            alice.dial(new PeerAddress("wss", "127.0.0.1", nginx.port(), "/other"))
                    .awaitEvent("dialFailed the server answers 404 Not Found instead of speaking WebSocket");
        }
    }
}
