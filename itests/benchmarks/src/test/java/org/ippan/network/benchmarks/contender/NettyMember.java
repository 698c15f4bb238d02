// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Netty and nothing else: one event loop, a connection to each other member, frames of a length and a payload. */
final class NettyMember implements Member {

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);
    private static final long QUIT_SECONDS = 2;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Seat seat;
    private final boolean hash;
    private final NettyOutput output;
    private final SslContext serverTls;
    private final SslContext clientTls;
    private InetSocketAddress address;

    private NettyMember(Seat seat, boolean hash) throws Exception {
        this.seat = seat;
        this.hash = hash;
        output = new NettyOutput(group.next());
        boolean tls = seat.scenario().tls();
        serverTls = tls ? SslContextBuilder.forServer(KeyFile.keys(seat.keys())).sslProvider(SslProvider.JDK)
                .trustManager(KeyFile.trusted(seat.keys())).protocols("TLSv1.3")
                .clientAuth(io.netty.handler.ssl.ClientAuth.REQUIRE).build() : null;
        clientTls = tls ? SslContextBuilder.forClient().sslProvider(SslProvider.JDK)
                .keyManager(KeyFile.keys(seat.keys())).trustManager(KeyFile.trusted(seat.keys()))
                .protocols("TLSv1.3").endpointIdentificationAlgorithm(null).build() : null;
    }

    /**
     * Listens and dials.
     *
     * @param seat what it is told
     * @param hash whether it takes the SHA-256 of each payload that it receives
     */
    static NettyMember start(Seat seat, boolean hash) throws Exception {
        NettyMember member = new NettyMember(seat, hash);
        member.address = (InetSocketAddress) new ServerBootstrap().group(member.group)
                .channel(NioServerSocketChannel.class)
                .childHandler(member.initializer(member.serverTls))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .bind(Contenders.LOOPBACK, 0).sync().channel().localAddress();
        Bootstrap bootstrap = new Bootstrap().group(member.group).channel(NioSocketChannel.class)
                .handler(member.initializer(member.clientTls)).option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
        for (String other : seat.dialled()) {
            int colon = other.lastIndexOf(':');
            bootstrap.connect(other.substring(0, colon), Integer.parseInt(other.substring(colon + 1))).sync();
        }
        return member;
    }

    private ChannelInitializer<SocketChannel> initializer(SslContext tls) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                if (tls == null) {
                    output.add(channel);
                } else {
                    var handler = tls.newHandler(channel.alloc());
                    handler.handshakeFuture().addListener(done -> {
                        if (done.isSuccess()) {
                            output.add(channel);
                        }
                    });
                    channel.pipeline().addLast(handler);
                }
                channel.pipeline().addLast(new NettyInput(seat.recorder(), hash, output::drain));
            }
        };
    }

    @Override
    public String address() {
        return address.getHostString() + ":" + address.getPort();
    }

    @Override
    public boolean connected() {
        return output.channels().stream().filter(Channel::isActive).count() == seat.links();
    }

    @Override
    public void publish(byte[] payload) throws InterruptedException {
        output.publish(payload);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, QUIT_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
