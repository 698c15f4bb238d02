// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeersThreadsTest {

    @Test
    void shouldIgnoreWhatIsToBeDecidedAfterTheEnd() {
        AtomicInteger decided = new AtomicInteger();
        PeersThreads threads = new PeersThreads();

        threads.stop(CompletableFuture.completedFuture(null));

        assertDoesNotThrow(() -> threads.timer().execute(decided::incrementAndGet));
        assertEquals(0, decided.get());
    }
}
