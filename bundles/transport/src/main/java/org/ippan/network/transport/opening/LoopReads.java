// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Reads the channels of an event loop into one buffer, one after another: what was read is mostly dealt with before the
 * next is. While it is still in use another one is taken. It goes when its thread ends. Safe for any thread.
 */
final class LoopReads implements RecvByteBufAllocator {

    private static final int BYTES = 64 * 1024;

    private final RecvByteBufAllocator sizes;
    private final FastThreadLocal<ByteBuf> kept = new FastThreadLocal<>() {

        @Override
        protected void onRemoval(ByteBuf buffer) {
            buffer.release();
        }
    };

    /**
     * Reads that share a buffer.
     *
     * @param sizes says how long a buffer is that is not shared
     */
    LoopReads(RecvByteBufAllocator sizes) {
        this.sizes = sizes;
    }

    /** Netty asks for a handle by a type that it calls deprecated for all others. */
    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new DelegatingHandle(sizes.newHandle()) {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                ByteBuf buffer = kept.getIfExists();
                if (buffer == null) {
                    buffer = allocator.directBuffer(BYTES, BYTES);
                    kept.set(buffer);
                } else if (buffer.refCnt() > 1) {
                    return allocator.directBuffer(guess());
                }
                return buffer.retain().clear();
            }
        };
    }
}
