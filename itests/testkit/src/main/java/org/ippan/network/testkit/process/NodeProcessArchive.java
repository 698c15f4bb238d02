// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.testkit.Eventually;

/**
 * The node's classes as a JVM has them in memory, beside the jar that the build made. The processes of tests share it:
 * half of what they do is to start, and most of that is to load classes.
 */
final class NodeProcessArchive {

    private static final long SECONDS_TO_MAKE = 120;
    private static final String NAME = "ippan-node.jsa";

    private NodeProcessArchive() {
    }

    /** What a JVM that runs the jar is told of the archive; nothing for jars that tests made themselves. */
    static synchronized List<String> options(Path jar) throws IOException {
        Path folder = jar.toRealPath().getParent();
        if (!folder.endsWith("target")) {
            return List.of();
        }
        Path archive = folder.resolve(NAME);
        try (FileChannel channel = FileChannel.open(folder.resolve(NAME + ".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock mine = channel.lock()) {
            if (mine.isValid() && !isOf(archive, jar)) {
                make(archive, jar);
            }
        }
        // A JVM that cannot use it goes without, and need not say so.
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off");
    }

    private static boolean isOf(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    /** Runs a node that is told to stop as soon as it has started: told before, it would leave the rest out. */
    private static void make(Path archive, Path jar) throws IOException {
        Path made = archive.resolveSibling(NAME + ".new");
        Path said = archive.resolveSibling(NAME + ".out");
        Process node = new ProcessBuilder(Programs.java("-XX:ArchiveClassesAtExit=" + made, "-Xlog:cds*=off", "-jar",
                jar.toRealPath().toString(), "run", "--listen", "127.0.0.1:0", "--jmx", "0", "--http", "127.0.0.1:0",
                "--until-stdin-closes")).redirectErrorStream(true)
                .redirectOutput(said.toFile()).start();
        try {
            Eventually.until("the node is ready: see " + said, Duration.ofSeconds(SECONDS_TO_MAKE),
                    () -> !node.isAlive() || isReady(said));
            node.getOutputStream().close();
            if (!node.waitFor(SECONDS_TO_MAKE, TimeUnit.SECONDS) || node.exitValue() != 0) {
                throw new AssertionError("no archive is made of " + jar + ": see " + NAME + ".out beside it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            node.destroyForcibly();
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isReady(Path said) {
        try {
            return Files.readString(said).contains("READY id=");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
