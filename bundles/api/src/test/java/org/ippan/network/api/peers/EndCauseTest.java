// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cause is told in words: no constant of the protocol or of the code reaches an operator. */
class EndCauseTest {

    @ParameterizedTest
    @EnumSource(EndCause.class)
    void shouldPutEveryCauseIntoWords(EndCause cause) {
        String text = cause.text("3 heartbeats were not answered") + cause.advice();

        assertFalse(text.matches("(?s).*\\b[A-Z]{2,}_.*"), text);
        assertFalse(text.matches("(?s).*\\b(AUTH|SELF|BANNED|TIMEOUT|SHUTDOWN)\\b.*"), text);
        assertFalse(cause.text("").endsWith("."), text);
    }

    @ParameterizedTest
    @EnumSource(GoodbyeReason.class)
    void shouldKnowACauseForEveryReasonWhicheverNodeTellsIt(GoodbyeReason reason) {
        assertNotNull(EndCause.told(reason));
        assertNotNull(EndCause.of(reason));
    }

    /** What one end takes for a wrong id is not a wrong key at the other one. */
    @Test
    void shouldTellAWrongIdFromAWrongKey() {
        assertEquals("another peer answers there than the one whose id is configured",
                EndCause.of(GoodbyeReason.OTHER_PEER).text("another peer is expected here"));
        assertEquals("it expects another peer at the address of this node",
                EndCause.told(GoodbyeReason.OTHER_PEER).text("another peer is expected here"));
        assertTrue(EndCause.told(GoodbyeReason.OTHER_PEER).lasts());
        assertFalse(EndCause.told(GoodbyeReason.OTHER_PEER).advice().contains("Key"));
    }

    @Test
    void shouldAddTheDetailWhereTheWordsDoNotSayAll() {
        assertEquals("it left the network: the node stops", EndCause.LEFT.text("the node stops"));
        assertEquals("it left the network", EndCause.LEFT.text(""));
        assertEquals("Connection refused: /10.0.0.13:9700",
                EndCause.UNREACHABLE.text("Connection refused: /10.0.0.13:9700"));
        assertEquals("its networkId is not that of this node", EndCause.OTHER_NETWORK.text("another network"));
    }
}
