// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.testkit.Eventually;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The page where none of the bundles is that it shows: it runs, needs nobody, and says who is absent. That its Netty is
 * its own, neither imported nor exported, is in the rules of {@code itests/architecture}.
 */
public class WebAloneIT {

    private static final String WEB = "org.ippan.network.web";

    private static PlainFelix felix;
    private static Bundle web;

    @BeforeClass
    public static void start() throws Exception {
        felix = new PlainFelix(Container.TARGET.resolve("felix").resolve(WebAloneIT.class.getSimpleName()));
        felix.configure(WEB, "listenAddress", "127.0.0.1:0");
        web = felix.start(List.of(WEB)).get(0);
        Eventually.until("the page is there", NodeInside.SOON, () ->
                felix.context().getServiceReference(SnapshotSource.class) != null && !address().isEmpty());
    }

    @AfterClass
    public static void stop() {
        felix.close();
    }

    private static String address() {
        return ((WebSnapshot) felix.service(SnapshotSource.class).snapshot()).boundAddress();
    }

    private static void assertAnswers(int status, String path, String... parts) {
        Http page = new Http("http://" + address() + "/", "");
        String answer = page.get(path);
        assertEquals(path + ": " + answer, status, page.status(path));
        for (String part : parts) {
            assertTrue(path + " lacks " + part + ": " + answer, answer.contains(part));
        }
    }

    @Test
    public void shouldNeedNobodyButTheFrameworkWithTheApiAndScrAndLogging() {
        Set<String> needed = web.adapt(BundleWiring.class).getRequiredWires(null).stream().map(BundleWire::getProvider)
                .map(provider -> provider.getBundle().getSymbolicName()).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of("org.apache.felix.framework", "org.apache.felix.scr", "slf4j.api"), needed);
        assertEquals(List.of(WEB), Arrays.stream(felix.context().getBundles()).map(Bundle::getSymbolicName)
                .filter(name -> name.startsWith("org.ippan.")).toList());
    }

    @Test
    public void shouldServeEverythingThatNeedsNobodyElse() {
        assertAnswers(200, "", "<title>ippan node</title>");
        assertAnswers(200, "main.js", "poll(show, failed)");
        assertAnswers(200, "health/live", "\"status\":\"ok\"");
        assertAnswers(200, "metrics", "ippan_web_requests_total");
        assertAnswers(200, "api/v1/settings", "\"pid\":\"org.ippan.network.web\"");
    }

    @Test
    public void shouldTellWhoIsAbsent() {
        String[] absent = {"Transport is absent.", "PeerDirectory is absent.", "Gossip is absent."};
        assertAnswers(503, "health/ready", absent);
        assertAnswers(200, "api/v1/node", absent);
        assertAnswers(503, "api/v1/peers", "PeerDirectory is absent: the bundle org.ippan.network.peers is"
                + " stopped, being updated or not installed");
        assertAnswers(200, "api/v1/doctor", "\"present\":false");
    }
}
