// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.Programs;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Little memory, and peers that use up what they can. {@code -Dflood.messages=10000000} floods for longer. */
@Tag(Nodes.WAITING)
class MemoryIT {

    private static final int MESSAGES = Integer.getInteger("flood.messages", 300_000);
    private static final int RECONNECTS = 200;
    private static final int PAUSE_MILLIS = 20;
    private static final int CACHED = 20_000;
    private static final int IDS_A_FRAME = 1000;
    private static final int STRANGERS = 50;
    private static final int PRIORITIES = 3;
    private static final int NUMBERS = 4500;
    private static final int NUMBER_OFFSET = 20;
    /** With shares five times as large 20 s were not enough to end a node on a busy machine. */
    private static final int ONSLAUGHT_SECONDS = Integer.getInteger("onslaught.seconds", 50);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** The last word on the heap, whatever the command line says. */
    private NodeProcess node(String heap) {
        return nodes.prefixed(List.of("env", "_JAVA_OPTIONS=-Xmx" + heap), "node", "--set",
                "org.ippan.network.transport:tls=false");
    }

    private static void flood(WirePeer peer, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            peer.send(WirePeer.GOSSIP, WireFrames.message("flood", i + 1, 8));
        }
        peer.flush();
    }

    @Test
    void shouldEndWithALineAndACodeWhereMemoryIsOut() {
        NodeProcess node = node("6m");

        assertEquals(3, node.exitCode(Nodes.SOON.multipliedBy(3)), node.err());
        assertTrue(node.err().contains("ippan-node: ERROR out of memory; stopping with exit code 3. Give the process"
                + " a larger heap (java -Xmx)"), node.err());
    }

    /** It once stood there for ever, without a thread that did anything: to say why takes memory, too. */
    @Test
    void shouldEndWithACodeThoughNotAByteIsLeft() throws Exception {
        Path out = nodes.path("out");
        Path err = nodes.path("err");
        Process program = new ProcessBuilder(Programs.java("-Xmx64m", "-cp", Nodes.JAR + File.pathSeparator
                + Path.of("target", "test-classes"), ExhaustedProgram.class.getName(), "run", "--listen",
                Nodes.ANY_PORT, "--data", nodes.path("node").toString()))
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (OutputStream input = program.getOutputStream()) {
            Eventually.until("it is up", Nodes.SOON, () -> Nodes.lines(out).toString().contains("READY"));
            input.write('x');
            input.flush();

            assertTrue(program.waitFor(2 * Nodes.SOON.toSeconds(), TimeUnit.SECONDS), () -> "it stands still: "
                    + Nodes.lines(err));
            assertEquals(3, program.exitValue());
        } finally {
            program.destroyForcibly();
        }
    }

    /** Each sends one message over and over, with the next number each time: ids of publishers are kept. */
    @Test
    void shouldServeOthersThoughManyStrangersNumberMessages() throws IOException {
        NodeProcess node = node("64m").awaitReady();
        List<WirePeer> strangers = new ArrayList<>();
        try {
            for (int i = 1; i <= STRANGERS; i++) {
                WirePeer stranger = WirePeer.dial("127.20." + i + ".1", node.listen(), false);
                strangers.add(stranger);
                stranger.shakeHands("default", 0);
                for (int priority = 0; priority < PRIORITIES; priority++) {
                    number(stranger, priority);
                }
                stranger.flush();
            }
            try (WirePeer other = WirePeer.connect(node.listen(), "default")) {
                Eventually.until("the other is served", Nodes.SOON, () -> other.heard(WirePeer.PING) > 0);
            }
        } finally {
            strangers.forEach(WirePeer::close);
        }

        assertTrue(!node.err().contains("OutOfMemory") && !node.err().contains("ERROR"), node.err());
        node.terminate();
        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
    }

    /** All that has a bound of its own, and the longest messages: the sum of all is what has to fit. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldServeOthersThoughStrangersFillAllAtOnce(boolean tls) throws Exception {
        NodeProcess node = nodes.prefixed(List.of("env", "_JAVA_OPTIONS=-Xmx64m"), "node", "--set",
                "org.ippan.network.transport:tls=" + tls).awaitReady();
        try (Onslaught onslaught = new Onslaught(node.listen(), tls, STRANGERS + 10)) {
            TimeUnit.SECONDS.sleep(ONSLAUGHT_SECONDS);
            assertTrue(onslaught.rounds() > 0 && node.alive(), node.err());
        }
        try (WirePeer other = WirePeer.dial("127.99.0.1", node.listen(), tls)) {
            other.shakeHands("default", 0);
            Eventually.until("the other is served", Nodes.SOON, () -> other.heard(WirePeer.PING) > 0);
        }

        assertTrue(!node.err().contains("OutOfMemory") && !node.err().contains("ERROR"), node.err());
        node.terminate();
        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
    }

    private static void number(WirePeer stranger, int priority) throws IOException {
        for (long number = 1; number <= NUMBERS; number++) {
            byte[] message = WireFrames.message("numbered", 1, 8);
            message[1] = (byte) priority;
            ByteBuffer.wrap(message).putLong(NUMBER_OFFSET, number);
            stranger.send(WirePeer.GOSSIP, message);
        }
    }

    @Test
    void shouldServeOthersAfterAStrangersFloodInASmallHeap() throws IOException {
        NodeProcess node = node("64m").awaitReady();
        try (WirePeer stranger = WirePeer.connect(node.listen(), "default")) {
            flood(stranger, MESSAGES);
            Eventually.until("the stranger is heard", Nodes.SOON.multipliedBy(3),
                    () -> stranger.heard(WirePeer.PING) > 0);

            try (WirePeer other = WirePeer.connect(node.listen(), "default")) {
                Eventually.until("the other is served", Nodes.SOON, () -> other.heard(WirePeer.PING) > 0);
            }
        }

        assertTrue(!node.err().contains("OutOfMemory") && !node.err().contains("ERROR"), node.err());
        node.terminate();
        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
    }

    @Test
    void shouldTellLittleToPeersThatReconnectWithoutEnd() throws Exception {
        NodeProcess node = node("192m").awaitReady();
        long told = 0;
        long begun = System.nanoTime();
        try (WirePeer publisher = WirePeer.connect(node.listen(), "default")) {
            flood(publisher, CACHED);
            for (int i = 0; i < RECONNECTS; i++) {
                try (WirePeer again = WirePeer.connect(node.listen(), "default")) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    told += again.heard(WirePeer.IHAVE);
                } catch (UncheckedIOException e) {
                    // Not let in this time: an address has a share of what is accepted.
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;

        long lines = node.err().lines().filter(line -> line.contains("Peer ")).count();
        assertTrue(lines <= 10 * (seconds + 1), lines + " lines in " + seconds + " s");
        assertTrue(told * IDS_A_FRAME <= 2 * CACHED + 100_000 * (seconds + 1), told + " frames in " + seconds + " s");
    }
}
