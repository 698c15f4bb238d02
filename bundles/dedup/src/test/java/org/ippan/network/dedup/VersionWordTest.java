// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VersionWordTest {

    private final VersionWord word = new VersionWord();

    @Test
    void shouldBelieveAReaderOnlyIfNothingChanged() {
        long before = word.read();
        boolean undisturbed = word.same(before);

        word.take();
        boolean during = word.same(before);
        word.release();

        assertTrue(undisturbed);
        assertFalse(during);
        assertFalse(word.same(before));
        assertTrue(word.same(word.read()));
    }

    @Test
    void shouldBeTakenOnlyWithTheNewestVersion() {
        long old = word.read();
        word.take();
        word.release();

        boolean late = word.take(old);
        boolean inTime = word.take(word.read());

        assertFalse(late);
        assertTrue(inTime);
    }

    @Test
    void shouldMakeReadersWaitWhileItIsTaken() throws Exception {
        word.take();
        CompletableFuture<Long> reader = CompletableFuture.supplyAsync(word::read);
        boolean early = reader.isDone();

        word.release();

        assertFalse(early);
        assertEquals(2, reader.get(10, TimeUnit.SECONDS));
    }
}
