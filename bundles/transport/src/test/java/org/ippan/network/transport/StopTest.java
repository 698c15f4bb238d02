// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.testkit.process.Sockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whatever is under way as it stops: no socket stays open. They are counted on Linux alone. */
@EnabledOnOs(OS.LINUX)
final class StopTest {

    private static final int ROUNDS = 50;
    private static final int AT_ONCE = 4;
    private static final long SEED = 11;
    private static final int MOST_MICROS = 400;

    @Test
    void shouldLeaveNoSocketOfDialsThatBeginAsItStops() throws IOException {
        Random random = new Random(SEED);
        try (ServerSocket server = new ServerSocket(0, AT_ONCE * ROUNDS)) {
            int before = Sockets.here().size();
            PeerAddress there = PeerAddress.tcp("127.0.0.1", server.getLocalPort());
            for (int i = 0; i < ROUNDS; i++) {
                TestNode node = new TestNode("tls", false);
                for (int dial = 0; dial < AT_ONCE; dial++) {
                    node.dial(there);
                }
                pause(random);
                node.close();
                refuseAll(server);
            }

            TestNode.await(() -> Sockets.here().size() <= before, before + " sockets");
        }
    }

    /** Takes in those that came and lets go of them. */
    private static void refuseAll(ServerSocket server) throws IOException {
        server.setSoTimeout(1);
        while (true) {
            try (Socket accepted = server.accept()) {
                accepted.setSoLinger(true, 0);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @Test
    void shouldLeaveNoSocketOfThoseWhoComeAsItStops() throws Exception {
        Random random = new Random(SEED);
        int before = Sockets.here().size();
        for (int i = 0; i < ROUNDS; i++) {
            TestNode node = new TestNode("tls", false);
            node.listen();
            PeerAddress there = node.address();
            Thread comer = new Thread(() -> come(there));
            comer.start();
            pause(random);
            node.close();
            comer.join();
        }

        TestNode.await(() -> Sockets.here().size() <= before, before + " sockets");
    }

    private static void come(PeerAddress there) {
        for (int i = 0; i < AT_ONCE; i++) {
            try (Socket socket = new Socket(there.host(), there.port())) {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // It has stopped.
                return;
            }
        }
    }

    private static void pause(Random random) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS)));
    }
}
