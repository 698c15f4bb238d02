// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.ippan.network.api.Ticker;

/**
 * Port Control Protocol, RFC 6887: MAP for TCP, and ANNOUNCE to learn of a router that began anew. The nonce proves
 * that a mapping is this node's own: it must outlive the process, or the next one cannot renew what this one made.
 * Confined to one thread.
 */
public final class Pcp extends UdpGateway {

    public static final String NAME = "pcp";
    public static final int NONCE_LENGTH = 12;

    private static final byte VERSION = 2;
    private static final byte ANNOUNCE = 0;
    private static final byte MAP = 1;
    private static final byte RESPONSE = (byte) 0x80;
    private static final byte TCP = 6;
    private static final int HEADER = 24;
    private static final int MAP_LENGTH = HEADER + 36;
    /** A router that only knows NAT-PMP answers so shortly. */
    private static final int SHORTEST = 4;
    private static final int V6_LENGTH = 16;
    private static final byte[] V4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
    private static final int UNSUPPORTED_VERSION = 1;
    private static final Map<Integer, String> MEANING = Map.ofEntries(Map.entry(UNSUPPORTED_VERSION,
            "unsupported version"), Map.entry(2, "not authorized"), Map.entry(3, "malformed request"),
            Map.entry(4, "unsupported operation"), Map.entry(5, "unsupported option"), Map.entry(6, "malformed option"),
            Map.entry(7, "network failure"), Map.entry(8, "no resources"), Map.entry(9, "unsupported protocol"),
            Map.entry(10, "quota exceeded"), Map.entry(11, "cannot provide the external port"),
            Map.entry(12, "address mismatch: another router is between"), Map.entry(13, "too many peers"));

    private final byte[] nonce;

    /** The nonce has {@link #NONCE_LENGTH} bytes. */
    public Pcp(InetSocketAddress router, byte[] nonce, IntSupplier timeoutMillis, Ticker ticker) {
        this(router.getAddress(), nonce, new Exchange(router, timeoutMillis, ticker)::ask);
    }

    Pcp(InetAddress router, byte[] nonce, Way way) {
        super(NAME, router, way, MEANING);
        this.nonce = nonce.clone();
    }

    @Override
    public Lease map(int inner, int wanted, long seconds) throws IOException {
        ByteBuffer answer = askToMap(inner, wanted, seconds);
        return granted(answer.getShort(HEADER + 18), answer.getInt(4), Optional.of(address(answer, HEADER + 20)),
                answer.getInt(8));
    }

    @Override
    public void unmap(int inner, Lease lease) throws IOException {
        askToMap(inner, lease.port(), 0);
    }

    private ByteBuffer askToMap(int inner, int wanted, long seconds) throws IOException {
        return ask(local -> header(ByteBuffer.allocate(MAP_LENGTH), MAP, seconds, local)
                .put(nonce).put(TCP).put(new byte[3]).putShort((short) inner).putShort((short) wanted)
                .put(any(local)).array(), packet -> isAnswer(packet, MAP) && (packet.get(3) != 0
                        || isOurs(packet, inner)));
    }

    private boolean isOurs(ByteBuffer packet, int inner) {
        byte[] theirs = new byte[NONCE_LENGTH];
        if (packet.remaining() < MAP_LENGTH) {
            return false;
        }
        packet.get(HEADER, theirs);
        return Arrays.equals(theirs, nonce) && packet.get(HEADER + 12) == TCP
                && Short.toUnsignedInt(packet.getShort(HEADER + 16)) == inner;
    }

    @Override
    public Beat beat() throws IOException {
        ByteBuffer answer = ask(local -> header(ByteBuffer.allocate(HEADER), ANNOUNCE, 0, local)
                .array(), packet -> isAnswer(packet, ANNOUNCE));
        return new Beat(Optional.empty(), Integer.toUnsignedLong(answer.getInt(8)));
    }

    private static ByteBuffer header(ByteBuffer out, byte operation, long seconds, InetAddress local) {
        return out.put(VERSION).put(operation).putShort((short) 0).putInt((int) seconds).put(v6(local));
    }

    /** "No preference", in the family of the mapping. */
    private static byte[] any(InetAddress local) {
        byte[] any = new byte[V6_LENGTH];
        if (local instanceof Inet4Address) {
            System.arraycopy(V4_MAPPED, 0, any, 0, V4_MAPPED.length);
        }
        return any;
    }

    private static byte[] v6(InetAddress ip) {
        if (!(ip instanceof Inet4Address)) {
            return ip.getAddress();
        }
        return ByteBuffer.allocate(V6_LENGTH).put(V4_MAPPED).put(ip.getAddress()).array();
    }

    private static InetAddress address(ByteBuffer packet, int at) throws UnknownHostException {
        byte[] bytes = new byte[V6_LENGTH];
        packet.get(at, bytes);
        return InetAddress.getByAddress(bytes);
    }

    /** Of our version and operation, or a refusal in the version that the router speaks. */
    private static boolean isAnswer(ByteBuffer packet, byte operation) {
        if (packet.remaining() < SHORTEST || (packet.get(1) & RESPONSE) == 0) {
            return false;
        }
        return packet.get(0) != VERSION || packet.remaining() >= HEADER && packet.get(1) == (RESPONSE | operation);
    }

    @Override
    int code(ByteBuffer answer) {
        return answer.get(0) == VERSION ? Byte.toUnsignedInt(answer.get(3)) : UNSUPPORTED_VERSION;
    }
}
