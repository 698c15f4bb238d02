// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.endpoint;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ippan.network.transport.io.IoThreads;

/**
 * Looks up the addresses of hosts: all that a name has, of both families in turn (RFC 8305 §4), beginning with the one
 * the resolver puts first. Nothing is remembered here, so each dial sees what the name stands for then. Safe for any
 * thread.
 */
public final class Names {

    /** A name with more addresses is cut off: each of them costs time at each dial. */
    static final int MAX_ADDRESSES = 16;
    private static final char ZONE = '%';

    private final Executor blocking;
    private final Resolver resolver;

    /** Finds all addresses of a name; blocks. */
    @FunctionalInterface
    public interface Resolver {

        /** In the order of preference. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** Names, looked up by threads that may block. */
    public Names(Executor blocking, Resolver resolver) {
        this.blocking = blocking;
        this.resolver = resolver;
    }

    /** Names as the machine resolves them. */
    public static Names ofSystem(Executor blocking) {
        return new Names(blocking, InetAddress::getAllByName);
    }

    /** Finds the IP addresses, at least one: at once if the host is one, else on a thread that may block. */
    void lookUp(String host, Consumer<List<InetAddress>> onFound, Consumer<String> onFailure) {
        // A zone names an interface of this machine, which only the JDK's lookup keeps.
        byte[] literal = host.indexOf(ZONE) >= 0 ? null : NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            try {
                onFound.accept(List.of(InetAddress.getByAddress(literal)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address has 4 or 16 bytes", e);
            }
        } else if (!IoThreads.execute(blocking, () -> lookUpName(host, onFound, onFailure))) {
            onFailure.accept("too many names are being looked up");
        }
    }

    private void lookUpName(String host, Consumer<List<InetAddress>> onFound, Consumer<String> onFailure) {
        List<InetAddress> found;
        try {
            found = interleaved(resolver.resolve(host));
        } catch (UnknownHostException e) {
            onFailure.accept(host.indexOf(ZONE) >= 0 ? "this machine has no interface as in " + host
                    : "unknown host " + host);
            return;
        }
        onFound.accept(found);
    }

    /** Each address once, the families in turn. */
    private static List<InetAddress> interleaved(InetAddress[] resolved) {
        Set<InetAddress> all = new LinkedHashSet<>(List.of(resolved));
        Class<?> firstFamily = resolved[0].getClass();
        Deque<InetAddress> first = new ArrayDeque<>();
        Deque<InetAddress> second = new ArrayDeque<>();
        all.forEach(ip -> (ip.getClass() == firstFamily ? first : second).add(ip));
        List<InetAddress> mixed = new ArrayList<>(all.size());
        while (mixed.size() < Math.min(MAX_ADDRESSES, all.size())) {
            Deque<InetAddress> turn = second.isEmpty() || mixed.size() % 2 == 0 && !first.isEmpty() ? first : second;
            mixed.add(turn.remove());
        }
        return mixed;
    }
}
