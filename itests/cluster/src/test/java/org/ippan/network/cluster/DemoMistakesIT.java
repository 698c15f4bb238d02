// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the demo says when it cannot be shown. What it says while its nodes change under it is in {@link DemoAcceptance}
 * and {@link StandstillAcceptance}; what it shows when all is well is in the tests of the page.
 */
@Tag(Nodes.WAITING)
class DemoMistakesIT {

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private void refuses(int code, String why, String option, String value) {
        NodeProcess demo = nodes.command("demo", "demo", "--once", option, value, "--output=" + nodes.path("output"));

        assertEquals(code, demo.exitCode(Nodes.SOON), demo.err());
        assertTrue(demo.err().contains("ippan-node: " + why), why + " in " + demo.err());
        assertFalse(demo.err().contains("Exception"), demo.err());
    }

    @Test
    void shouldSayWhatIsWrongWithItsArguments() {
        refuses(2, "--nodes is a whole number from 2 to 50, not '1'", "--nodes", "1");
        Refused.as("--nodes is a whole number from 2 to 50, not 'many'", "demo", "--nodes", "many");
        Refused.as("--output may be given once", "demo", "--output", "one", "--output", "elsewhere");
        Refused.as("unknown argument '--peers'", "demo", "--peers", "127.0.0.1:1");
    }

    @Test
    void shouldSayWhatIsWrongWithItsFiles() throws Exception {
        Path gone = nodes.path("gone");
        Path folder = Files.createDirectory(nodes.path("folder"));
        Path longLine = Files.writeString(nodes.path("long"), "short\n" + "x".repeat(20_000_000) + "\n");

        refuses(1, "--input: " + gone + ": there is no such file or folder", "--input", gone.toString());
        refuses(1, "--input: " + folder + ": Is a directory", "--input", folder.toString());
        refuses(1, "--input: " + longLine + ": line 2 has 20000000 bytes, more than any message may have", "--input",
                longLine.toString());
        Files.deleteIfExists(nodes.path("output"));
        Files.writeString(nodes.path("output"), "a file in the place of the folder");
        refuses(1, "--output: " + nodes.path("output") + ": something else is there already", "--nodes", "2");
    }
}
