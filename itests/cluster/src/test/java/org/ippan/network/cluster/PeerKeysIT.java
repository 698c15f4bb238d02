// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bad keys of a configured peer, which has a configuration of its own: refused and told wherever they are written. */
@Tag(Nodes.WAITING)
class PeerKeysIT {

    private static final String PEER = "org.ippan.network.peers.peer~";
    private static final String PARIS = PEER + "paris";
    private static final String ADDRESS_RULE = ": must be an address like host:port, the port not 0";
    private static final String ID_RULE = ": must be a peer id of 64 hex digits";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldEndWithTwoForABadKeyOfTheCommandLine() {
        Map<String, String> refused = Map.of("paris:address=nonsense", "paris: address = nonsense" + ADDRESS_RULE,
                "rome:address=127.0.0.1:0", "rome: address = 127.0.0.1:0" + ADDRESS_RULE,
                "tokyo:peerId=12", "tokyo: peerId = 12" + ID_RULE);
        NodeProcess node = nodes.launch("node", Nodes.ANY_PORT, refused.keySet().stream()
                .flatMap(setting -> Stream.of("--set", PEER + setting)).toArray(String[]::new));
        assertEquals(2, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().contains("ippan-node: refused: " + PEER), node.err());
        refused.values().forEach(why -> assertTrue(node.err().contains(PEER + why), why + " in " + node.err()));
        NodeProcess unnamed = nodes.launch("node", Nodes.ANY_PORT, "--set",
                "org.ippan.network.peers.peer:address=127.0.0.1:1");
        assertEquals(2, unnamed.exitCode(Nodes.SOON), unnamed.err());
        assertTrue(unnamed.err().contains("unknown PID 'org.ippan.network.peers.peer'; there are "), unnamed.err());
    }

    @Test
    void shouldSayWhichKeyIsMeantOnEverySurfaceAndDialWithTheRest() throws Exception {
        IppanNode paris = nodes.embed("paris");
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--http", Nodes.ANY_PORT,
                "--set", PARIS + ":address=" + Nodes.address(paris), "--set", PARIS + ":peerid=" + paris.id());
        String meant = PARIS + ": unknown key peerid: did you mean peerId?";

        assertTrue(node.err().contains(meant), node.err());
        try (JmxClient jmx = JmxClient.connect(node)) {
            Eventually.until("it is dialled", Nodes.SOON, () -> jmx.get("Peers", "Connected").equals(1));
            String found = "unknown key peerid, which does nothing.";
            Diagnosis.of(jmx).tells("WARN configuration: " + PARIS + ": " + found + " Did you mean peerId?");
            assertEquals("warn", jmx.get("Node", "Health"));
            assertTrue(get(node, "/health/ready").contains(found), get(node, "/health/ready"));
            assertTrue(node.err().contains(": configuration: " + PARIS + ": " + found), node.err());
        }
    }

    @Test
    void shouldRefuseABadKeyOfAPeerThatAProgramAddsAndKeepNothingOfIt() {
        IppanNode node = nodes.embed("node", builder -> builder.startTimeout(ChronoUnit.FOREVER.getDuration()));
        Map<Map<String, String>, String> refused = Map.of(Map.of("address", "nonsense"),
                "address = nonsense" + ADDRESS_RULE, Map.of("address", "127.0.0.1:1", "peerId", "12"),
                "peerId = 12" + ID_RULE, Map.of("adress", "127.0.0.1:1"), "unknown key adress: did you mean address?");
        refused.forEach((keys, why) -> {
            Exception said = assertThrows(IllegalArgumentException.class, () -> node.set(PARIS, keys));

            assertEquals(PARIS + ": " + why, said.getMessage());
            Eventually.until(() -> "nothing of it stays: " + Diagnosis.of(node).all(), Nodes.SOON, () ->
                    Diagnosis.of(node).all().contains("OK configuration: No configuration was refused."));
        });
        node.set(PARIS, "address", "127.0.0.1:1");
        node.set(PARIS, Map.of("address", "127.0.0.1:2"));

        Eventually.until(() -> "at its new address: " + node.peers().peers(), Nodes.SOON, () -> node.peers().peers()
                .stream().anyMatch(peer -> peer.configured() && peer.address().toString().equals("127.0.0.1:2")));
    }

    @Test
    void shouldRefuseABadKeyOverJmxAndThePageAndKeepWhatIsStored() throws Exception {
        IppanNode paris = nodes.embed("paris");
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--http", Nodes.ANY_PORT,
                "--set", PARIS + ":address=" + Nodes.address(paris));
        try (JmxClient jmx = JmxClient.connect(node)) {
            ObjectName bean = new ObjectName("org.ippan.network:type=PeerSettings,name=paris");
            Eventually.until("the bean is there", Nodes.SOON, () -> registered(jmx.beans(), bean));

            isRefused(jmx.beans(), bean, new Attribute("Address", "nonsense"), "address = nonsense" + ADDRESS_RULE);
            isRefused(jmx.beans(), bean, new Attribute("PeerId", "12"), "peerId = 12" + ID_RULE);
            isRefused(jmx.beans(), bean, new Attribute("Address", new String[] {"a:1", "b:1"}), "address");
            Exception added = assertThrows(Exception.class, () -> jmx.call("Peers", "add", "nonsense", "rome"));
            assertTrue(String.valueOf(added.getMessage()).contains("nonsense"), String.valueOf(added.getMessage()));

            assertEquals(Nodes.address(paris), jmx.beans().getAttribute(bean, "Address"));
            assertEquals("", jmx.get("Node", "LastConfigErrors"));
            Eventually.until("it stays linked", Nodes.SOON, () -> jmx.get("Peers", "Connected").equals(1));
            assertTrue(get(node, "/health/ready").contains("\"ok\""), get(node, "/health/ready"));
        }
    }

    private static boolean registered(MBeanServerConnection beans, ObjectName bean) {
        try {
            return beans.isRegistered(bean);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void isRefused(MBeanServerConnection beans, ObjectName bean, Attribute attribute, String why) {
        Exception refused = assertThrows(Exception.class, () -> beans.setAttribute(bean, attribute));
        Throwable cause = refused;
        StringBuilder said = new StringBuilder();
        while (cause != null) {
            said.append(cause.getMessage()).append('\n');
            cause = cause.getCause();
        }
        assertTrue(said.toString().contains(why), said.toString());
    }

    private static String get(NodeProcess node, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://" + node.http() + path))
                .build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
