// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program ends without closing its node: by {@code System.exit} inside a callback, or by a signal. */
@Tag(Nodes.WAITING)
class ExitIT {

    private static final Path CLASSES = Path.of("target", "test-classes");

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final AtomicInteger got = new AtomicInteger();
    private IppanNode paris;
    private Process program;
    private Path out;
    private Path err;

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    private void start(String data) throws IOException {
        paris = nodes.embed("paris");
        paris.subscribe(ExitingProgram.LAST, message -> got.incrementAndGet());
        out = nodes.path("out");
        err = nodes.path("err");
        program = new ProcessBuilder(Programs.java("-Xmx192m", "-cp", Nodes.JAR + File.pathSeparator + CLASSES,
                ExitingProgram.class.getName(), data, Nodes.address(paris)))
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        Nodes.awaitPeers(paris, 1);
        Eventually.until(() -> "it is ready: " + text(out) + text(err), Nodes.SOON,
                () -> text(out).contains("READY"));
    }

    private static String text(Path file) {
        return String.join("\n", Nodes.lines(file));
    }

    private void publish(String topic) {
        assertTrue(paris.gossip().publish(Message.of(Topic.of(topic), new byte[1])).accepted());
    }

    private int exitCode() throws InterruptedException {
        assertTrue(program.waitFor(Nodes.SOON.toSeconds(), TimeUnit.SECONDS), () -> text(err));
        return program.exitValue();
    }

    @Test
    void shouldHandOverAndSaveEverythingWhenAListenerEndsTheJvm() throws Exception {
        start(nodes.path("data").toString());

        publish(ExitingProgram.EXIT);

        assertEquals(ExitingProgram.CODE, exitCode(), text(err));
        assertTrue(text(err).contains("ippan-node: application code called System.exit inside a callback: "
                + ExitingProgram.class.getName() + "."), text(err));
        assertTrue(text(err).contains(", thread ippan-gossip-"), text(err));
        assertTrue(text(err).contains("; the node stops first"), text(err));
        assertTrue(text(err).contains("this program ends: no node starts in it any more"), text(err));
        Eventually.until(() -> got + " of " + ExitingProgram.MESSAGES, Nodes.SOON,
                () -> got.get() == ExitingProgram.MESSAGES);
        assertTrue(nodes.embed("data").service(ReputationManager.class).shouldBan(ExitingProgram.BANNED));
    }

    @Test
    void shouldRemoveItsTemporaryDirectoryWhenASignalEndsTheJvmWhileItStarts() throws Exception {
        Path folder = Files.createDirectories(nodes.path("temporary"));
        out = nodes.path("out");
        err = nodes.path("err");
        program = new ProcessBuilder(Programs.java("-Xmx192m", "-Djava.io.tmpdir=" + folder, "-cp", Nodes.JAR
                + File.pathSeparator + CLASSES, StartingProgram.class.getName()))
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        Eventually.until("it has begun", Nodes.SOON, () -> Nodes.isTemporaryIn(folder));

        program.toHandle().destroy();

        exitCode();
        assertFalse(Nodes.isTemporaryIn(folder), text(err));
    }

    @Test
    void shouldRemoveItsTemporaryDirectoryAndSayGoodbyeWhenASignalEndsTheJvm() throws Exception {
        start("");
        String data = text(out).replaceFirst("(?s).*DATA (\\S+).*", "$1");
        assertTrue(Files.exists(Path.of(data, "lock")), data);

        program.toHandle().destroy();

        exitCode();
        assertFalse(Files.exists(Path.of(data)), data);
        assertEquals("", text(err).lines().filter(line -> line.contains("System.exit")).findAny().orElse(""));
        Eventually.until(() -> "it left: " + paris.peers().peers(), Nodes.SOON, () -> paris.peers().peers().stream()
                .allMatch(peer -> peer.health() == PeerHealth.LEFT));
    }
}
