// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.nio.file.Path;
import java.time.Duration;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.SimNetwork;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in a simulated network whose time is moved by hand. */
abstract class Simulation {

    @TempDir
    Path state;

    final ManualScheduler scheduler = new ManualScheduler();
    final SimNetwork network = new SimNetwork(scheduler, 1);

    void pass(double seconds) {
        scheduler.advance(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    TestNode node(long number, String ip) {
        return new TestNode(network, Peers.peer(number), ip, state.resolve("n" + number), number);
    }

    TestNode node(long number) {
        return node(number, "10.0." + number + ".1");
    }

    RawPeer raw(long number, String ip) {
        return new RawPeer(network.node(Peers.peer(number), ip));
    }
}
