// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

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

    @Test
    void shouldAddTheDetailWhereTheWordsDoNotSayAll() {
        assertEquals("it left the network: the node stops", EndCause.LEFT.text("the node stops"));
        assertEquals("it left the network", EndCause.LEFT.text(""));
        assertEquals("Connection refused: /10.0.0.13:9700",
                EndCause.UNREACHABLE.text("Connection refused: /10.0.0.13:9700"));
        assertEquals("its networkId is not that of this node", EndCause.OTHER_NETWORK.text("another network"));
    }
}
