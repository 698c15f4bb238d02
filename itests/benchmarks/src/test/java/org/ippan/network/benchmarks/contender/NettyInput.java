// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.ippan.network.benchmarks.measure.Recorder;
import org.ippan.network.benchmarks.measure.Stamp;

/** What bare Netty receives over one connection: an array for each payload, which a listener might keep. */
final class NettyInput extends ByteToMessageDecoder {

    private final Recorder recorder;
    private final MessageDigest digest;
    private final Runnable writable;

    NettyInput(Recorder recorder, boolean hash, Runnable writable) {
        this.recorder = recorder;
        this.digest = hash ? sha256() : null;
        this.writable = writable;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.readableBytes() >= Integer.BYTES) {
            int length = in.getInt(in.readerIndex());
            if (in.readableBytes() < Integer.BYTES + length) {
                return;
            }
            byte[] payload = new byte[length];
            in.skipBytes(Integer.BYTES).readBytes(payload);
            if (digest != null) {
                digest.digest(payload);
            }
            Stamp.read(recorder, payload, 0);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        if (context.channel().isWritable()) {
            writable.run();
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        cause.printStackTrace();
        context.close();
    }
}
