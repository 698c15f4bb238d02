// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;

/** A node and a peer that says what it likes. */
abstract class Encounter extends Simulation {

    TestNode node;
    RawPeer peer;

    @BeforeEach
    void makeThem() {
        node = new TestNode(network, Peers.alice(), "10.0.0.1", state, 1).set("exemptNets", List.of());
        peer = new RawPeer(network.node(Peers.bob(), "10.0.0.2"));
    }

    void meet() {
        node.start();
        pass(0.1);
        peer.dial(node.address());
        pass(1);
    }

    /** What the peer says unless a test has it say something else. */
    Hello hello() {
        return RawPeer.hello(peer.id);
    }

    static Hello with(Hello hello, int protoMin, int protoMax, byte[] tag, PeerId id, long instance) {
        return new Hello(protoMin, protoMax, tag, 0, 0, hello.maxMessage(), id, instance, hello.nonce(),
                hello.listenPort(), hello.agent());
    }
}
