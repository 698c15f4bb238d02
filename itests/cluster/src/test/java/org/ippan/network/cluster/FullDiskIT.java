// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a node says of a disk without room, or one that it may only read. Each process has a small file system of its
 * own in the place of its data directory, which ends with it. Only root can make one; elsewhere these tests are left
 * out.
 */
@Tag(Nodes.WAITING)
class FullDiskIT {

    private static final String FULL = ": No space left on device";
    private static final String RUN = "exec \"$@\"";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private Path disk;

    @BeforeEach
    void place() throws Exception {
        disk = Files.createDirectories(nodes.path("node"));
        Assumptions.assumeTrue(new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", disk.toString())
                .start().waitFor() == 0, "no file system can be made");
    }

    /** A node with a disk of its own, made and changed by a shell that then runs it. */
    private NodeProcess on(String size, String commands, String... arguments) {
        return nodes.prefixed(List.of("unshare", "-m", "sh", "-c", mount(size, disk) + commands, "sh"), "node",
                arguments);
    }

    private static String mount(String size, Path place) {
        return "mount -t tmpfs -o mode=700,size=" + size + " tmpfs " + place + "\n";
    }

    private static String fill(Path place) {
        return "cat /dev/zero 2>&1 > " + place + "/fill | true\n";
    }

    @Test
    void shouldSayThatTheBundlesHaveNoRoom() {
        NodeProcess node = on("64k", RUN);

        assertEquals(1, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().startsWith("ippan-node: a bundle does not start: ") && node.err().contains(FULL
                + ". It keeps files in the data directory: make room there, or the folder writable\n"), node.err());
    }

    @Test
    void shouldLeaveNoPartOfAKey() {
        NodeProcess node = on("4k", fill(disk) + "\"$@\"\ncode=$?\nls " + disk + " > " + disk + ".left\nexit $code",
                "--new-key", disk.resolve("key").toString());

        assertEquals(2, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().endsWith("ippan-node: --new-key: " + disk.resolve("key") + FULL + "\n"), node.err());
        assertEquals(List.of("fill"), Nodes.lines(Path.of(disk + ".left")));
    }

    @Test
    void shouldSayThatItMayOnlyRead() {
        NodeProcess node = on("1m", "mount -o remount,ro " + disk + "\n" + RUN);

        assertEquals(1, node.exitCode(Nodes.SOON), node.err());
        String why = "ippan-node: cannot use the data directory " + disk + ": " + disk;
        assertTrue(node.err().startsWith(why) && node.err().contains(": Read-only file system"), node.err());
    }

    @Test
    void shouldRunWithoutRoomForItsState() {
        Path state = disk.resolve("state");
        NodeProcess node = on("4m", "mkdir -m 700 " + state + "\n" + mount("4k", state) + fill(state) + RUN);

        node.awaitReady();
        Eventually.until(() -> "it says so: " + node.err(), Nodes.SOON, () -> node.err().contains("the identity cannot"
                + " be written to ") && node.err().contains(FULL + "): the node becomes another one at its next start."
                        + " Make room, or the folder writable, and restart"));
        node.terminate();
        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
        assertFalse(node.err().contains("Exception"), node.err());
    }
}
