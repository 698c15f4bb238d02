// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import org.ippan.network.testkit.Eventually;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The features in a stock Karaf: installed, managed over remote JMX and configured by their files. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class KarafIT {

    private static final String STRANGER = "ab".repeat(32);

    @Inject
    private BundleContext context;

    private Installed karaf;

    @Configuration
    public Option[] container() {
        return Container.options();
    }

    @Before
    public void install() {
        karaf = Installed.in(context);
    }

    @Test
    public void shouldTouchNoOtherBundle() {
        assertEquals(List.of(), karaf.touched());
        assertEquals(List.of(), Installed.inactive(context));
        assertTrue("the native library comes only if asked for", Arrays.stream(context.getBundles())
                .noneMatch(bundle -> bundle.getSymbolicName().contains("zstd")));
    }

    @Test
    public void shouldLogNothingAboveInfo() {
        assertEquals(List.of(), Installed.loud());
    }

    @Test
    public void shouldExchangeMessages() throws Exception {
        String said = karaf.admin().call("Node", "publishText", "from-karaf", "hello from Karaf");

        assertTrue(said, said.startsWith("Published "));
        Eventually.until(() -> "the message arrives: " + karaf.received(), Installed.SOON,
                () -> karaf.received().contains("hello from Karaf"));
    }

    @Test
    public void shouldDescribeAndShowEverythingToAViewer() throws Exception {
        List<String> wrong = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        for (ObjectName name : karaf.viewer().ours()) {
            types.add(name.getKeyProperty("type"));
            MBeanInfo info = karaf.viewer().server().getMBeanInfo(name);
            check(wrong, name + "", info.getDescription());
            for (MBeanAttributeInfo attribute : info.getAttributes()) {
                check(wrong, name + " " + attribute.getName(), attribute.getDescription());
                karaf.viewer().server().getAttribute(name, attribute.getName());
            }
            for (MBeanOperationInfo operation : info.getOperations()) {
                check(wrong, name + " " + operation.getName(), operation.getDescription());
                for (MBeanParameterInfo parameter : operation.getSignature()) {
                    check(wrong, name + " " + operation.getName() + " " + parameter.getName(),
                            parameter.getDescription());
                }
            }
        }

        assertEquals(List.of(), wrong);
        assertEquals(Set.of("Dedup", "Gossip", "Health", "Management", "Metrics", "Network", "Node", "Peer", "Peers",
                "Reputation", "Transport", "Web", "WebSocket"), types);
    }

    /** A description is a sentence, and a name is no "p1". */
    private static void check(List<String> wrong, String what, String description) {
        if (description == null || !description.matches("(?s)[A-Z0-9].{8,}\\.") || what.matches(".*\\bp\\d+")) {
            wrong.add(what + ": " + description);
        }
    }

    @Test
    public void shouldKeepAThresholdSetOverJmxInItsFile() throws Exception {
        karaf.admin().write("Reputation", "BanThreshold", -400);

        assertEquals(-400, karaf.viewer().read("Reputation", "BanThreshold"));
        Eventually.until("the file has the new value", Installed.SOON,
                () -> Installed.file("reputation").lines().contains("banThreshold = -400"));
        assertTrue("the comments are kept", Installed.file("reputation").lines().contains("# banThreshold = -500"));

        InvalidAttributeValueException refused = assertThrows(InvalidAttributeValueException.class,
                () -> karaf.admin().write("Reputation", "BanThreshold", 7));

        assertEquals("banThreshold = 7: must be a whole number from -1000 to -2", refused.getMessage());
        assertEquals(-400, karaf.viewer().read("Reputation", "BanThreshold"));
        assertTrue(Installed.file("reputation").lines().contains("banThreshold = -400"));
        assertEquals("", karaf.viewer().read("Reputation", "LastConfigError"));
    }

    @Test
    public void shouldAllowEachUserWhatTheDocumentsSayAndNothingElse() throws Exception {
        Map<String, Set<String>> allowed = new TreeMap<>();

        AccessTable.tryAll(karaf.viewer(), "viewer", allowed);
        AccessTable.tryAll(karaf.manager(), "manager", allowed);
        AccessTable.tryAll(karaf.admin(), "admin", allowed);

        assertEquals(AccessTable.documented(), allowed);
    }

    @Test
    public void shouldAnswerAnOperatorsQuestions() throws Exception {
        String paris = karaf.viewer().call("Node", "explainPeer", karaf.node().id());
        assertTrue(paris, paris.contains(" is connected: ") && paris.contains("Its certificate id is "
                + karaf.node().id() + "."));

        Installed.file("health").set("staleSeconds", "301");
        karaf.await("Health", "StaleSeconds", 301);
        assertEquals("org.ippan.network.health staleSeconds = 301 (" + Installed.file("health").path() + ")",
                karaf.viewer().call("Node", "settings", "staleSeconds"));
        Installed.file("health").set("staleSeconds", null);
        karaf.await("Health", "StaleSeconds", 300);
        assertEquals("org.ippan.network.health staleSeconds = 300 (default)",
                karaf.viewer().call("Node", "settings", "staleSeconds"));

        String examined = karaf.viewer().call("Node", "doctor");
        for (String well : List.of("OK   listener: The node listens on " + karaf.address() + " and is reached there",
                "OK   identity: The key at ", "OK   services: All", "OK   remote-jmx: ", "OK   file-descriptors: ",
                "OK   dedup-window: ", "OK   encryption: ", "OK   peers: 1 peer connected.")) {
            assertTrue(well + " in " + examined, examined.contains(well));
        }
        assertEquals(Map.of("ippan-network services", true), Installed.healthChecks(context, "live"));
        assertEquals(Map.of("ippan-network ready", true), Installed.healthChecks(context, "ready"));
        assertEquals(Map.of("ippan-network backlog", true, "ippan-network configuration", true,
                "ippan-network deduplication", true, "ippan-network peers", true, "ippan-network state", true),
                Installed.healthChecks(context, "state"));
        assertEquals("OK   limits: Nothing holds traffic back.", karaf.viewer().call("Node", "limits"));
    }

    @Test
    public void shouldTakeOverAnEditedFileWithoutLosingTheConnection() throws Exception {
        long closed = (Long) karaf.admin().read("Metrics", "ConnectionsClosed");

        Installed.file("health").set("checkIntervalSeconds", "20");
        Installed.file("gossip").set("announceMillis", "150");
        Installed.file("transport").set("maxPendingHandshakes", "99");

        karaf.await("Health", "CheckIntervalSeconds", 20);
        karaf.await("Gossip", "AnnounceMillis", 150);
        karaf.await("Transport", "MaxPendingHandshakes", 99);
        Installed.file("health").set("checkIntervalSeconds", null);
        karaf.await("Health", "CheckIntervalSeconds", 30);
        assertEquals(closed, karaf.admin().read("Metrics", "ConnectionsClosed"));
        assertEquals(1, karaf.admin().read("Node", "Connected"));
    }

    @Test
    public void shouldRefuseEveryBadValueInAFileUntilItIsCorrected() throws Exception {
        for (String bad : List.of("abc", "", "10s", "0x10", "12.7", "99999999999")) {
            refused("health", "Health", "staleSeconds", bad, "a whole number from ");
        }
        refused("metrics", "Metrics", "emaAlpha", "0,5", "a number from ");
        refused("gossip", "Gossip", "relayMode", "folded", "one of ");
        refused("management", "Management", "eventAdmin", "maybe", "true or false");

        assertEquals(300, karaf.viewer().read("Health", "StaleSeconds"));
        assertEquals("tree", karaf.viewer().read("Gossip", "RelayMode"));
        assertEquals(true, karaf.viewer().read("Management", "EventAdmin"));
        for (String part : List.of("health:staleSeconds", "metrics:emaAlpha", "gossip:relayMode",
                "management:eventAdmin")) {
            Installed.file(part.split(":")[0]).set(part.split(":")[1], null);
        }
        karaf.await("Node", "LastConfigErrors", "");
    }

    private void refused(String part, String bean, String key, String bad, String rule) throws Exception {
        Installed.file(part).set(key, bad);

        String told = "org.ippan.network." + part + ": " + key + (bad.isEmpty() ? " is empty" : " = " + bad)
                + ": must be " + rule;
        Eventually.until(() -> told + " is told", Installed.SOON, () -> karaf.text(bean, "LastConfigError")
                .startsWith(told) && Installed.logged(told));
    }

    @Test
    public void shouldLoseNothingWhileItsBundlesAreReplaced() throws Exception {
        Object handshakes = karaf.admin().read("Peers", "Handshakes");

        List<String> accepted = karaf.publishWhile(() -> {
            for (String part : List.of("dedup", "metrics", "health", "reputation", "gossip")) {
                Bundle bundle = Installed.bundle(context, part);
                bundle.stop();
                bundle.start();
                bundle.update();
            }
            return null;
        });

        assertTrue("published " + accepted.size(), accepted.size() > 100);
        Eventually.until(() -> "all of " + accepted.size() + " arrive", Installed.SOON,
                () -> karaf.received().containsAll(accepted));
        assertEquals("each once", accepted.size(), karaf.received().stream().filter(accepted::contains).count());
        assertEquals(handshakes, karaf.admin().read("Peers", "Handshakes"));
        assertEquals(1, karaf.admin().read("Node", "Connected"));
    }

    @Test
    public void shouldNameAPeerThatHasAFileOfItsOwn() throws Exception {
        ObjectName paris = new ObjectName(Jmx.DOMAIN + "type=Peer,name=paris");
        ConfigFile file = Installed.file("peers.peer-paris");

        file.set("address", karaf.node().listen());

        Eventually.until("the peer is called paris", Installed.SOON, () -> karaf.has(paris));
        assertEquals(karaf.node().id(), karaf.viewer().server().getAttribute(paris, "Id"));
        assertEquals(true, karaf.viewer().server().getAttribute(paris, "Configured"));

        Files.delete(file.path());

        Eventually.until("the peer is called paris no more", Installed.SOON, () -> !karaf.has(paris));
        karaf.awaitPeer();
    }

    @Test
    public void shouldFailClosedWithAnInvalidSecurityKey() throws Exception {
        failsClosed("transport", "tls", "maybe");
        failsClosed("peers", "mode", "alowlist");
    }

    private void failsClosed(String part, String key, String bad) throws Exception {
        Installed.file(part).set(key, bad);

        karaf.await("Node", "BoundAddress", "");
        assertTrue(karaf.text("Node", "Refusal") + karaf.text("Node", "LastConfigErrors"),
                karaf.text("Node", "LastConfigErrors").contains(key + " = " + bad));

        Installed.file(part).set(key, null);

        karaf.awaitNode();
        assertEquals("", karaf.viewer().read("Node", "LastConfigErrors"));
        karaf.awaitPeer();
    }

    @Test
    public void shouldKeepIdentityAndBansWhenInstalledAgain() throws Exception {
        Object id = karaf.admin().read("Node", "Id");
        karaf.admin().call("Reputation", "ban", STRANGER, 0L, "a test");
        ObjectName features = new ObjectName("org.apache.karaf:type=feature,name=root");

        for (String feature : Installed.FEATURES) {
            karaf.admin().invoke(features, "uninstallFeature", feature);
        }

        assertEquals(Set.of(), karaf.admin().ours());
        assertEquals(List.of(), karaf.touched());

        karaf.admin().invoke(features, "installFeature", Installed.FEATURES.get(0));

        karaf.awaitNode();
        assertEquals(id, karaf.admin().read("Node", "Id"));
        String explanation = karaf.admin().call("Node", "explainPeer", STRANGER);
        assertTrue(explanation, explanation.contains("banned") && explanation.contains("a test"));
        assertTrue(Installed.file("transport").lines().contains("listenAddress = 127.0.0.1:9700-9709"));
        karaf.awaitPeer();
    }
}
