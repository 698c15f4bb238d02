// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import org.ippan.network.peers.wire.Hello;

/** A peer that connects to a node that has a link to it already. */
abstract class Reconnection extends Simulation {

    /** Starts the node; a peer's link to it that is up. */
    RawPeer linked(TestNode node) {
        node.start();
        pass(0.1);
        RawPeer first = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);
        return first;
    }

    /** Another connection of the same peer, perhaps of another start of it. */
    RawPeer again(RawPeer first, long instance) {
        RawPeer second = new RawPeer(first.transport);
        Hello hello = RawPeer.hello(first.id);
        second.ownHello = new Hello(1, 1, hello.networkTag(), 0, 0, 1 << 20, first.id, instance, new byte[32], 9700, "")
                .encode();
        return second;
    }
}
