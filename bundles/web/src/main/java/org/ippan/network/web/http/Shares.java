// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Shares of the connections to the page: one address, or one /64 of IPv6, has a quarter of them, and all that are not
 * of this machine three quarters. So one client cannot keep others out, and an operator at this machine gets in however
 * many come from elsewhere. Clients of this machine have one address and cannot be told apart: they may have all.
 * Confined to the event loop.
 */
final class Shares {

    private static final int PART = 4;
    private static final int PREFIX = 8;

    private final Map<ByteBuffer, Integer> held = new HashMap<>();
    private int remote;
    private int all;

    /**
     * Takes a connection of a client, if it may have one more.
     *
     * @param client where it comes from
     * @param most connections there may be
     * @return whether it may
     */
    boolean take(InetAddress client, int most) {
        if (all >= most || !client.isLoopbackAddress() && !isWithinShare(client, most)) {
            return false;
        }
        all++;
        if (!client.isLoopbackAddress()) {
            remote++;
            held.merge(key(client), 1, Integer::sum);
        }
        return true;
    }

    private boolean isWithinShare(InetAddress client, int most) {
        return remote < Math.max(1, most - most / PART)
                && held.getOrDefault(key(client), 0) < Math.max(1, most / PART);
    }

    /** A connection of a client that was taken has ended. */
    void giveBack(InetAddress client) {
        all--;
        if (!client.isLoopbackAddress()) {
            remote--;
            held.computeIfPresent(key(client), (any, count) -> count == 1 ? null : count - 1);
        }
    }

    private static ByteBuffer key(InetAddress client) {
        byte[] address = client.getAddress();
        return ByteBuffer.wrap(client instanceof Inet6Address ? Arrays.copyOf(address, PREFIX) : address);
    }
}
