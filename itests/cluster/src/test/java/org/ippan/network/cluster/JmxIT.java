// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node is managed over remote JMX by a client that has none of its classes. */
@Tag(Nodes.WAITING)
class JmxIT {

    private static final Set<String> TYPES = Set.of("Node", "Dedup", "Reputation", "Metrics", "Health", "Peers",
            "Transport", "WebSocket", "Gossip", "Management", "Network", "Web");
    private static final int WARM_UP = 20;
    private static final int TIMED = 50;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** Two connected nodes; the first is managed. */
    private NodeProcess pair() {
        String other = Nodes.address(nodes.embed("other"));
        return nodes.run("node", Nodes.ANY_PORT, "--peers", other, "--jmx", "0");
    }

    /** The bean of a peer not yet met is named by its address, and gives way to one named by its id. */
    private static void awaitAll(JmxClient client) {
        Eventually.until(() -> "a bean for each of " + TYPES + " and one for the peer that was met, but "
                + names(client), Nodes.SOON, () -> names(client).containsAll(TYPES) && names(client).stream()
                        .filter(name -> name.startsWith("Peer/")).allMatch(name -> name.matches("Peer/[0-9a-f]{16}"))
                && names(client).size() == TYPES.size() + 1);
    }

    /** The types of all beans, each with the name of a bean that has one. */
    private static Set<String> names(JmxClient client) {
        try {
            return client.names().stream().map(name -> name.getKeyProperty("type")
                    + (name.getKeyProperty("name") == null ? "" : "/" + name.getKeyProperty("name")))
                    .collect(Collectors.toSet());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldDescribeEveryFeatureOfEveryBeanInASentenceOfItsOwn() throws Exception {
        try (JmxClient client = JmxClient.connect(pair())) {
            awaitAll(client);
            List<String> problems = new ArrayList<>();

            for (ObjectName name : client.names()) {
                MBeanInfo info = client.beans().getMBeanInfo(name);
                List<MBeanFeatureInfo> features = Stream.of(info.getAttributes(), info.getOperations(),
                        info.getNotifications()).<MBeanFeatureInfo>flatMap(Arrays::stream).toList();
                Set<String> texts = new HashSet<>(Set.of(info.getDescription()));
                problems.addAll(notASentence(name, info.getDescription()));
                for (MBeanFeatureInfo feature : features) {
                    problems.addAll(notASentence(name + "." + feature.getName(), feature.getDescription()));
                    if (!texts.add(feature.getDescription())) {
                        problems.add(name + "." + feature.getName() + " says what another says: "
                                + feature.getDescription());
                    }
                }
                for (MBeanOperationInfo operation : info.getOperations()) {
                    problems.addAll(badParameters(name, operation));
                }
            }

            assertEquals(List.of(), problems);
        }
    }

    private static List<String> notASentence(Object of, String text) {
        return text != null && text.matches("(?s)\\p{Lu}.{9,}\\.") && !text.contains("..")
                ? List.of() : List.of(of + ": " + text);
    }

    private static List<String> badParameters(ObjectName bean, MBeanOperationInfo operation) {
        List<String> problems = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (MBeanParameterInfo parameter : operation.getSignature()) {
            String where = bean + "." + operation.getName() + "(" + parameter.getName() + ")";
            problems.addAll(notASentence(where, parameter.getDescription()));
            if (parameter.getName().matches("(p|arg)\\d*") || !texts.add(parameter.getDescription())) {
                problems.add(where + " is not a name of its own: " + parameter.getDescription());
            }
        }
        return problems;
    }

    @Test
    void shouldLetEveryAttributeBeReadAsItsDeclaredType() throws Exception {
        try (JmxClient client = JmxClient.connect(pair())) {
            awaitAll(client);
            List<String> problems = new ArrayList<>();
            int attributes = 0;

            for (ObjectName name : client.names()) {
                for (MBeanAttributeInfo info : client.beans().getMBeanInfo(name).getAttributes()) {
                    Object value = client.beans().getAttribute(name, info.getName());
                    attributes++;
                    boolean good = value != null && boxed(info.getType()).equals(value.getClass().getName());
                    if (!good || !info.isReadable()) {
                        problems.add(name + "." + info.getName() + " is declared " + info.getType() + ", but " + value);
                    }
                }
            }

            assertEquals(List.of(), problems);
            assertEquals(TYPES, client.names().stream().filter(name -> name.getKeyPropertyList().size() == 1)
                    .map(name -> name.getKeyProperty("type")).collect(Collectors.toSet()));
            report(client, attributes);
        }
    }

    private static String boxed(String type) {
        return switch (type) {
            case "int" -> Integer.class.getName();
            case "long" -> Long.class.getName();
            case "double" -> Double.class.getName();
            case "boolean" -> Boolean.class.getName();
            default -> type;
        };
    }

    /** Measures what a monitoring tool costs that reads everything, one call a bean. */
    private static void report(JmxClient client, int attributes) throws Exception {
        List<ObjectName> names = List.copyOf(client.names());
        List<String[]> wanted = new ArrayList<>();
        for (ObjectName name : names) {
            wanted.add(Arrays.stream(client.beans().getMBeanInfo(name).getAttributes())
                    .map(MBeanAttributeInfo::getName).toArray(String[]::new));
        }
        List<Long> micros = new ArrayList<>();
        for (int round = 0; round < WARM_UP + TIMED; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < names.size(); i++) {
                assertEquals(wanted.get(i).length, client.beans().getAttributes(names.get(i), wanted.get(i)).size());
            }
            if (round >= WARM_UP) {
                micros.add((System.nanoTime() - begin) / 1_000);
            }
        }
        Collections.sort(micros);
        System.out.printf("reading all %d attributes of %d MBeans over remote JMX: median %d us, worst %d us%n",
                attributes, names.size(), micros.get(TIMED / 2), micros.get(TIMED - 1));
    }

    @Test
    void shouldPutAThresholdInForceAndRefuseABadOne() throws Exception {
        try (JmxClient client = JmxClient.connect(nodes.run("node", Nodes.ANY_PORT, "--jmx", "0"))) {
            Eventually.until("reputation is there", Nodes.SOON,
                    () -> client.get("Reputation", "BanThreshold").equals(-500));
            String other = "ab".repeat(32);

            client.set("Reputation", "BanThreshold", -200);
            assertEquals(-200, client.get("Reputation", "BanThreshold"));

            InvalidAttributeValueException refused = assertThrows(InvalidAttributeValueException.class,
                    () -> client.set("Reputation", "BanThreshold", 7));

            assertTrue(refused.getMessage().contains("banThreshold = 7") && refused.getMessage().contains("-1000"),
                    refused.getMessage());
            assertEquals(-200, client.get("Reputation", "BanThreshold"));
            assertEquals("", client.get("Reputation", "LastConfigError"));
            assertEquals("", client.get("Node", "LastConfigErrors"));
            assertThrows(InvalidAttributeValueException.class, () -> client.set("Reputation", "BanThreshold", "abc"));
            assertNotNull(client.call("Node", "explainPeer", other));
        }
    }

    @Test
    void shouldFindAPeerByTheSameNamesAndWordsInEveryOperation() throws Exception {
        IppanNode other = nodes.embed("other");
        String address = Nodes.address(other);
        String id = other.id().toString();
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        String peer = id.substring(0, 8);
        try (JmxClient client = JmxClient.connect(node)) {
            client.call("Peers", "add", address, "paris");
            for (String who : List.of("paris", address, id.substring(0, 8), id)) {
                Eventually.until(who + " is connected", Nodes.SOON, () -> client.get("Peers", "Connected").equals(1));
                assertTrue(client.call("Node", "explainPeer", who).toString().startsWith("paris ("), who);
                // Both may dial: the link that is asked may just give way to the other.
                Eventually.until(() -> who + " answers: " + ping(client, who), Nodes.SOON,
                        () -> ping(client, who).endsWith(" µs"));
                Eventually.until(who + " is disconnected", Nodes.SOON, () -> ("Disconnected " + peer + ".")
                        .equals(disconnect(client, who)));
                assertEquals("Banned " + peer + " for ever.", ban(client, who));
                Eventually.until(who + " is gone", Nodes.SOON, () -> client.get("Peers", "Connected").equals(0));
                assertEquals("Pardoned " + peer + ".", client.call("Reputation", "pardon", who));
                assertEquals("Forgotten.", client.call("Reputation", "forget", who));
                assertEquals("Dialling " + address + ".", client.call("Peers", "connect", who));
            }
            String rule = "no peer is known as 'berlin'; there are paris (" + id.substring(0, 8) + "). Give an"
                    + " alias, an address, or 8 or more digits of the id";
            assertEquals(Set.of(rule), new HashSet<>(List.of(
                    refusal(() -> client.call("Node", "explainPeer", "berlin")),
                    refusal(() -> client.call("Peers", "ping", "berlin")),
                    refusal(() -> client.call("Peers", "disconnect", "berlin", "a test")),
                    refusal(() -> client.call("Peers", "connect", "berlin")),
                    refusal(() -> client.call("Peers", "remove", "berlin")), refusal(() -> ban(client, "berlin")),
                    refusal(() -> client.call("Reputation", "pardon", "berlin")),
                    refusal(() -> client.call("Reputation", "forget", "berlin")))));
            assertEquals("Removed " + address + ".", client.call("Peers", "remove", "paris"));
        }
    }

    /** How long a peer took, or why it did not answer. */
    private static String ping(JmxClient client, String who) {
        try {
            return String.valueOf(client.call("Peers", "ping", who));
        } catch (Exception e) {
            return String.valueOf(e.getCause());
        }
    }

    private static Object disconnect(JmxClient client, String who) {
        try {
            return client.call("Peers", "disconnect", who, "a test");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object ban(JmxClient client, String who) throws Exception {
        return client.beans().invoke(JmxClient.name("Reputation"), "ban", new Object[] {who, 0L, "a test"},
                new String[] {String.class.getName(), long.class.getName(), String.class.getName()});
    }

    private static String refusal(Callable<?> call) {
        RuntimeMBeanException refused = assertThrows(RuntimeMBeanException.class, call::call);
        assertEquals(IllegalArgumentException.class, refused.getCause().getClass());
        return refused.getCause().getMessage();
    }

    @Test
    void shouldTellOfPeersAndConfigurations() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        Queue<Notification> told = new ConcurrentLinkedQueue<>();
        try (JmxClient client = JmxClient.connect(node)) {
            client.beans().addNotificationListener(JmxClient.name("Node"), (notification, handback) ->
                    told.add(notification), null, null);

            String peer = nodes.embed("peer", node.listen()).id().toString();
            assertEquals(peer, userData(await(told, "peer-up")).get("peer"));
            assertEquals("Banned " + peer.substring(0, 8) + " for 3600 s.",
                    client.beans().invoke(JmxClient.name("Reputation"), "ban",
                    new Object[] {peer.substring(0, 12), 3600L, "a test"},
                    new String[] {String.class.getName(), long.class.getName(), String.class.getName()}));
            assertEquals(peer, userData(await(told, "peer-banned")).get("peer"));
            assertEquals(peer, userData(await(told, "peer-down")).get("peer"));

            client.set("Reputation", "BanThreshold", -200);
            assertTrue(await(told, "config-applied").getMessage().contains("org.ippan.network.reputation"));
        }
    }

    private static CompositeData userData(Notification notification) {
        return (CompositeData) notification.getUserData();
    }

    private static Notification await(Queue<Notification> told, String type) {
        Eventually.until(() -> type + " in " + told, Nodes.SOON,
                () -> told.stream().anyMatch(each -> each.getType().equals("org.ippan.network." + type)));
        return told.stream().filter(each -> each.getType().equals("org.ippan.network." + type)).findFirst()
                .orElseThrow();
    }
}
