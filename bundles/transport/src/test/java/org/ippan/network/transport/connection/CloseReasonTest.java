// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.ippan.network.api.transport.CloseCause;
import org.junit.jupiter.api.Test;

final class CloseReasonTest {

    private final CloseReason reason = new CloseReason();

    @Test
    void shouldTakeWhatNoPeerCanCauseForAMistakeOfThisProgram() {
        assertTrue(reason.noteFailure(new IllegalStateException("no such stage"), true, true));

        assertEquals(CloseCause.LOCAL, reason.cause());
        assertEquals("internal error: java.lang.IllegalStateException: no such stage", reason.detail());
    }

    @Test
    void shouldNotTellOfClassesThatAreGoneWithTheirBundle() {
        assertFalse(reason.noteFailure(new NoClassDefFoundError("org/example/Gone"), true, true));
    }

    @Test
    void shouldKeepTheFirstReason() {
        reason.noteFailure(new IOException("Connection reset"), true, true);
        reason.noteClosedByPeer(true, "");

        assertEquals(CloseCause.RESET, reason.cause());
        assertEquals("Connection reset", reason.detail());
    }
}
