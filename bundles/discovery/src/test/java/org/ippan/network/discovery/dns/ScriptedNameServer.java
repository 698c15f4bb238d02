// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Message;

/** A name server that answers what a test wants, over UDP and TCP, also what no real one would. */
final class ScriptedNameServer implements AutoCloseable {

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Script script;
    private final List<Thread> threads;
    final AtomicInteger questions = new AtomicInteger();

    /** Makes the bytes of an answer; null for none. */
    @FunctionalInterface
    interface Script {

        byte[] answer(Message question, boolean overTcp) throws IOException;
    }

    ScriptedNameServer(Script script) throws IOException {
        this.script = script;
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        tcp = new ServerSocket(0, 50, loopback);
        udp = new DatagramSocket(tcp.getLocalPort(), loopback);
        threads = List.of(start(this::serveUdp), start(this::serveTcp));
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "test-name-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    private void serveUdp() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            while (true) {
                packet.setLength(2048);
                udp.receive(packet);
                questions.incrementAndGet();
                byte[] answer = script.answer(new Message(Arrays.copyOf(packet.getData(), packet.getLength())), false);
                if (answer != null) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket client = tcp.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                questions.incrementAndGet();
                byte[] answer = script.answer(new Message(question), true);
                if (answer != null) {
                    DataOutputStream out = new DataOutputStream(client.getOutputStream());
                    out.writeShort(answer.length);
                    out.write(answer);
                    out.flush();
                }
            } catch (IOException e) {
                // The client has gone, or the test is over.
                continue;
            }
        }
    }

    /** Waits for the threads: a port is free only once none of them waits in the kernel for what comes there. */
    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
