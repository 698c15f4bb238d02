// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;
import org.junit.jupiter.api.Test;

/** A transport that an application adds beside the node's own. */
class ForeignTransportTest extends Simulation {

    /** It cannot dial, and not listen at first. */
    private static final class Broken implements Transport {

        private final Transport near;
        private int doors;
        private int dials;

        Broken(Transport near) {
            this.near = near;
        }

        @Override
        public NodeIdentity identity() {
            return near.identity();
        }

        @Override
        public Optional<PeerAddress> listenAddress() {
            return Optional.empty();
        }

        @Override
        public boolean authenticated() {
            return true;
        }

        @Override
        public Listening listen(ConnectionAcceptor acceptor) {
            if (doors++ == 0) {
                throw new IllegalStateException("no door");
            }
            return () -> { };
        }

        @Override
        public void connect(PeerAddress address, ConnectionHandler handler) {
            dials++;
            throw new IllegalStateException("no line");
        }

        @Override
        public TransportSnapshot snapshot() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void shouldCostOnlyItsOwnDialsAndBeNamedIfItThrows() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds("far://10.9.0.1:9700/", other.address().toString());
        Broken broken = new Broken(node.transport);
        node.core.addTransport(Set.of("far"), broken);
        node.start();

        pass(30);

        assertEquals(1, node.connected());
        assertTrue(node.transport.listenAddress().isPresent(), "the other one listens");
        assertTrue(broken.dials > 2, broken.dials + " dials");
        assertEquals(1, node.operations.peers().stream().filter(peer -> peer.lastError()
                .equals("the transport failed: java.lang.IllegalStateException: no line")).count());
        assertEquals(1, node.log.stream().filter(line -> line.startsWith("The transport " + Broken.class.getName()
                + " failed; the node goes on: java.lang.IllegalStateException: no door")).count(), node.log.toString());
        CallbackFault told = node.faults.callbackFaults().get(0);
        assertEquals("transport " + Broken.class.getName(), told.subject());
        assertEquals("java.lang.IllegalStateException: no line", told.detail());

        node.core.removeTransport(broken);
        pass(1);

        assertEquals(List.of(), node.faults.callbackFaults());
    }
}
