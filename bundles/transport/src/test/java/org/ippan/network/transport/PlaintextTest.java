// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.Peers;
import org.ippan.network.transport.sending.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections without TLS, which lets a raw socket see every byte. */
final class PlaintextTest {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String PREFACE = "IPPAN/1\n";

    private TestNode node;
    private Socket socket;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode("tls", false, "handshakeTimeoutSeconds", 1, "writeStallSeconds", 1, "sendBufferBytes",
                4096);
        node.listen();
        socket = new Socket(node.address().host(), node.address().port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        node.close();
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String receive(int length) throws IOException {
        return HexFormat.of().formatHex(socket.getInputStream().readNBytes(length));
    }

    private Recorder opened() throws IOException, InterruptedException {
        send(PREFACE);
        assertEquals("495050414e2f310a", receive(8));
        return node.nextAccepted().awaitOpened();
    }

    @Test
    void shouldOpenWithThePrefaceAndClaimNothing() throws IOException, InterruptedException {
        Recorder accepted = opened();

        assertEquals(Optional.empty(), accepted.connection.provenId());
        assertFalse(node.transport.authenticated());
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "IPPAN/2", "IPPAN/1\r", "\u0016\u0003\u0001\u0002\u0000"})
    void shouldCloseAtTheFirstByteOfAnotherProtocol(String bytes) throws IOException, InterruptedException {
        send(bytes);

        Recorder refused = node.nextAccepted().awaitEvent("closed");

        assertEquals(CloseCause.NOT_OURS, refused.cause);
        assertFalse(refused.has("opened"));
    }

    @Test
    void shouldTakeThePrefaceInPiecesAndAFrameRightBehindIt() throws IOException, InterruptedException {
        socket.setTcpNoDelay(true);
        send("IPP");
        send("AN/1\n\u00A7\u0003\u0000\u0000\u0000\u0000\u0000\u0006\u0001\u0000\u0000\u0000\u0000\u0000");

        node.nextAccepted().awaitEvent("GOODBYE 6");
    }

    @Test
    void shouldStampTheAgeAndTheFlagIntoTheCopyOnly() throws IOException, InterruptedException {
        Connection connection = opened().connection;
        byte[] head = new byte[21];
        OutboundFrame frame = OutboundFrame.gossip(FrameClass.NORMAL, Peers.messageId(1), head, new byte[] {7},
                Frames.AGE_OFFSET, 0xFFFF_FFF0L, System.nanoTime() - 1_000_000_000L);

        connection.offer(frame, true);

        assertEquals("a710010000000016" + "00".repeat(8) + "ffffffff" + "00".repeat(9) + "07", receive(30));
        assertEquals("00".repeat(21), HexFormat.of().formatHex(head));
    }

    @Test
    void shouldSendTheGoodbyeAndTheEndOfTheStreamAndDiscardTheRest() throws IOException, InterruptedException {
        Recorder accepted = opened();
        socket.getOutputStream().write(new byte[] {(byte) 0xA7, 4, 0});

        accepted.connection.close(Frames.goodbye());

        assertEquals("a703000000000006010000000000", receive(14));
        socket.getOutputStream().write(new byte[100_000]);
        assertEquals(-1, socket.getInputStream().read());
        assertFalse(accepted.has("closed"), accepted.events::toString);
        socket.close();
        accepted.awaitEvent("closed LOCAL");
        assertFalse(accepted.has("BAD"), accepted.events::toString);
    }

    @Test
    void shouldGiveUpAnOrderlyCloseAfterTwoSeconds() throws IOException, InterruptedException {
        Recorder accepted = opened();
        long start = System.nanoTime();

        accepted.connection.close(null);
        accepted.awaitEvent("closed LOCAL");

        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= 1900, millis + " ms");
        assertEquals(-1, socket.getInputStream().read());
    }

    @Test
    void shouldFaultAHandshakeThatTakesTooLongOnceTheConnectionIsOpen() throws IOException, InterruptedException {
        node.close();
        node = new TestNode("tls", false, "handshakeTimeoutSeconds", 1) {
            @Override
            void prepare(Recorder recorder) {
                recorder.onOpened = connection -> { };
            }
        };
        node.listen();
        socket.close();
        socket = new Socket(node.address().host(), node.address().port());
        send(PREFACE);

        Recorder accepted = node.nextAccepted().awaitEvent("HANDSHAKE_TIMEOUT");

        assertFalse(accepted.has("closed"));
        assertEquals(1, node.transport.snapshot().pendingHandshakes());
    }

    @Test
    void shouldFaultAPeerThatTakesNothingAndReturnEveryByteWhenItIsClosed() throws IOException, InterruptedException {
        Recorder accepted = opened();
        int number = 0;
        while (accepted.connection.offer(Frames.message(FrameClass.NORMAL, number, 60_000), false)) {
            number++;
        }
        assertTrue(accepted.connection.congested());

        accepted.awaitEvent("WRITE_STALLED");
        assertTrue(node.transport.snapshot().queuedBytes() > 0);
        assertEquals(1, node.transport.snapshot().congestedConnections());
        accepted.connection.abort();

        accepted.awaitEvent("closed LOCAL");
        assertEquals(0, accepted.connection.queuedBytes());
        assertEquals(0, node.transport.snapshot().queuedBytes());
    }

    @Test
    void shouldSayWhenAQueueIsNoLongerCongested() throws IOException, InterruptedException {
        Recorder accepted = opened();
        int number = 0;
        while (!accepted.connection.congested()) {
            accepted.connection.offer(Frames.message(FrameClass.NORMAL, number++, 60_000), false);
        }
        InputStream in = socket.getInputStream();

        while (!accepted.has("writable")) {
            assertTrue(in.read(new byte[65_536]) > 0);
        }

        assertFalse(accepted.connection.congested());
    }

    @Test
    void shouldTellOfFramesPushedOut() throws IOException, InterruptedException {
        Recorder accepted = opened();
        while (accepted.connection.offer(Frames.message(FrameClass.LOW, 1, 60_000), false)) {
            Thread.onSpinWait();
        }

        for (int i = 0; i < 40; i++) {
            assertTrue(accepted.connection.offer(Frames.message(FrameClass.HIGH, i, 60_000), false));
        }

        accepted.awaitThat(it -> !it.dropped.isEmpty(), "a dropped frame");
        assertEquals(FrameClass.LOW, accepted.dropped.get(0).frameClass());
        TestNode.await(() -> node.transport.snapshot().framesDropped() == accepted.dropped.size(), "the count");
    }
}
