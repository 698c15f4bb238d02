// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.endpoint;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.transport.connection.Wiring;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.io.Texts;
import org.ippan.network.transport.opening.Carrier;
import org.ippan.network.transport.opening.Channels;

/**
 * Opens connections: looks up the name, tries its addresses one after the other until one opens, hands over. Safe for
 * any thread.
 */
public final class Opener {

    /** What each address of a name gets at least, so that a silent one leaves time for the others. */
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Wiring wiring;
    private final IoThreads io;
    private final Names names;
    private final Channels channels;
    private final CallbackFaults faults;
    private final LastTried lastTried = new LastTried();

    /** Opens none yet; owners of dials that throw are recorded. */
    public Opener(Wiring wiring, IoThreads io, Names names, Channels channels, CallbackFaults faults) {
        this.wiring = wiring;
        this.io = io;
        this.names = names;
        this.channels = channels;
        this.faults = faults;
    }

    /**
     * Begins a dial.
     *
     * @param address of the peer
     * @param carrier what carries the stream to it
     * @param handler is told how it went
     */
    public void dial(PeerAddress address, Carrier carrier, ConnectionHandler handler) {
        Attempt attempt = new Attempt(address, carrier, handler);
        IoThreads.execute(attempt.loop, attempt::begin);
    }

    public void refuse(PeerAddress address, ConnectionHandler handler, String reason) {
        IoThreads.execute(io.next(), () -> tellFailed(address, handler, reason));
    }

    private void tellFailed(PeerAddress address, ConnectionHandler handler, String reason) {
        try {
            handler.dialFailed(address, reason);
        } catch (Throwable e) {
            // The owner's mistake, whatever it is.
            threw(handler, e);
        }
    }

    /** Each dial has a handler of its own: those of one class are one. */
    private void threw(ConnectionHandler handler, Throwable failure) {
        String name = handler.getClass().getName();
        faults.failed(new Subject(CallbackKind.CONNECTION_HANDLER, name, "", name), failure);
    }

    /** What goes before the reason why a socket did not open: whose it is, if it is not the peer's. */
    static String unreached(Carrier.Route route) {
        return route.socket().equals(route.address()) ? "" : "the proxy " + route.socket() + " is not reached: ";
    }

    /** One dial, on one event loop: the lookup, then a try of each address. */
    private final class Attempt {

        private final EventLoop loop = io.next();
        private final PeerAddress address;
        private final Carrier.Route route;
        /** Where the socket is opened to. */
        private final PeerAddress socket;
        private final ConnectionHandler handler;
        private final Deque<InetAddress> left = new ArrayDeque<>();
        /** Why those tried so far did not open; addresses that fail alike are told of once. */
        private final Set<String> failures = new LinkedHashSet<>();
        private long deadline;
        private boolean lookedUp;
        private boolean several;

        Attempt(PeerAddress address, Carrier carrier, ConnectionHandler handler) {
            this.address = address;
            this.route = carrier.to(address);
            this.socket = route.socket();
            this.handler = handler;
        }

        void begin() {
            int seconds = wiring.settings().get().sockets().connectTimeoutSeconds();
            deadline = wiring.ticker().nanos() + TimeUnit.SECONDS.toNanos(seconds);
            loop.schedule(() -> found(List.of(), "its name is not resolved within " + seconds + " s"), seconds,
                    TimeUnit.SECONDS);
            names.lookUp(socket.host(), ips -> IoThreads.execute(loop, () -> found(ips, "")),
                    reason -> IoThreads.execute(loop, () -> found(List.of(), reason)));
        }

        /** The lookup ended, with addresses or with a reason why there is none. */
        private void found(List<InetAddress> ips, String reason) {
            if (lookedUp) {
                return;
            }
            lookedUp = true;
            // Where a proxy is asked, the name is not looked up here.
            List<InetAddress> allowed = socket.equals(address) ? ips.stream().filter(this::mayLeadTo).toList() : ips;
            several = allowed.size() > 1;
            left.addAll(lastTried.order(socket.host(), allowed));
            if (ips.isEmpty()) {
                failures.add(unreached(route) + reason);
            } else if (allowed.isEmpty() && failures.isEmpty()) {
                failures.add(socket.host() + " leads to " + ips.get(0).getHostAddress()
                        + ", where who told of it may not lead this node");
            }
            tryNext();
        }

        /** An owner that cannot say it lets the dial lead nowhere. */
        private boolean mayLeadTo(InetAddress ip) {
            try {
                return handler.mayLeadTo(ip);
            } catch (Throwable e) {
                // The owner's mistake, whatever it is.
                threw(handler, e);
                failures.add("its owner failed to say whether it may lead to " + ip.getHostAddress());
                return false;
            }
        }

        private void tryNext() {
            if (left.isEmpty()) {
                tellFailed(address, handler, Texts.clean(String.join("; ", failures)));
                return;
            }
            int more = left.size();
            InetAddress ip = left.remove();
            long share = Math.max(LEAST_NANOS, (deadline - wiring.ticker().nanos()) / more);
            if (several) {
                lastTried.tried(socket.host(), ip);
            }
            new Try(wiring, channels, loop, this::failed, () -> established(ip))
                    .connect(route, new InetSocketAddress(ip, socket.port()), handler, share);
        }

        private void established(InetAddress ip) {
            if (several) {
                lastTried.established(socket.host(), ip);
            }
        }

        private void failed(String reason) {
            failures.add(reason);
            tryNext();
        }
    }
}
