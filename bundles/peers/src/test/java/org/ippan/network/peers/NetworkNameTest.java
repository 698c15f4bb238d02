// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that would make a node part of another network than its operator means, or of none. */
class NetworkNameTest extends Simulation {

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(network, Peers.alice(), "10.0.0.1", state, 1).start();
        pass(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\tb"})
    void shouldFailClosedOnANameOfTheNetworkThatIsEmptyOrNone(String name) {
        node.set("networkId", name);
        pass(3);

        assertTrue(node.settings.lastConfigError().orElse("").endsWith(": must be 1 to 100 characters without control"
                + " characters (leave the key out for the network that is called default)"), node.log.toString());
        assertEquals(Optional.empty(), node.transport.listenAddress());
    }

    /** Nodes that are set up alike would meet in a network that is called like their variable. */
    @Test
    void shouldFailClosedOnAPlaceholderInThePlaceOfTheName() {
        node.set("networkId", "${env:NETWORK}");
        pass(3);

        assertTrue(node.settings.lastConfigError().orElse("").endsWith("networkId = ${env:NETWORK}: must be 1 to 100"
                + " characters without control characters (it is a placeholder, whose variable is not set)"),
                node.log.toString());
        assertEquals(Optional.empty(), node.transport.listenAddress());
    }

    @Test
    void shouldWarnOfAListThatLetsNoPeerConnect() {
        node.set("mode", "allowlist");
        String empty = node.settings.reading().advice().toString();
        node.set("allow", List.of(Peers.carol().toString()));

        assertEquals("[allow: the mode is allowlist and the list is empty, so no peer can connect; add the ids of the"
                + " peers, or set mode=open]", empty);
        assertEquals(List.of(), node.settings.reading().advice());
    }

    @Test
    void shouldWarnOfAListThatKeepsNoPeerOut() {
        node.set("allow", List.of(Peers.carol().toString()));

        assertEquals("[allow: the mode is open, so others than those of the list connect too; set mode=allowlist, or"
                + " leave allow out]", node.settings.reading().advice().toString());
    }
}
