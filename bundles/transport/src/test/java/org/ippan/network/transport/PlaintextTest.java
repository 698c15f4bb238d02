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
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.transport.sending.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections without TLS, which lets a raw socket see every byte. */
final class PlaintextTest {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MUCH = 100;
    private static final String PREFACE = "IPPAN/1\n";

    private TestNode node;
    private Socket socket;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode("tls", false, "handshakeTimeoutSeconds", 1, "writeStallSeconds", 1, "socketBufferBytes",
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
    void shouldSendWhatItPullsAsItWasWritten() throws IOException, InterruptedException {
        Recorder accepted = opened();
        accepted.bodies.add(FrameClass.NORMAL, Frames.message(new byte[] {1, 2, 3}));

        accepted.connection.wake();

        assertEquals("a710000000000003010203", receive(11));
        TestNode.await(() -> accepted.bodies.framesTaken() == 1, "the message to be taken");
        TestNode.await(() -> node.transport.snapshot().bytesWritten() == 11, "the count");
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

    private void sendMuch(Recorder accepted) {
        for (int i = 0; i < MUCH; i++) {
            accepted.bodies.add(FrameClass.NORMAL, 60_000);
        }
        accepted.connection.wake();
    }

    @Test
    void shouldFaultAPeerThatTakesNothingAndReturnEveryByteWhenItIsClosed() throws IOException, InterruptedException {
        Recorder accepted = opened();
        sendMuch(accepted);

        accepted.awaitEvent("WRITE_STALLED");
        assertTrue(node.transport.snapshot().queuedBytes() > 0);
        long queued = accepted.connection.queuedBytes();
        assertTrue(queued > 0 && queued <= 2 * 64 * 1024, queued + " bytes");
        accepted.connection.abort();

        accepted.awaitEvent("closed LOCAL");
        assertEquals(queued, accepted.queuedAtTheEnd);
        TestNode.await(() -> accepted.connection.queuedBytes() == 0, "every byte to be returned");
        assertEquals(0, node.transport.snapshot().queuedBytes());
        assertTrue(accepted.bodies.framesTaken() < MUCH);
    }

    @Test
    void shouldPullMoreAsThePeerTakesIt() throws IOException, InterruptedException {
        Recorder accepted = opened();
        sendMuch(accepted);
        InputStream in = socket.getInputStream();

        assertTrue(accepted.bodies.framesTaken() < MUCH);
        assertEquals(MUCH * 60_008, in.readNBytes(MUCH * 60_008).length);

        TestNode.await(() -> accepted.bodies.framesTaken() == MUCH, "all to be taken");
        assertEquals(0, accepted.connection.queuedBytes());
    }

    @Test
    void shouldDropControlFramesBeyondTheQueueAndCountThem() throws IOException, InterruptedException {
        Recorder accepted = opened();
        sendMuch(accepted);
        int most = 1_000_000;
        int taken = 0;

        while (taken < most && accepted.connection.offer(Frames.ping())) {
            taken++;
        }

        assertTrue(taken < most, "there is no end to it");
        assertEquals(1, node.transport.snapshot().framesDropped());
    }

    @Test
    void shouldGiveUpTheConnectionWhoseSourceThrowsAndNoOther() throws IOException, InterruptedException {
        Recorder faulty = opened();
        try (Socket second = new Socket(node.address().host(), node.address().port())) {
            second.getOutputStream().write(PREFACE.getBytes(StandardCharsets.ISO_8859_1));
            Recorder sound = node.nextAccepted().awaitOpened();
            faulty.throwing = new IllegalStateException("a mistake of the source");

            faulty.connection.wake();
            faulty.awaitEvent("closed");
            sound.send(FrameClass.LOW, 10);

            TestNode.await(() -> sound.bodies.framesTaken() == 1, "the other to go on");
            assertTrue(node.log.stream().anyMatch(line -> line.contains("a mistake of the source")));
        }
    }
}
