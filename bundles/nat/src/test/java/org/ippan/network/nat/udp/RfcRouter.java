// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A router on a UDP port of loopback, written after RFC 6886 §3 and RFC 6887 §7 and §11: it answers NAT-PMP and,
 * unless it is an old one, PCP.
 */
final class RfcRouter implements AutoCloseable {

    private static final byte[] OUTER = {(byte) 198, 51, 100, 7};

    final Map<Integer, Integer> mapped = new HashMap<>();
    final AtomicInteger requests = new AtomicInteger();
    volatile boolean old;
    volatile boolean mute;
    volatile int refusal;
    volatile int losses;
    volatile boolean liesFirst;
    volatile byte[] owner;
    private final DatagramSocket socket;
    private final long start = System.nanoTime();

    RfcRouter() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::serve, "test-router");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[1100], 1100);
            while (true) {
                packet.setLength(1100);
                socket.receive(packet);
                requests.incrementAndGet();
                ByteBuffer request = ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (losses > 0) {
                    losses--;
                } else if (!mute) {
                    byte[] answer = request.get(0) == 0 ? natPmp(request) : old ? unsupported(request) : pcp(request);
                    if (liesFirst) {
                        byte[] lie = answer.clone();
                        lie[lie.length - 1] ^= 1;
                        lie[1] ^= 1;
                        send(packet, lie);
                        send(packet, new byte[] {1, 2, 3});
                    }
                    send(packet, answer);
                }
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private void send(DatagramPacket to, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    private int epoch() {
        return 100 + (int) ((System.nanoTime() - start) / 1_000_000_000L);
    }

    private static byte[] unsupported(ByteBuffer request) {
        return ByteBuffer.allocate(8).put((byte) 0).put((byte) (0x80 | request.get(1))).putShort((short) 1).array();
    }

    private byte[] natPmp(ByteBuffer request) {
        int operation = request.get(1);
        if (refusal != 0) {
            return ByteBuffer.allocate(operation == 0 ? 12 : 16).put((byte) 0).put((byte) (128 + operation))
                    .putShort((short) refusal).putInt(epoch()).array();
        }
        if (operation == 0) {
            return ByteBuffer.allocate(12).put((byte) 0).put((byte) 128).putShort((short) 0).putInt(epoch())
                    .put(OUTER).array();
        }
        int inner = request.getShort(4) & 0xFFFF;
        int outer = request.getShort(6) & 0xFFFF;
        int lifetime = request.getInt(8);
        set(inner, outer, lifetime);
        return ByteBuffer.allocate(16).put((byte) 0).put((byte) 130).putShort((short) 0).putInt(epoch())
                .putShort((short) inner).putShort((short) outer).putInt(Math.min(lifetime, 600)).array();
    }

    private void set(int inner, int outer, int lifetime) {
        if (lifetime == 0) {
            mapped.remove(inner);
        } else {
            mapped.put(inner, outer);
        }
    }

    private byte[] pcp(ByteBuffer request) {
        byte operation = request.get(1);
        ByteBuffer answer = ByteBuffer.allocate(request.capacity());
        answer.put((byte) 2).put((byte) (0x80 | operation)).put((byte) 0);
        byte[] client = new byte[16];
        request.get(8, client);
        byte[] local = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        int code = refusal != 0 ? refusal : !Arrays.equals(client, local) ? 12 : 0;
        int lifetime = request.getInt(4);
        if (operation == 1) {
            byte[] nonce = new byte[12];
            request.get(24, nonce);
            code = code == 0 && owner != null && !Arrays.equals(owner, nonce) ? 2 : code;
            if (code == 0) {
                owner = lifetime == 0 ? null : nonce;
                set(request.getShort(40) & 0xFFFF, request.getShort(42) & 0xFFFF, lifetime);
            }
        }
        answer.put((byte) code).putInt(Math.min(lifetime, 600)).putInt(epoch()).put(new byte[12]);
        if (operation == 1) {
            answer.put(request.array(), 24, 20).put(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}).put(OUTER);
        }
        return answer.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
