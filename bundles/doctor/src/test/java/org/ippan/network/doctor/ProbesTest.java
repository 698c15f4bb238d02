// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.doctor.checks.Probes;
import org.ippan.network.doctor.checks.Reach;
import org.junit.jupiter.api.Test;

/** Trying addresses: over real sockets, and within a bound. */
class ProbesTest {

    private static final PeerAddress SOMEWHERE = PeerAddress.parse("10.0.0.12:9700");

    /** Runs what it is given on the thread that gives it. */
    private static class OnTheSpot extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Runnable> shutdownNow() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }

    @Test
    void shouldReachWhoListensAndNobodyElse() throws IOException {
        Probes probes = new Probes(new OnTheSpot(), Reach::bySocket);
        PeerAddress address;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = PeerAddress.tcp("127.0.0.1", listener.getLocalPort());
            PeerAddress wildcard = PeerAddress.tcp("0.0.0.0", listener.getLocalPort());

            assertEquals(Map.of(address, "", wildcard, ""), probes.errors(List.of(address, wildcard)));
        }

        assertEquals(Map.of(address, "Connection refused"), probes.errors(List.of(address)));
    }

    @Test
    void shouldReachANameThatHasAnotherAddressWhereSomethingListens() throws IOException {
        InetAddress[] paris = {InetAddress.getByName("127.0.0.9"), InetAddress.getLoopbackAddress()};
        try (ServerSocket server = new ServerSocket(0, 1, paris[1])) {
            Reach.firstOf(paris, server.getLocalPort());

            assertThrows(IOException.class, () -> Reach.firstOf(new InetAddress[] {paris[0]}, server.getLocalPort()));
        }
    }

    @Test
    void shouldGiveUpOnWhatTakesTooLong() {
        Probes probes = new Probes(new OnTheSpot() {
            @Override
            public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
                assertEquals(6, unit.toSeconds(timeout));
                return tasks.stream().map(FutureTask<T>::new).peek(task -> task.cancel(true))
                        .collect(Collectors.toList());
            }
        }, address -> { });

        assertEquals(Map.of(SOMEWHERE, "no answer within 6 s"), probes.errors(List.of(SOMEWHERE)));
    }

    @Test
    void shouldTakeNoMoreThanItCan() {
        Probes probes = new Probes(new OnTheSpot() {
            @Override
            public void execute(Runnable task) {
                throw new RejectedExecutionException("full");
            }
        }, address -> { });

        assertEquals(Map.of(SOMEWHERE, "earlier attempts are still under way"), probes.errors(List.of(SOMEWHERE)));
    }
}
