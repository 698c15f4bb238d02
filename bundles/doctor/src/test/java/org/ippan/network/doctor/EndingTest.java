// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ippan.network.doctor.look.Ending;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What peers tell as errors, in words; {@code ExplainIT} provokes most of them over sockets. */
class EndingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            WRONG_NETWORK: another network|its networkId is not that of this node
            the peer says WRONG_NETWORK: another network|its networkId is not that of this node
            AUTH: the network key is not the same|its networkKey is not that of this node
            the peer says AUTH: the network key is not the same|its networkKey is not that of this node
            the peer says AUTH: not on the list any more|its mode is allowlist, and this node is not on its list
            AUTH: not on the list|the mode of this node is allowlist, and the peer is not on its list
            AUTH: another peer is expected here|somebody else answers there than the peer whose id is configured
            the peer says SELF: this is the same node|this is the address of this node itself
            the peer says BANNED: banned|this node is banned there
            the peer says TOO_MANY: no room|it takes no more connections just now: no room
            TOO_MANY: no room|this node takes no more connections just now: no room
            the peer says SHUTDOWN: the node stops|it closed the connection: the node stops
            TIMEOUT: 3 heartbeats were not answered|this node closed the connection: 3 heartbeats were not answered
            the peer says SHUTDOWN|it closed the connection
            TIMEOUT|this node closed the connection
            PROTOCOL_ERROR: costs $1 and \\2|this node closed the connection: costs $1 and \\2
            TLS failed: not an SSL/TLS record: 4854|TLS failed: not an SSL/TLS record: 4854
            Connection refused: /10.0.0.13:9700|Connection refused: /10.0.0.13:9700
            """)
    void shouldPutAnErrorIntoWords(String error, String words) {
        assertEquals(words, Ending.of(error).text());
    }
}
