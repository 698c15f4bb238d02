// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.node.IppanNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** The page of a node whose other bundles are stopped, all of them, and started again while a browser shows it. */
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
            node.subscribe("news", message -> { });
            browser.open("http://" + node.httpAddress().orElseThrow() + "/");
            browser.awaitText("#health", "warn");
            browser.awaitText("#verdict-title", "This node has no peers yet.");
            browser.awaitText("#verdict-more", "Dial another node under Peers");

            for (Bundle bundle : others) {
                bundle.stop();
            }

            browser.awaitText("#health", "fail");
            browser.awaitText("#verdict-title", "This node takes no part in the network.");
            for (String service : List.of("Transport", "PeerDirectory", "Gossip")) {
                browser.awaitText("#wrong", service + " is absent.");
            }
            browser.find(".tabs [href='#/node']").click();
            browser.awaitText("#doctor-time", "the doctor is absent");
            browser.awaitText("#node-address", "nothing");
            assertEquals("Web", browser.text("#numbers summary"));

            for (Bundle bundle : others) {
                bundle.start();
            }

            browser.awaitText("#node-address", "127.0.0.1:");
            browser.awaitText("#numbers", "Gossip");
            browser.find(".tabs [href='#/overview']").click();
            browser.awaitText("#wrong", "0 peers connected");
            assertFalse(browser.text("#wrong").contains("absent"));
            node.set(OURS + "survey", "share", "off");
            browser.find(".tabs [href='#/network']").click();
            browser.awaitText("#network-unshared", "tells the others nothing, and is silent to them: share is off.");
            browser.find(".tabs [href='#/topics']").click();
            browser.awaitText("#everywhere", "news");
            assertEquals(List.of(), browser.complaints());

            ours(node).filter(bundle -> !others.contains(bundle)).findFirst().orElseThrow().stop();
            browser.awaitText("#health", "no answer");
            browser.awaitText("#offline", "The node does not answer since ");
            browser.awaitText("#wrong", "0 peers connected");
        }
    }

    private static List<Bundle> others(IppanNode node) {
        return ours(node).filter(bundle -> !bundle.getSymbolicName().equals(OURS + "web")).toList();
    }

    private static Stream<Bundle> ours(IppanNode node) {
        return Arrays.stream(node.bundleContext().getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith(OURS));
    }
}
