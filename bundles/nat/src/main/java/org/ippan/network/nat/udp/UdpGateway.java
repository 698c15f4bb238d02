// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.GatewayException;

/** A router that is asked by one packet and answers by one. Confined to one thread. */
abstract class UdpGateway implements Gateway {

    private final String name;
    private final InetAddress router;
    private final Way way;
    private final Map<Integer, String> meaning;

    /** The way to a router and back. */
    interface Way {

        /** As {@link Exchange#ask}. */
        ByteBuffer ask(Function<InetAddress, byte[]> request, Predicate<ByteBuffer> fits) throws IOException;
    }

    /** The meanings are those of the result codes, in words. */
    UdpGateway(String name, InetAddress router, Way way, Map<Integer, String> meaning) {
        this.name = name;
        this.router = router;
        this.way = way;
        this.meaning = meaning;
    }

    /** The result code of an answer; 0 if the router did what it was asked. */
    abstract int code(ByteBuffer answer);

    /** As {@link Exchange#ask}; a refusal is an exception. */
    final ByteBuffer ask(Function<InetAddress, byte[]> request, Predicate<ByteBuffer> fits) throws IOException {
        ByteBuffer answer = way.ask(request, fits);
        int code = code(answer);
        if (code != 0) {
            throw new GatewayException(code, meaning.getOrDefault(code, "unknown result"));
        }
        return answer;
    }

    /** What an answer says was mapped; its numbers have no sign. */
    static Lease granted(short port, int seconds, Optional<InetAddress> outer, int epoch) throws GatewayException {
        if (port == 0 || seconds == 0) {
            throw new GatewayException("the router granted nothing");
        }
        return new Lease(Short.toUnsignedInt(port), outer, Integer.toUnsignedLong(seconds),
                new Beat(outer, Integer.toUnsignedLong(epoch)));
    }

    @Override
    public final String protocol() {
        return name;
    }

    @Override
    public final InetAddress address() {
        return router;
    }
}
