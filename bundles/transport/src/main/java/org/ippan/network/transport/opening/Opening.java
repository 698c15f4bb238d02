// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.ippan.network.api.PeerId;
import org.ippan.network.transport.tls.KeyUpdatesException;
import org.ippan.network.transport.tls.Tls;

/** Hears how the stream was opened, with TLS or by the {@link Preface}. Confined to the channel's event loop. */
public abstract class Opening extends ChannelInboundHandlerAdapter {

    private String awaited = "";

    /** Who has to answer before the stream opens, if that is another one than the peer; else empty. */
    protected final String awaited() {
        return awaited;
    }

    /** Frames may follow; with TLS the peer proved who it is. */
    protected abstract void opened(Optional<PeerId> proved);

    /** Something else is at the other end, or on the way to it. */
    protected abstract void notOurs(String why);

    /** TLS failed; the channel is about to close. */
    protected abstract void openingFailed(Throwable cause);

    /** Whether the peer changed its TLS keys too often. */
    protected static boolean isOfKeyUpdates(Throwable failure) {
        return KeyUpdatesException.isCauseOf(failure);
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            tlsDone(context, tls);
        } else if (event == Preface.Outcome.AGREED) {
            opened(Optional.empty());
        } else if (event == Preface.Outcome.FOREIGN) {
            notOurs("the peer speaks another protocol");
        } else if (event instanceof Broken broken) {
            notOurs(broken.why());
        } else if (event instanceof Awaited now) {
            awaited = now.whom();
        }
    }

    private void tlsDone(ChannelHandlerContext context, SslHandshakeCompletionEvent tls) {
        if (tls.isSuccess()) {
            Optional<PeerId> proved;
            try {
                proved = Optional.of(Tls.provenId(((SslHandler) context.pipeline().get(Channels.OPENER))
                        .engine()));
            } catch (SSLException e) {
                notOurs(e.getMessage());
                return;
            }
            opened(proved);
        } else if (context.channel().isActive()) {
            openingFailed(tls.cause());
        }
    }
}
