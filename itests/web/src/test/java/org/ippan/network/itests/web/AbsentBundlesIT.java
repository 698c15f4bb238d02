// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ippan.network.node.IppanNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The page of a node whose other bundles are stopped, one and all, and started again while somebody looks. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
class AbsentBundlesIT {

    private static final String OURS = "org.ippan.network.";

    @Test
    void shouldSayWhoIsAbsentAndShowThemAgainWhenTheyAreBack() throws BundleException {
        try (IppanNode node = IppanNode.builder().listen("127.0.0.1", 0).http("127.0.0.1", 0).start();
                Browser browser = Browser.start()) {
            List<Bundle> others = others(node);
            assertTrue(others.size() > 7, others.toString());
            browser.open("http://" + node.httpAddress().orElseThrow() + "/");
            browser.awaitText("#health", "serving");
            browser.awaitText("#settings", "gossip");

            for (Bundle bundle : others) {
                bundle.stop();
            }

            browser.awaitText("#health", "not serving");
            for (String service : List.of("Transport", "PeerDirectory", "Gossip")) {
                browser.awaitText("#reasons", service + " is absent.");
            }
            browser.awaitText("#doctor-time", "the doctor is absent");
            browser.awaitText("#node-address", "nothing");
            assertEquals("Web", browser.text("#numbers summary"));

            for (Bundle bundle : others) {
                bundle.start();
            }

            browser.awaitText("#node-address", "127.0.0.1:");
            browser.awaitText("#numbers", "Gossip");
            browser.awaitText("#reasons", "0 peers connected");
            assertFalse(browser.text("#reasons").contains("absent"));
            assertEquals(List.of(), browser.complaints());
        }
    }

    private static List<Bundle> others(IppanNode node) {
        return Arrays.stream(node.bundleContext().getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith(OURS)
                        && !bundle.getSymbolicName().equals(OURS + "web")).toList();
    }
}
