// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.leak.LeakExtension;
import org.junit.jupiter.api.Test;

/** The watch itself: it must be able to find something. */
class LeakExtensionTest {

    @Test
    void shouldFindABufferThatWasNotReleased() {
        PooledByteBufAllocator.DEFAULT.directBuffer(100).writeByte(1);

        Eventually.until("the leak is found", Duration.ofSeconds(10), () -> !LeakExtension.look().isEmpty());

        assertTrue(LeakExtension.look().remove(LeakExtension.look().get(0)));
    }
}
