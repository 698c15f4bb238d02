// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ippan.network.api.survey.NodeTrace.Fate;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** The bytes of questions and answers: what is written is read again, and nothing else is believed. */
class TraceFormatTest {

    private static final TestIdentity ALICE = TestIdentity.of(1);
    private static final byte[] TAG = new byte[16];
    private static final Question QUESTION = new Question(ALICE.id(), -5, Peers.messageId(3));
    private static final Answer ANSWER = new Answer(ALICE.id(), new Question.Key(7, -8),
            new Told(Fate.DELIVERED, true, -9, 3, 70_000, 2, 5, List.of("a.Ledger", "b.Archive")));

    @Test
    void shouldReadWhatWasWritten() {
        byte[] question = TraceFormat.write(QUESTION, ALICE, TAG);
        byte[] answer = TraceFormat.write(ANSWER, ALICE, TAG);

        assertEquals(Optional.of(QUESTION), TraceFormat.read(question));
        assertEquals(Optional.of(ANSWER), TraceFormat.read(answer));
        assertTrue(TraceFormat.isGenuine(question, TAG) && TraceFormat.isGenuine(answer, TAG));
    }

    @Test
    void shouldTellFourNamesAtMostWithoutControlCharacters() {
        Told told = new Told(Fate.DELIVERED, false, 1, 999, -1, 0, 9, Collections.nCopies(9, "x\n" + "y".repeat(90)));

        byte[] bytes = TraceFormat.write(new Answer(ALICE.id(), ANSWER.to(), told), ALICE, TAG);

        Told read = ((Answer) TraceFormat.read(bytes).orElseThrow()).told();
        assertTrue(bytes.length <= TraceFormat.MAX_LENGTH, bytes.length + " bytes");
        assertEquals(Collections.nCopies(4, "x " + "y".repeat(62)), read.listeners());
        assertEquals(255, read.hops());
    }

    @Test
    void shouldNotBelieveWhatWasChangedOrIsOfAnotherNetwork() {
        byte[] bytes = TraceFormat.write(ANSWER, ALICE, TAG);

        assertFalse(TraceFormat.isGenuine(bytes, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
        for (int i = 0; i < bytes.length; i += 7) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertFalse(TraceFormat.isGenuine(changed, TAG), "byte " + i);
        }
    }

    @Test
    void shouldTakeAnyBytes() {
        byte[] answer = TraceFormat.write(ANSWER, ALICE, TAG);
        for (int length = 0; length < answer.length - 64; length++) {
            byte[] cut = Arrays.copyOf(answer, length);
            assertEquals(Optional.empty(), TraceFormat.read(cut), length + " bytes");
        }
        Random random = new Random(16);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = answer.clone();
            for (int times = 0; times < 3; times++) {
                changed[34 + random.nextInt(changed.length - 34)] = (byte) random.nextInt();
            }
            TraceFormat.read(changed);
        }
    }
}
