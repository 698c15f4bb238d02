// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What bare Netty sends. Publishers append to one buffer; the event loop takes it when every connection takes more, and
 * writes it to all of them without copying. A publisher waits while the buffer is full.
 */
final class NettyOutput {

    private static final int BATCH_BYTES = 64 * 1024;

    private final EventLoop loop;
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private ByteBuf pending = empty();
    private boolean scheduled;

    NettyOutput(EventLoop loop) {
        this.loop = loop;
    }

    private static ByteBuf empty() {
        return PooledByteBufAllocator.DEFAULT.directBuffer(BATCH_BYTES);
    }

    void add(Channel channel) {
        channels.add(channel);
    }

    List<Channel> channels() {
        return channels;
    }

    void publish(byte[] payload) throws InterruptedException {
        synchronized (lock) {
            while (pending.readableBytes() >= BATCH_BYTES) {
                lock.wait();
            }
            pending.writeInt(payload.length).writeBytes(payload);
            if (!scheduled) {
                scheduled = true;
                loop.execute(this::drain);
            }
        }
    }

    /** On the event loop; called again when a connection takes more. */
    void drain() {
        for (Channel channel : channels) {
            if (!channel.isWritable()) {
                return;
            }
        }
        ByteBuf batch;
        synchronized (lock) {
            scheduled = false;
            if (!pending.isReadable()) {
                return;
            }
            batch = pending;
            pending = empty();
            lock.notifyAll();
        }
        channels.forEach(channel -> channel.writeAndFlush(batch.retainedDuplicate(), channel.voidPromise()));
        batch.release();
    }
}
