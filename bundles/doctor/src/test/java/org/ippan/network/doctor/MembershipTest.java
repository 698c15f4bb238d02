// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who finds the node, and who may join its network. */
class MembershipTest {

    private final FakeNode node = new FakeNode();

    private void finds(String check, String... expected) {
        assertEquals(List.of(expected), FakeNode.of(check, node.doctor().examine()));
    }

    @Test
    void shouldFindThatPeersCannotReachTheNode() {
        node.peersTold.put("unfindable", "it advertises no address that peers could dial");

        finds("advertise", "WARN Peers that are told of this node cannot reach it: it advertises no address that peers"
                + " could dial. Set advertise of org.ippan.network.peers to an address that they can dial.");
    }

    @Test
    void shouldFindANetworkThatAnyNodeCanJoin() {
        node.membership("open", "", "default");
        finds("membership", "WARN Any node that reaches 0.0.0.0:9700 can join the network: it has no key and no list of"
                + " allowed peers. Set the same networkKey of org.ippan.network.peers on all nodes, or mode ="
                + " allowlist; ippan:key and --new-key FILE make a key.",
                "WARN The network is still called default, like others that were never named. Set the same networkId of"
                + " org.ippan.network.peers on all nodes.");

        node.membership("open", "a secret of the network", "blue");
        finds("membership");
        node.membership("allowlist", "", "blue");
        finds("membership");

        node.membership("open", "", "default");
        node.transport.put("boundAddress", "127.0.0.1:9700");
        finds("membership");
    }

    @Test
    void shouldFindThatTwoKeysAreAccepted() {
        node.membership("open", "a secret of the network", "blue");
        finds("network-key");

        node.configure("peers", Map.of("networkKey", "a secret of the network", "secondNetworkKey",
                "another secret of the network"));
        finds("network-key", "WARN Two network keys are accepted; no link began with the second one. When every node"
                + " has the new key as networkKey of org.ippan.network.peers, leave secondNetworkKey out everywhere.");

        node.peersTold.put("secondKeyPeers", "2f1c9a3e");
        finds("network-key", "WARN Two network keys are accepted; links that began with the second one: 2f1c9a3e. When"
                + " every node has the new key as networkKey of org.ippan.network.peers, leave secondNetworkKey out"
                + " everywhere.");
    }
}
