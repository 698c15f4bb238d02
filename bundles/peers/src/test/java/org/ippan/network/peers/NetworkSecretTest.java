// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which secrets a network may have. */
class NetworkSecretTest extends Simulation {

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode(network, Peers.alice(), "10.0.0.1", state, 1).start();
        pass(0.5);
    }

    @ParameterizedTest
    @CsvSource({"'', networkKey is empty", "' ', networkKey is empty",
        "fifteen bytes.., networkKey = ***: must be at least 16 bytes", "kurz, networkKey = ***: must be at least 16"})
    void shouldNeitherListenNorDialWithASecretThatIsEmptyOrShort(String secret, String why) {
        node.set("networkKey", secret);
        pass(3);

        assertTrue(node.operations.snapshot().refusal().contains(why), node.operations.snapshot().refusal());
        assertEquals(Optional.empty(), node.transport.listenAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaaaaaaaaaaaaaaaa", "0123456789abcdef0123456789abcdef", "password12345678",
        "default-default-default", "changeme-changeme!", "abababababababababab", "Secret-Network-Key-1"})
    void shouldWarnOfAKeyThatCanBeGuessedButTakeIt(String key) {
        node.set("networkKey", key);

        assertEquals("", node.operations.snapshot().refusal());
        assertTrue(node.log.stream().anyMatch(line -> line.contains("networkKey: the value can be guessed")),
                node.log.toString());
        assertFalse(String.join("", node.log).contains(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery staple", "5d41402abc4b2a76b9719d911017c592",
        "Zürich-Genève-Łódź", "k7#Qp2!xWm9$Rt4v"})
    void shouldNotWarnOfAKeyThatCannotBeGuessed(String key) {
        node.set("networkKey", key);

        assertFalse(node.log.stream().anyMatch(line -> line.contains("guessed")), node.log.toString());
    }
}
