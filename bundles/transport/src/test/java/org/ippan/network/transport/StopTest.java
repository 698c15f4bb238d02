// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.junit.jupiter.api.Test;

/** Whatever is under way as it stops: no socket stays open. */
final class StopTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int ROUNDS = 50;
    private static final int AT_ONCE = 4;
    private static final long SEED = 11;
    private static final int MOST_MICROS = 400;

    @Test
    void shouldLeaveNoSocketOfDialsThatBeginAsItStops() throws IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "sockets are counted on Linux alone");
        Random random = new Random(SEED);
        try (ServerSocket server = new ServerSocket(0, AT_ONCE * ROUNDS)) {
            long before = sockets();
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

            TestNode.await(() -> sockets() <= before, "the last of " + (sockets() - before) + " sockets to be closed");
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
        assumeTrue(Files.isDirectory(DESCRIPTORS), "sockets are counted on Linux alone");
        Random random = new Random(SEED);
        long before = sockets();
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

        TestNode.await(() -> sockets() <= before, "the last of " + (sockets() - before) + " sockets to be closed");
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

    private static long sockets() {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(StopTest::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // Closed in the meantime.
            return false;
        }
    }
}
