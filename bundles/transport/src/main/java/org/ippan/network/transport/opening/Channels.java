// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import org.ippan.network.api.HeapShare;
import org.ippan.network.transport.settings.TransportSettings;
import org.ippan.network.transport.tls.Tls;

/** How a socket is set up, whichever side opened it. Safe for any thread. */
public final class Channels {

    /** Name in a pipeline of what opens the stream, TLS or the preface. */
    public static final String OPENER = "opener";

    /** The channel holds a fill or two: no frame overtakes what it holds, and no limit counts it. */
    private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(16 * 1024, 32 * 1024);
    private static final int LEAST_READ = 512;
    private static final int FIRST_READ = 4096;
    /** At most 64 KiB, and a record of TLS at least: what was read of connections that are paused stays. */
    private static final int LONGEST_READ = (int) Math.max(16 * 1024, Math.min(64 * 1024,
            HeapShare.all(Runtime.getRuntime().maxMemory()) / 2048));

    /**
     * Memory is taken half a MiB at a time: loops need little, and with TLS each takes it from the heap. The allocator
     * keeps some pages for each of some 40 lengths, so that longer pages take more.
     */
    private static final int PAGE = 4096;
    private static final int MAX_ORDER = 7;

    /** Of our own, so that its memory goes when the bundle does. Arrays by default, as TLS works on arrays. */
    private final ByteBufAllocator allocator = new PooledByteBufAllocator(false,
            PooledByteBufAllocator.defaultNumHeapArena(), PooledByteBufAllocator.defaultNumDirectArena(), PAGE,
            MAX_ORDER, PooledByteBufAllocator.defaultSmallCacheSize(),
            PooledByteBufAllocator.defaultNormalCacheSize(), PooledByteBufAllocator.defaultUseCacheForAllThreads());
    private final RecvByteBufAllocator reads =
            new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, LONGEST_READ);
    private final RecvByteBufAllocator loopReads = new LoopReads(reads);
    private final RecvByteBufAllocator arrayReads = new ArrayReads(reads);
    private final Tls tls;

    public Channels(Tls tls) {
        this.tls = tls;
    }

    /** Before a channel is registered. */
    public void configure(Channel channel, TransportSettings settings) {
        TransportSettings.Sockets sockets = settings.sockets();
        ChannelConfig config = channel.config();
        config.setAllocator(allocator);
        config.setRecvByteBufAllocator(settings.tls() ? arrayReads : loopReads);
        config.setWriteBufferWaterMark(MARKS);
        config.setOption(ChannelOption.TCP_NODELAY, true);
        config.setOption(ChannelOption.SO_KEEPALIVE, true);
        if (sockets.bufferBytes() > 0) {
            config.setOption(ChannelOption.SO_SNDBUF, sockets.bufferBytes());
            config.setOption(ChannelOption.SO_RCVBUF, sockets.bufferBytes());
        }
    }

    /** What stands before the connection in its pipeline. */
    public ChannelHandler opener(boolean dialler, boolean encrypted) {
        return encrypted ? tls.handler(dialler) : new Preface();
    }
}
