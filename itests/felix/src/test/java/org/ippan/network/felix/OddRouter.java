// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Speaks NAT-PMP (RFC 6886) and PCP (RFC 6887) as much as is asked of it, at an address of this machine. */
final class OddRouter implements AutoCloseable {

    private static final int PORT = 5351;
    private static final int LONGEST = 1100;
    private static final int RESPONSE = 128;
    private static final int EPOCH = 1000;
    private static final int PCP = 2;
    /** Where an answer of PCP has the outer port, and the IPv4 part of the outer address. */
    private static final int PCP_PORT = 42;
    private static final int PCP_ADDRESS = 56;

    /** 0 for what is granted, or a code of the protocol that is asked by. */
    volatile int result;
    volatile byte[] outside = {1, 2, 3, 4};
    /** Whether it answers well, and grants no port. */
    volatile boolean miserly;
    volatile boolean mute;
    private final DatagramSocket socket;

    OddRouter(String address) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), PORT));
        Thread thread = new Thread(this::serve, "router");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        while (!socket.isClosed()) {
            try {
                packet.setLength(LONGEST);
                socket.receive(packet);
                ByteBuffer request = ByteBuffer.wrap(Arrays.copyOf(packet.getData(), packet.getLength()));
                byte[] answer = request.get(0) == PCP ? pcp(request) : natPmp(request);
                if (!mute) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private byte[] natPmp(ByteBuffer request) {
        int operation = request.get(1);
        ByteBuffer answer = ByteBuffer.allocate(operation == 0 ? 12 : 16).put((byte) 0)
                .put((byte) (RESPONSE + operation)).putShort((short) result).putInt(EPOCH);
        if (operation == 0) {
            answer.put(outside);
        } else {
            short inner = request.getShort(4);
            answer.putShort(inner).putShort(miserly ? 0 : inner).putInt(request.getInt(8));
        }
        return answer.array();
    }

    /** What was asked comes back, as what was granted. */
    private byte[] pcp(ByteBuffer request) {
        request.put(1, (byte) (RESPONSE | request.get(1))).putShort(2, (short) result).putInt(8, EPOCH);
        if (request.capacity() > PCP_PORT) {
            request.putShort(PCP_PORT, miserly ? 0 : request.getShort(PCP_PORT)).put(PCP_ADDRESS, outside);
        }
        return request.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
