// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.ippan.network.api.Topic;
import org.ippan.network.web.FakeMessage;
import org.ippan.network.web.http.WebCounters;
import org.junit.jupiter.api.Test;

class MessageStreamTest {

    private final WebCounters counters = new WebCounters();
    private int closed;
    private final MessageStream stream = new MessageStream(counters, () -> closed++);

    private void tell(int messages, int bytes) {
        for (int i = 0; i < messages; i++) {
            stream.onMessage(new FakeMessage(Topic.of("news"), new byte[bytes]));
        }
    }

    private int rest() {
        int messages = 0;
        while (stream.next().isPresent()) {
            messages++;
        }
        return messages;
    }

    @Test
    void shouldKeepSoManyMessagesAndCountWhatItDropsFirst() {
        tell(MessageStream.MOST_MESSAGES + 3, 1);

        assertEquals(Optional.of("event: lost\ndata: {\"count\":3}\n\n"), stream.next());
        assertEquals(MessageStream.MOST_MESSAGES, rest());
        assertEquals(3, counters.lost.sum());
    }

    @Test
    void shouldKeepSoManyBytesAndStillPassOneLongMessage() {
        tell(5, 1 << 20);
        assertTrue(stream.next().orElseThrow().contains("\"count\":1}"));
        assertEquals(4, rest());

        tell(2, (int) MessageStream.MOST_BYTES + 1);

        assertTrue(stream.next().orElseThrow().contains("\"count\":1}"));
        assertEquals(1, rest());
    }

    @Test
    void shouldCountWhatAProgramNeverTookThatStands() {
        tell(5, 1);
        stream.next();

        stream.stalled(1);

        assertEquals(5, counters.lost.sum());
        assertEquals(0, rest());
    }

    @Test
    void shouldWakeTheConnectionForEachMessageAndAtItsEndAndKeepNothingThen() {
        int[] woken = {0};
        stream.open(() -> woken[0]++);
        tell(1, 1);
        stream.close();
        tell(1, 1);

        assertEquals(3, woken[0]);
        assertTrue(stream.ended());
        assertEquals(Optional.empty(), stream.next());
        assertEquals(1, closed);
    }
}
