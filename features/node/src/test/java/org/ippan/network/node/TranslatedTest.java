// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.ippan.network.node.launch.LaunchException;
import org.junit.jupiter.api.Test;

class TranslatedTest {

    private static <T> T failing(RuntimeException failure) {
        throw failure;
    }

    @Test
    void shouldTellProgramsWhatTheLauncherSaysWhyAndWhereItHappened() {
        LaunchException failure = new LaunchException("cannot read it", new IOException("disk"));

        NodeException told = assertThrows(NodeException.class, () -> Translated.get(() -> failing(failure)));

        assertEquals("cannot read it", told.getMessage());
        assertSame(failure.getCause(), told.getCause());
        assertArrayEquals(failure.getStackTrace(), told.getStackTrace());
    }

    @Test
    void shouldTellTheSameOfWhatGivesNoResult() {
        assertThrows(NodeException.class, () -> Translated.run(() -> failing(new LaunchException("closed"))));
    }

    @Test
    void shouldLeaveOtherFailuresAndResultsAsTheyAre() {
        IllegalArgumentException other = new IllegalArgumentException("of the caller");

        assertSame(other, assertThrows(IllegalArgumentException.class, () -> Translated.get(() -> failing(other))));
        assertEquals("result", Translated.get(() -> "result"));
    }
}
