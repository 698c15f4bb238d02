// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ippan.network.testkit.process.Programs;
import org.junit.Assume;
import org.junit.Test;

/**
 * A node on a machine without a network, and then with one where nothing is as it should be. Only root can make such a
 * machine; elsewhere this is left out.
 */
public class NoNetworkIT {

    private static final Path SCRIPT = Path.of("src", "test", "resources", "no-network.sh");
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    @Test
    public void shouldSayWhatIsMissingOnAMachineWithoutANetwork() throws Exception {
        Assume.assumeTrue("no network can be made", new ProcessBuilder("unshare", "--net", "ip", "link", "set", "lo",
                "up").start().waitFor() == 0);
        Path folder = Files.createDirectories(NoNetwork.FOLDER);

        List<String> said = Programs.inNetworkOf(SCRIPT, NoNetwork.class, folder, AT_MOST);

        assertEquals(String.join("\n", said), NoNetwork.ALL_IS_SAID, said.get(said.size() - 1));
    }
}
