// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.transport.FrameClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger may send in WebSocket frames: it ends the stranger's connection, and no other. */
final class WebSocketFramesTest extends TwoNodes {

    static final String UPGRADE = """
            GET /ippan HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Protocol: ippan-net.1

            """.replace("\n", "\r\n");
    private static final int BINARY = 0x02;
    private static final int CONTINUATION = 0x00;
    private static final int FLOOD = 3_000;

    private Recorder dialled;
    private Recorder accepted;

    /** A link beside the stranger's connection. */
    @BeforeEach
    void start() throws Exception {
        alice.webSocket();
        bob.webSocket("listenAddress", "127.0.0.1:0");
        dialled = alice.dial(bob.webSocketAddress("ws")).awaitOpened();
        accepted = bob.nextAccepted().awaitOpened();
    }

    private Socket upgraded() throws IOException {
        Socket stranger = new Socket("127.0.0.1", bob.webSocketAddress("ws").port());
        stranger.setSoTimeout(5_000);
        stranger.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        assertEquals("HTTP/1.1 101", new String(stranger.getInputStream().readNBytes(12), StandardCharsets.US_ASCII));
        return stranger;
    }

    /** Masked with zeros, not the last of its message. */
    private static byte[] fragment(int type, byte... content) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {(byte) type, (byte) (0x80 | content.length), 0, 0, 0, 0});
        frame.writeBytes(content);
        return frame.toByteArray();
    }

    /** The stranger has gone, said nothing to the log, and the link carries what it did. */
    private void assertOnlyTheStrangerHasGone() {
        TestNode.await(() -> bob.transport.snapshot().connections() == 1, "the end of the stranger's connection");
        dialled.send(FrameClass.NORMAL, 30);
        accepted.awaitThat(it -> it.frames == 1, "the message");
        assertEquals(List.of(), bob.log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unmasked", "of a gigabyte", "of text"})
    void shouldEndWhatBreaksTheRulesAfterTheUpgrade(String frame) throws Exception {
        byte[] bytes = switch (frame) {
            case "unmasked" -> new byte[] {(byte) 0x82, 1, 0};
            case "of text" -> new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'};
            default -> new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4};
        };
        try (Socket stranger = upgraded()) {
            stranger.getOutputStream().write(bytes);

            stranger.getInputStream().readAllBytes();
        }
        assertOnlyTheStrangerHasGone();
    }

    /** However many a stranger sends, it gets one answer: those that it does not read would fill the memory. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5000\r\nExpect: 100-continue", "Expect: 100-continue", "Expect: 200-ok"})
    void shouldAnswerTheFirstOfManyRequestsAlone(String header) throws Exception {
        bob.change("handshakeTimeoutSeconds", 60);
        String request = "POST /ippan HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n";
        try (Socket stranger = new Socket("127.0.0.1", bob.webSocketAddress("ws").port())) {
            stranger.setSoTimeout(5_000);
            stranger.getOutputStream().write(request.repeat(3).getBytes(StandardCharsets.US_ASCII));

            String answers = new String(stranger.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answers.startsWith("HTTP/1.1 400 "), answers);
            assertEquals(0, answers.lastIndexOf("HTTP/1.1"), answers);
        }
        assertOnlyTheStrangerHasGone();
    }

    /** Otherwise they would keep a thread busy for as long as the handshake may take, and those of a peer for ever. */
    @ParameterizedTest
    @CsvSource({"empty fragments, 0x00", "pings, 0x89", "pongs, 0x8A"})
    void shouldEndAStreamOfFramesThatCarryNothing(String what, String type) throws Exception {
        bob.change("handshakeTimeoutSeconds", 60);
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        flood.writeBytes(fragment(BINARY, (byte) 0x16));
        for (int i = 0; i < FLOOD; i++) {
            flood.writeBytes(fragment(Integer.decode(type)));
        }
        try (Socket stranger = upgraded()) {
            stranger.getOutputStream().write(flood.toByteArray());

            assertOnlyTheStrangerHasGone();
        }
    }

    /** One byte of a record of TLS in each. */
    @Test
    void shouldEndFragmentsThatGoOnForLongerThanAHandshakeMay() throws Exception {
        bob.change("handshakeTimeoutSeconds", 1);
        long begin = System.nanoTime();
        try (Socket stranger = upgraded()) {
            stranger.getOutputStream().write(fragment(BINARY, new byte[] {0x16, 3, 1, 0x40, 0, 1, 0, 0x3F, 0}));
            while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10)) {
                stranger.getOutputStream().write(fragment(CONTINUATION, (byte) 7));
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (IOException e) {
            assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5), e.toString());
        }
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5));
        assertOnlyTheStrangerHasGone();
    }
}
