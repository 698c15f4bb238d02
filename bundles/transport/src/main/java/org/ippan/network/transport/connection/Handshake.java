// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * The handshake of one connection: its place among those that are pending, and the time it may take.
 * Confined to the connection's event loop, but for {@link #pending()}.
 */
final class Handshake {

    private final LiveConnection connection;
    private final Channel channel;
    private final Wiring wiring;
    private Future<?> deadline;
    private volatile boolean pending = true;

    /** A handshake that has not begun. */
    Handshake(LiveConnection connection, Channel channel, Wiring wiring) {
        this.connection = connection;
        this.channel = channel;
        this.wiring = wiring;
    }

    /** The channel is active; lists the connection. */
    void begin(Runnable onTimeout) {
        TransportSettings settings = wiring.settings().get();
        wiring.connections().add(connection, settings.accept().maxPending());
        deadline = channel.eventLoop().schedule(onTimeout, settings.handshakeTimeoutSeconds(), TimeUnit.SECONDS);
    }

    /** It is over, well or not; whatever comes after the first time is no news. */
    void settle(boolean well) {
        if (pending) {
            if (!well) {
                wiring.counters().handshakesFailed.increment();
            }
            deadline.cancel(false);
            pending = false;
            wiring.connections().settled(connection, well);
        }
    }

    /** Any thread: whether it is not over. */
    boolean pending() {
        return pending;
    }
}
