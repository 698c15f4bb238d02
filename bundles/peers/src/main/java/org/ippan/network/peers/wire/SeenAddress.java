// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What follows the agent in a HELLO, {@code docs/protocol.md} §4: where its sender sees the other end. Nodes that do
 * not know it pass over it, and the proof of the handshake covers it. Stateless.
 */
public final class SeenAddress {

    private static final int V4 = 4;
    private static final int V6 = 6;
    private static final int V4_LENGTH = 4;
    private static final int V6_LENGTH = 16;

    private SeenAddress() {
    }

    /** A HELLO that says where the other end is seen. */
    public static byte[] append(byte[] hello, InetAddress other) {
        byte[] ip = other.getAddress();
        return ByteBuffer.allocate(hello.length + 1 + ip.length).put(hello)
                .put((byte) (ip.length == V4_LENGTH ? V4 : V6)).put(ip).array();
    }

    /** What a HELLO that was decoded says; empty if it says nothing, or nothing that can be read. */
    public static Optional<InetAddress> read(byte[] hello) {
        ByteBuffer body = ByteBuffer.wrap(hello);
        body.position(Hello.FIXED - 1);
        int agentLength = body.get() & 0xFF;
        if (body.remaining() <= agentLength) {
            return Optional.empty();
        }
        body.position(body.position() + agentLength);
        int length = switch (body.get()) {
            case V4 -> V4_LENGTH;
            case V6 -> V6_LENGTH;
            default -> 0;
        };
        if (length == 0 || body.remaining() < length) {
            return Optional.empty();
        }
        byte[] ip = new byte[length];
        body.get(ip);
        try {
            return Optional.of(InetAddress.getByAddress(ip));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length is right", e);
        }
    }
}
