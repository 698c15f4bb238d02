// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Causes;
import org.ippan.network.api.Ticker;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Asks name servers, one after the other, over UDP and then, where the answer is cut, over TCP (RFC 1035, 7766). Only
 * an answer of the server that was asked, with the id and the question that were sent, is looked at. Blocks the caller
 * for at most the time limit for each server and protocol. dnsjava encodes and decodes the messages; its own client has
 * a static thread that would outlive the bundle. Confined to one thread, but for {@link #close}.
 */
final class DnsClient {

    /** What fits every path without being cut into pieces (RFC 9715). */
    private static final int UDP_BYTES = 1232;
    private static final int MAX_BYTES = 65_535;
    private static final int EDNS_VERSION = 0;

    private final List<InetSocketAddress> servers;
    private final int timeoutMillis;
    private final RandomGenerator random;
    private final Ticker ticker;
    /** What an answer is waited for at. */
    private volatile Closeable waiting = () -> { };
    private volatile boolean closed;

    DnsClient(List<InetSocketAddress> servers, int timeoutMillis, RandomGenerator random, Ticker ticker) {
        this.servers = servers;
        this.timeoutMillis = timeoutMillis;
        this.random = random;
        this.ticker = ticker;
    }

    /**
     * Asks one question.
     *
     * @return the answer of the first server that knows; it may say that there is no such name
     * @throws IOException if no server answers, naming the last one and why
     */
    Message ask(Name name, int type) throws IOException {
        String forName = " for " + name.toString(true) + ' ' + Type.string(type);
        // Of the last server: there is one, as the system is taken to have one on this machine where it names none.
        IOException last = new IOException();
        for (InetSocketAddress server : servers) {
            checkOpen();
            try {
                Message answer = ask(server, name, type);
                int code = answer.getRcode();
                if (code == Rcode.NOERROR || code == Rcode.NXDOMAIN) {
                    return answer;
                }
                last = new IOException(text(server) + " answered " + Rcode.string(code) + forName);
            } catch (SocketTimeoutException e) {
                last = new IOException(text(server) + " did not answer within " + timeoutMillis + " ms" + forName, e);
            } catch (IOException e) {
                last = new IOException(text(server) + " failed" + forName + ": " + Causes.ofNetwork(e), e);
            }
        }
        throw last;
    }

    /** Any thread: ends the question that is being asked, and all after it. */
    void close() {
        closed = true;
        try {
            waiting.close();
        } catch (IOException e) {
            // Closed all the same.
            return;
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("the search has ended");
        }
    }

    /** Waits at a socket from now on; one that is closed meanwhile ends the wait. */
    private void waitAt(Closeable socket) throws IOException {
        waiting = socket;
        checkOpen();
    }

    private static String text(InetSocketAddress server) {
        return "name server " + (server.isUnresolved() ? server.getHostString() : server.getAddress().getHostAddress())
                + " port " + server.getPort();
    }

    private Message ask(InetSocketAddress server, Name name, int type) throws IOException {
        Message question = new Message(random.nextInt(1 << Short.SIZE));
        question.getHeader().setFlag(Flags.RD);
        question.getHeader().setOpcode(Opcode.QUERY);
        question.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        question.addRecord(new OPTRecord(UDP_BYTES, 0, EDNS_VERSION), Section.ADDITIONAL);
        byte[] bytes = question.toWire();
        Message answer = overUdp(server, question, bytes);
        return answer.getHeader().getFlag(Flags.TC) ? overTcp(server, question, bytes) : answer;
    }

    /** Asks a second time after half of the time: one packet of a healthy network may be lost. */
    private Message overUdp(InetSocketAddress server, Message question, byte[] bytes) throws IOException {
        long deadline = deadline();
        try (DatagramSocket socket = new DatagramSocket()) {
            waitAt(socket);
            socket.connect(server);
            try {
                return askOnce(socket, question, bytes, deadline - TimeUnit.MILLISECONDS.toNanos(timeoutMillis / 2));
            } catch (SocketTimeoutException e) {
                return askOnce(socket, question, bytes, deadline);
            }
        }
    }

    private Message askOnce(DatagramSocket socket, Message question, byte[] bytes, long deadline) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length));
        DatagramPacket packet = new DatagramPacket(new byte[UDP_BYTES], UDP_BYTES);
        while (true) {
            socket.setSoTimeout(left(deadline));
            packet.setLength(UDP_BYTES);
            socket.receive(packet);
            Message answer = read(Arrays.copyOf(packet.getData(), packet.getLength()), question);
            if (answer != null) {
                return answer;
            }
        }
    }

    private Message overTcp(InetSocketAddress server, Message question, byte[] bytes) throws IOException {
        long deadline = deadline();
        try (Socket socket = new Socket()) {
            waitAt(socket);
            socket.connect(server, left(deadline));
            OutputStream out = socket.getOutputStream();
            out.write(ByteBuffer.allocate(Short.BYTES + bytes.length).putShort((short) bytes.length).put(bytes)
                    .array());
            byte[] head = read(socket, Short.BYTES, deadline);
            int length = Math.min(MAX_BYTES, ByteBuffer.wrap(head).getShort() & 0xFFFF);
            Message answer = read(read(socket, length, deadline), question);
            if (answer == null) {
                throw new IOException("it answered another question");
            }
            return answer;
        }
    }

    /** Reads so many bytes before the deadline, however slowly they come. */
    private byte[] read(Socket socket, int length, long deadline) throws IOException {
        byte[] bytes = new byte[length];
        InputStream in = socket.getInputStream();
        for (int done = 0; done < length;) {
            socket.setSoTimeout(left(deadline));
            int count = in.read(bytes, done, length - done);
            if (count < 0) {
                throw new EOFException("the answer is cut short");
            }
            done += count;
        }
        return bytes;
    }

    /** The answer to a question; null if it is one to another, or none. */
    private static Message read(byte[] bytes, Message question) {
        try {
            Message answer = new Message(bytes);
            // Records of an update may be empty, of no class that their type has.
            boolean fits = answer.getHeader().getID() == question.getHeader().getID()
                    && answer.getHeader().getOpcode() == Opcode.QUERY
                    && answer.getHeader().getFlag(Flags.QR)
                    && question.getQuestion().equals(answer.getQuestion());
            return fits ? answer : null;
        } catch (IOException | RuntimeException e) {
            // No message: anyone could have sent it, so the real answer may still come. What the decoder did not
            // foresee must not end the search of all names.
            return null;
        }
    }

    private long deadline() {
        return ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    private int left(long deadline) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - ticker.nanos());
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) millis;
    }
}
