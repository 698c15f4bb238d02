// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A publisher ten times as fast as its only link is told to wait, keeps within a small heap, and loses nothing. */
class PressureIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    /** Both wait alike in the kernel's buffers; LOW hardly waits in the log before them, as its window is short. */
    private static final double OVERTAKEN = 3;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldTellAFastPublisherToWaitAndLoseNothingItTook() throws Exception {
        IppanNode receiver = nodes.embed("receiver");
        receiver.set(TRANSPORT, "inboundBytesPerSecond", "1048576");
        Delays low = new Delays();
        Delays high = new Delays();
        receiver.subscribe(FastPublisher.LOW, low);
        receiver.subscribe(FastPublisher.HIGH, high);
        Path out = nodes.path("publisher.out");
        Process publisher = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx128m",
                "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FastPublisher.class.getName(), Nodes.address(receiver))
                .redirectOutput(out.toFile()).redirectError(nodes.path("publisher.err").toFile()).start();
        try {
            Eventually.until(() -> "the publisher is done: " + Nodes.lines(nodes.path("publisher.err")), Nodes.SOON,
                    () -> said(out).isPresent() || !publisher.isAlive());
            String[] words = said(out).orElseThrow(() -> new AssertionError("it ended: "
                    + Nodes.lines(nodes.path("publisher.err")))).split(" ");
            int lowTaken = Integer.parseInt(words[1]);
            int highTaken = Integer.parseInt(words[2]);
            int refused = Integer.parseInt(words[3]);
            double lowMillis = low.millis(50);
            double highMillis = high.millis(50);
            receiver.set(TRANSPORT, "inboundBytesPerSecond", "0");
            Eventually.until(() -> low.count() + " of " + lowTaken + " and " + high.count() + " of " + highTaken,
                    Nodes.SOON, () -> low.count() == lowTaken && high.count() == highTaken);

            System.out.printf("%d LOW, %d HIGH taken, %d refused; p50 of LOW %.0f ms, of HIGH %.0f ms, p99 %.0f ms%n",
                    lowTaken, highTaken, refused, lowMillis, highMillis, high.millis(99));
            assertTrue(refused > lowTaken, refused + " refused");
            assertTrue(highMillis < lowMillis * OVERTAKEN, "HIGH waits behind LOW");
            assertTrue(publisher.isAlive(), "it ran out of memory: " + Files.readString(out));
        } finally {
            publisher.destroyForcibly().waitFor();
        }
    }

    private static Optional<String> said(Path out) {
        return Nodes.lines(out).stream().filter(line -> line.startsWith(FastPublisher.DONE)).findFirst();
    }
}
