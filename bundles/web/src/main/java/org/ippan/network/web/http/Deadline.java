// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Closes a connection on which no answer was completed for a while, however slow: a client that sends a byte a
 * second, one that does not read, or one that holds an idle connection. Runs on the event loop only.
 */
final class Deadline extends ChannelDuplexHandler {

    private final IntSupplier seconds;
    private final WebCounters counters;
    private Future<?> end;

    Deadline(IntSupplier seconds, WebCounters counters) {
        this.seconds = seconds;
        this.counters = counters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        restart(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end.cancel(false);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end.cancel(false);
        context.fireChannelInactive();
    }

    /** The codec is behind this handler: what comes by is bytes, and the promise of the last of them. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        promise.addListener(sent -> {
            if (sent.isSuccess() && !context.isRemoved()) {
                restart(context);
            }
        });
        context.write(message, promise);
    }

    private void restart(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel(false);
        }
        end = context.executor().schedule(() -> {
            counters.timedOut.increment();
            context.close();
        }, seconds.getAsInt(), TimeUnit.SECONDS);
    }
}
