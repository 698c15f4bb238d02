// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Reads into arrays what the engine of the JDK is to decrypt: it authenticates what lies outside the heap block by
 * block in Java, and arrays with instructions of the processor. Safe for any thread.
 */
record ArrayReads(RecvByteBufAllocator sizes) implements RecvByteBufAllocator {

    /** Netty asks for a handle by a type that it calls deprecated for all others. */
    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new DelegatingHandle(sizes.newHandle()) {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return allocator.heapBuffer(guess());
            }
        };
    }
}
