// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.ObjectName;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Nodes inside a program show themselves on its own MBean server. */
@Tag(Nodes.WAITING)
class JmxEmbeddedIT {

    private static final String PID = "org.ippan.network.reputation";
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private static Set<ObjectName> beans(String type) throws Exception {
        return BEANS.queryNames(new ObjectName("org.ippan.network:type=" + type + ",*"), null);
    }

    @Test
    void shouldTellTwoNodesApartAndTakeAllBeansAway() throws Exception {
        IppanNode first = nodes.embed("first");
        IppanNode second = nodes.embed("second");

        assertEquals(2, beans("Node").size());
        assertEquals(1, beans("Node").stream().filter(name -> name.getKeyProperty("node") == null).count());
        assertEquals(Set.of(first.id().toString(), second.id().toString()),
                Set.copyOf(beans("Node").stream().map(name -> read(name, "Id")).toList()));

        first.close();
        assertEquals(Set.of(second.id().toString()),
                Set.copyOf(beans("Node").stream().map(name -> read(name, "Id")).toList()));
        second.close();
        assertEquals(Set.of(), BEANS.queryNames(new ObjectName("org.ippan.network:*"), null));
    }

    @Test
    void shouldTellOfARefusedConfigurationAndOfItsRepair() throws Exception {
        IppanNode node = nodes.embed("node");
        ObjectName reputation = beans("Reputation").iterator().next();
        Queue<Notification> told = new ConcurrentLinkedQueue<>();
        BEANS.addNotificationListener(beans("Node").iterator().next(), (notification, handback) ->
                told.add(notification), null, null);

        configure(node, Map.of("banThreshold", "abc"));
        String refusal = await(told, "config-rejected").getMessage();

        assertTrue(refusal.contains(PID) && refusal.contains("banThreshold = abc") && refusal.contains("-1000"),
                refusal);
        assertEquals(refusal, read(reputation, "LastConfigError"));
        assertEquals(refusal, read(beans("Node").iterator().next(), "LastConfigErrors"));
        assertEquals(-500, read(reputation, "BanThreshold"));

        configure(node, Map.of("banThreshold", "-200"));
        await(told, "config-applied");

        assertEquals("", read(reputation, "LastConfigError"));
        assertEquals(-200, read(reputation, "BanThreshold"));
    }

    private static void configure(IppanNode node, Map<String, String> values) throws Exception {
        Configuration configuration = node.service(ConfigurationAdmin.class).getConfiguration(PID, "?");
        configuration.update(new Hashtable<>(values));
    }

    private static Notification await(Queue<Notification> told, String type) {
        Eventually.until(() -> type + " in " + told, Nodes.SOON,
                () -> told.stream().anyMatch(each -> each.getType().equals("org.ippan.network." + type)));
        return told.stream().filter(each -> each.getType().equals("org.ippan.network." + type)).findFirst()
                .orElseThrow();
    }

    private static Object read(ObjectName name, String attribute) {
        try {
            return BEANS.getAttribute(name, attribute);
        } catch (Exception e) {
            throw new AssertionError(name + "." + attribute, e);
        }
    }
}
