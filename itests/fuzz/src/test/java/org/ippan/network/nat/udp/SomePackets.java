// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.Outside;

/** What routers answer in PCP and NAT-PMP, for bytes that may be none. */
public final class SomePackets {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    private static final byte[] OUTER = {(byte) 198, 51, 100, 7};
    private static final int INNER = 9700;
    private static final short GRANTED = (short) 40_000;
    private static final int SECONDS = 600;
    private static final int LAST_PORT = 65_535;

    private SomePackets() {
    }

    /** Takes it as an answer of a router that speaks PCP. */
    public static void pcp(byte[] bytes) throws IOException {
        ask(new Pcp(HERE, NONCE, way(bytes)));
    }

    /** Takes it as an answer of a router that speaks NAT-PMP. */
    public static void natPmp(byte[] bytes) throws IOException {
        ask(new NatPmp(HERE, way(bytes)));
    }

    private static UdpGateway.Way way(byte[] bytes) {
        return (request, fits) -> {
            request.apply(HERE);
            ByteBuffer packet = ByteBuffer.wrap(bytes);
            if (!fits.test(packet)) {
                throw new SocketTimeoutException("it is no answer");
            }
            return packet;
        };
    }

    /** An answer to the one question or to the other. */
    private static void ask(Gateway gateway) throws IOException {
        Gateway.Lease lease;
        try {
            lease = gateway.map(INNER, INNER, SECONDS);
        } catch (IOException e) {
            check(gateway.beat().epochSeconds() >= 0);
            return;
        }
        check(lease.port() > 0 && lease.port() <= LAST_PORT && lease.seconds() > 0
                && lease.beat().epochSeconds() >= 0);
        lease.address().filter(Outside::isPublic)
                .ifPresent(outer -> PeerAddress.tcp(outer.getHostAddress(), lease.port()));
    }

    private static void check(boolean right) {
        if (!right) {
            throw new IllegalStateException("what cannot be was granted");
        }
    }

    /** Answers of PCP: a mapping, that the router is there, and refusals, one of them of a router without PCP. */
    public static List<byte[]> pcpSeeds() {
        return List.of(pcpHeader(60, 0x81, 0).put(NONCE).put((byte) 6).put(new byte[3]).putShort((short) INNER)
                .putShort(GRANTED).put(new byte[10]).put((byte) -1).put((byte) -1).put(OUTER).array(),
                pcpHeader(24, 0x80, 0).array(), pcpHeader(60, 0x81, 8).array(), new byte[] {0, (byte) 0x81, 0, 1});
    }

    private static ByteBuffer pcpHeader(int length, int operation, int result) {
        return ByteBuffer.allocate(length).put((byte) 2).put((byte) operation).put((byte) 0).put((byte) result)
                .putInt(SECONDS).putInt(100).put(new byte[12]);
    }

    /** Answers of NAT-PMP: a mapping, the outer address, and a refusal. */
    public static List<byte[]> natPmpSeeds() {
        return List.of(natPmpHeader(16, 130, 0).putShort((short) INNER).putShort(GRANTED).putInt(SECONDS).array(),
                natPmpHeader(12, 128, 0).put(OUTER).array(), natPmpHeader(8, 130, 2).array());
    }

    private static ByteBuffer natPmpHeader(int length, int operation, int result) {
        return ByteBuffer.allocate(length).put((byte) 0).put((byte) operation).putShort((short) result).putInt(100);
    }
}
