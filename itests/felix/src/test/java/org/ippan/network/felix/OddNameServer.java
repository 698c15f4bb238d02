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
    private static final int SERVICE = 33;
    /** More questions than one search may ask: each leads over aliases, in both families. */
    private static final int SERVICES = 52;
    private static final String LONGEST_CHAIN = "7";
    private static final int SERVICE_PORT = 9700;
    private static final int INTERNET = 1;
    private static final int SECONDS = 60;
    private static final int POINTER_TO_QUESTION = 0xC000 | HEADER;
    private static final int ANSWER = 0x8180;
    private static final int TRUNCATED = 0x8380;
    private static final int FAILED = 0x8182;
    private static final int FEW = 3;
    private static final int LARGEST = 2048;
    /** Less than half of the time that a node has to wait, or it asks twice. */
    static final int SLOW_MILLIS = 4000;

    private final Way way;
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private int aliases;

    /**
     * How it answers: with one alias after the other without end; over TCP by half or with the number of another
     * question; with many services behind aliases; with aliases that take it seconds each; or with services whose
     * targets it fails to tell.
     */
    enum Way { ALIASES, HALF, ANOTHER, MANY, SLOW, BROKEN }

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
                Thread.sleep(way == Way.SLOW ? SLOW_MILLIS : 0);
                byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()),
                        way == Way.HALF || way == Way.ANOTHER ? TRUNCATED : ANSWER);
                udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException | InterruptedException e) {
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

    /** What follows the question is left out (RFC 1035 §4.1). */
    private synchronized byte[] answer(byte[] question, int flags) {
        int end = HEADER;
        while (question[end] != 0) {
            end += 1 + question[end];
        }
        end += 1 + TAIL;
        boolean service = question[end - TAIL + 1] == SERVICE;
        ByteBuffer answer = ByteBuffer.allocate(LARGEST);
        answer.put(question, 0, end).putShort(2, (short) (way == Way.BROKEN && !service ? FAILED : flags)).putInt(8, 0);
        answer.putShort(6, (short) (service ? services(answer) : alias(question, answer)));
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private int services(ByteBuffer answer) {
        int count = way == Way.BROKEN ? FEW : SERVICES;
        for (int i = 0; i < count; i++) {
            record(answer, SERVICE, ByteBuffer.allocate(6).putShort(4, (short) SERVICE_PORT).array(),
                    way == Way.BROKEN ? "broken" + i : LONGEST_CHAIN);
        }
        return count;
    }

    private int alias(byte[] question, ByteBuffer answer) {
        String label = new String(question, HEADER + 1, question[HEADER], StandardCharsets.US_ASCII);
        String next = way == Way.BROKEN ? "" : way != Way.MANY && way != Way.SLOW ? "alias" + ++aliases
                : label.matches("[1-9]") ? String.valueOf(Integer.parseInt(label) - 1)
                : label.equals("slow") ? LONGEST_CHAIN : "";
        if (next.isEmpty()) {
            return 0;
        }
        record(answer, ALIAS, new byte[0], next);
        return 1;
    }

    /** A record of the name that is asked for, which leads to another one. */
    private static void record(ByteBuffer answer, int type, byte[] before, String label) {
        answer.putShort((short) POINTER_TO_QUESTION).putShort((short) type).putShort((short) INTERNET).putInt(SECONDS)
                .putShort((short) (before.length + label.length() + 2)).put(before).put((byte) label.length())
                .put(label.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
