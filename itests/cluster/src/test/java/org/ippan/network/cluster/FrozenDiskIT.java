// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a node says of a disk that hangs, as one in a network may: the file system of its scores is frozen while peers
 * are judged. Only root can mount and freeze one; elsewhere this is left out.
 */
@Tag(Nodes.WAITING)
class FrozenDiskIT {

    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rwx------"));
    private static final long DISK_BYTES = 16 << 20;
    private static final int MOST_WAITING = 10_000;
    /** So many invalid messages bring a warning. */
    private static final int WARNED = 5;
    /** Longer than this test takes; a frozen file system would outlive it. */
    private static final int GUARD_SECONDS = 180;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private Path disk;
    private Process guard;

    private static boolean runs(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor() == 0;
    }

    @BeforeEach
    void mount() throws Exception {
        Assumptions.assumeTrue(runs("sh", "-c", "[ $(id -u) = 0 ] && command -v mkfs.ext4 && command -v fsfreeze"),
                "no disk can be made");
        disk = Files.createDirectories(nodes.path("node").resolve("state").resolve("reputation"), PRIVATE);
        Path image = nodes.path("disk");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(DISK_BYTES);
        }
        Assumptions.assumeTrue(runs("mkfs.ext4", "-q", "-F", image.toString())
                && runs("mount", "-o", "loop", image.toString(), disk.toString()), "no disk can be mounted");
        guard = new ProcessBuilder("sh", "-c", "sleep " + GUARD_SECONDS + "; fsfreeze -u \"$0\"; umount -l \"$0\"",
                disk.toString()).start();
        Files.setPosixFilePermissions(disk, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void thaw() throws Exception {
        if (guard != null) {
            runs("fsfreeze", "-u", disk.toString());
            runs("umount", "-l", disk.toString());
            guard.destroy();
        }
    }

    private static void warn(ReputationManager reputation, int number) {
        for (int i = 0; i < WARNED; i++) {
            reputation.recordInvalid(PeerId.of(number, 1, 2, 3), Cause.PROTOCOL_ERROR);
        }
    }

    private static boolean hangs() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().equals("ippan-reputation-timer"))
                .anyMatch(each -> Arrays.stream(each.getValue())
                        .anyMatch(frame -> frame.getClassName().endsWith(".ScoreStore")));
    }

    @Test
    void shouldSayThatDecisionsAreNotToldWhileTheDiskHangs() throws Exception {
        IppanNode node = nodes.embed("node");
        ReputationManager reputation = node.service(ReputationManager.class);
        assertTrue(runs("fsfreeze", "-f", disk.toString()), "it is frozen");

        warn(reputation, 0);
        Eventually.until("the scores are being saved", Nodes.SOON, FrozenDiskIT::hangs);
        for (int number = 1; number <= MOST_WAITING + 1; number++) {
            warn(reputation, number);
        }

        logged.says("WARN ", MOST_WAITING + " decisions wait to be told, further ones are not told: saving the scores"
                + " takes too long");
        node.close();
        logged.says("WARN ", "the timer does not stop: the newest scores are not saved");
    }
}
