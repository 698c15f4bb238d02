// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.ippan.network.api.Causes;
import org.ippan.network.api.Ticker;

/**
 * A request, repeated at growing intervals until its answer comes. The socket is connected, so only packets from the
 * router itself, from the port that was asked, are seen; others than the answer are passed over.
 *
 * @param router where it listens
 * @param timeoutMillis gives the time for the whole of it, as it is when it begins
 */
record Exchange(InetSocketAddress router, IntSupplier timeoutMillis, Ticker ticker) {

    private static final int FIRST_MILLIS = 250;
    private static final int MOST_MILLIS = 2000;
    private static final int MAX_BYTES = 1100;

    /**
     * Asks.
     *
     * @param request made for the local address that it is sent from
     * @param fits whether a packet is the answer
     * @throws SocketTimeoutException if none comes
     */
    ByteBuffer ask(Function<InetAddress, byte[]> request, Predicate<ByteBuffer> fits) throws IOException {
        int millis = timeoutMillis.getAsInt();
        long deadline = ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(router);
            byte[] bytes = request.apply(socket.getLocalAddress());
            long wait = FIRST_MILLIS;
            while (true) {
                socket.send(new DatagramPacket(bytes, bytes.length));
                long until = Math.min(deadline, ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(wait));
                ByteBuffer answer = receive(socket, until, fits);
                if (answer != null) {
                    return answer;
                }
                // Receiving takes no notice of an interrupt, by which a bundle that stops ends its thread.
                if (deadline - ticker.nanos() <= 0 || Thread.currentThread().isInterrupted()) {
                    throw new SocketTimeoutException("no answer within " + millis + " ms");
                }
                wait = Math.min(MOST_MILLIS, 2 * wait);
            }
        } catch (PortUnreachableException e) {
            throw new IOException(router.getAddress().getHostAddress() + " port " + router.getPort() + ": "
                    + Causes.ofNetwork(e), e);
        }
    }

    /** The answer; null if none came in time. */
    private ByteBuffer receive(DatagramSocket socket, long until, Predicate<ByteBuffer> fits) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        while (true) {
            long millis = TimeUnit.NANOSECONDS.toMillis(until - ticker.nanos());
            if (millis <= 0) {
                return null;
            }
            socket.setSoTimeout((int) millis);
            packet.setLength(MAX_BYTES);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return null;
            }
            ByteBuffer answer = ByteBuffer.wrap(packet.getData(), 0, packet.getLength()).slice();
            if (fits.test(answer)) {
                return answer;
            }
        }
    }
}
