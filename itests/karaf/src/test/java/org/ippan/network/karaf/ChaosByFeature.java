// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import org.ippan.network.testkit.Eventually;

/** Faults on purpose in a container that has a peer: a feature and one line of its file, and gone with the feature. */
final class ChaosByFeature {

    private static final String PID = "org.ippan.network.chaos";
    private static final String MADE = "5.00 % of messages from peers are lost on all links.";
    private static final String REFUSED = PID + ": dropInbound = 10001: must be a whole number from 0 to 10000";

    private final Ssh admin;
    private final ConfigFile file;

    ChaosByFeature(KarafProcess karaf, Ssh admin) {
        this.admin = admin;
        this.file = karaf.file(PID);
    }

    void check() throws IOException {
        assertEquals("", admin.run("feature:install ippan-network-chaos"));
        assertTrue("its keys are there as comments", file.lines().contains("# dropInbound = 0"));
        assertFalse("nothing happens by itself", said("ippan:doctor").contains("on purpose"));

        file.set("dropInbound", "500");
        await("This node makes faults on purpose for another 10 min: " + MADE);
        file.set("dropInbound", "10001");
        await(REFUSED);
        assertTrue("what was in force goes on", said("ippan:doctor").contains(MADE));
        String metrics = said("ippan:metrics --json Chaos");
        assertTrue(metrics, metrics.contains("\"active\":true") && metrics.contains("\"runs\":1"));

        assertEquals("", admin.run("feature:uninstall ippan-network-chaos"));
        Eventually.until("nothing is said of it", Installed.SOON, () -> !said("ippan:doctor").contains(PID));
        assertTrue("the link stays", said("ippan:peer-list --no-format").contains("\thealthy\t"));
        file.set("dropInbound", null);
    }

    private void await(String words) {
        Eventually.until(() -> words + " in\n" + said("ippan:doctor"), Installed.SOON,
                () -> said("ippan:doctor").contains(words));
    }

    private String said(String command) {
        try {
            return admin.run(command);
        } catch (IOException e) {
            // Not there yet, or being replaced.
            return "";
        }
    }
}
