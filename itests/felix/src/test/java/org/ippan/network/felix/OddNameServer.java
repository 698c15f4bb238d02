// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A name server on loopback that answers each question as no real one would. */
final class OddNameServer implements AutoCloseable {

    private static final int HEADER = 12;
    private static final int TAIL = 4;
    private static final int ALIAS = 5;
    private static final int INTERNET = 1;
    private static final int SECONDS = 60;
    private static final int POINTER_TO_QUESTION = 0xC000 | HEADER;
    private static final int ANSWER = 0x8180;
    private static final int TRUNCATED = 0x8380;
    private static final int LARGEST = 2048;

    private final Way way;
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private int aliases;

    /** How it answers: with one alias after the other, or over TCP by half or with the number of another question. */
    enum Way { ALIASES, HALF, ANOTHER }

    OddNameServer(Way way) throws IOException {
        this.way = way;
        this.tcp = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        this.udp = new DatagramSocket(tcp.getLocalPort(), tcp.getInetAddress());
        start(this::answerPackets);
        start(this::answerConnections);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "odd-name-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + tcp.getLocalPort();
    }

    private void answerPackets() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (!udp.isClosed()) {
            try {
                packet.setLength(LARGEST);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()),
                        way == Way.ALIASES ? ANSWER : TRUNCATED);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private void answerConnections() {
        while (!tcp.isClosed()) {
            try (Socket client = tcp.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                if (way == Way.ANOTHER) {
                    question[0]++;
                }
                byte[] answer = answer(question, ANSWER);
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer, 0, way == Way.HALF ? answer.length / 2 : answer.length);
                out.flush();
            } catch (IOException e) {
                // The client has gone, or the test is over.
                continue;
            }
        }
    }

    /** An alias of the name that is asked for (RFC 1035, 4.1); what follows the question is left out. */
    private synchronized byte[] answer(byte[] question, int flags) {
        int end = HEADER;
        while (question[end] != 0) {
            end += 1 + question[end];
        }
        end += 1 + TAIL;
        byte[] label = ("alias" + ++aliases).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer answer = ByteBuffer.allocate(LARGEST);
        answer.put(question, 0, end).putShort(2, (short) flags).putShort(6, (short) 1).putInt(8, 0);
        answer.putShort((short) POINTER_TO_QUESTION).putShort((short) ALIAS).putShort((short) INTERNET)
                .putInt(SECONDS).putShort((short) (label.length + 2)).put((byte) label.length).put(label).put((byte) 0);
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
