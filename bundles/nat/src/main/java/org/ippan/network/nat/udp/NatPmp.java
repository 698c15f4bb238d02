// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.ippan.network.api.Ticker;

/** NAT Port Mapping Protocol, RFC 6886. Confined to one thread. */
public final class NatPmp extends UdpGateway {

    public static final String NAME = "nat-pmp";

    private static final int OP_ADDRESS = 0;
    private static final int OP_MAP_TCP = 2;
    private static final int RESPONSE = 128;
    private static final int ADDRESS_LENGTH = 12;
    private static final int MAP_LENGTH = 16;
    private static final int ERROR_LENGTH = 8;
    private static final Map<Integer, String> MEANING = Map.of(1, "unsupported version", 2, "not authorized or refused",
            3, "the router itself has no address yet", 4, "out of resources", 5, "unsupported operation");

    public NatPmp(InetSocketAddress router, IntSupplier timeoutMillis, Ticker ticker) {
        this(router.getAddress(), new Exchange(router, timeoutMillis, ticker)::ask);
    }

    NatPmp(InetAddress router, Way way) {
        super(NAME, router, way, MEANING);
    }

    @Override
    public Lease map(int inner, int wanted, long seconds) throws IOException {
        ByteBuffer answer = ask(OP_MAP_TCP, MAP_LENGTH, request(inner, wanted, seconds), inner);
        return granted(answer.getShort(10), answer.getInt(12), Optional.empty(), answer.getInt(4));
    }

    @Override
    public void unmap(int inner, Lease lease) throws IOException {
        ask(OP_MAP_TCP, MAP_LENGTH, request(inner, 0, 0), inner);
    }

    private static byte[] request(int inner, int wanted, long seconds) {
        return ByteBuffer.allocate(12).put((byte) 0).put((byte) OP_MAP_TCP).putShort((short) 0)
                .putShort((short) inner).putShort((short) wanted).putInt((int) seconds).array();
    }

    @Override
    public Beat beat() throws IOException {
        ByteBuffer answer = ask(OP_ADDRESS, ADDRESS_LENGTH, new byte[] {0, OP_ADDRESS}, -1);
        byte[] ip = new byte[4];
        answer.get(8, ip);
        return new Beat(Optional.of(InetAddress.getByAddress(ip)), Integer.toUnsignedLong(answer.getInt(4)));
    }

    private ByteBuffer ask(int operation, int length, byte[] request, int inner) throws IOException {
        return ask(local -> request, packet -> packet.remaining() >= ERROR_LENGTH
                && packet.get(0) == 0 && Byte.toUnsignedInt(packet.get(1)) == RESPONSE + operation
                && (code(packet) != 0 || packet.remaining() >= length
                        && (inner < 0 || Short.toUnsignedInt(packet.getShort(8)) == inner)));
    }

    @Override
    int code(ByteBuffer answer) {
        return Short.toUnsignedInt(answer.getShort(2));
    }
}
