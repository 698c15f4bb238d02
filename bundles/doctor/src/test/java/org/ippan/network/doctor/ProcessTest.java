// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;

/** What the doctor finds out about the process, from an MBean server that stands for the JVM's own. */
class ProcessTest {

    private final FakeNode node = new FakeNode();

    private void finds(String check, String... expected) {
        assertEquals(List.of(expected), FakeNode.of(check, node.doctor().glance()));
    }

    @Test
    void shouldFindFileDescriptorsUsedUp() throws Exception {
        node.jvm = MBeanServerFactory.newMBeanServer();
        finds("file-descriptors");

        Descriptors used = new Descriptors();
        node.jvm.registerMBean(new StandardMBean(used, DescriptorsMBean.class),
                new ObjectName("java.lang:type=OperatingSystem"));
        finds("file-descriptors", "FAIL 850 of 1024 file descriptors are open: soon no connection can be opened. Raise"
                + " the limit (ulimit -n, LimitNOFILE of the service), or lower maxConnections of"
                + " org.ippan.network.peers.");
    }

    /** The JVM opens a folder to count them, and throws an error if it cannot. */
    @Test
    void shouldFindThatNotOneFileDescriptorIsLeft() throws Exception {
        node.jvm = MBeanServerFactory.newMBeanServer();
        node.jvm.registerMBean(new StandardMBean(new Descriptors() {
            @Override
            public long getOpenFileDescriptorCount() {
                throw new InternalError("errno: 24 error: Unable to open directory /proc/self/fd");
            }
        }, DescriptorsMBean.class), new ObjectName("java.lang:type=OperatingSystem"));

        finds("file-descriptors", "FAIL Of 1024 file descriptors none is left, not even to count them: no connection"
                + " can be opened. Raise the limit (ulimit -n, LimitNOFILE of the service), or lower maxConnections of"
                + " org.ippan.network.peers.");
    }

    @Test
    void shouldTellWhatMayTakeTheHeapAndWarnWhereThatIsTooMuch() throws Exception {
        node.jvm = MBeanServerFactory.newMBeanServer();
        Heap heap = new Heap();
        node.jvm.registerMBean(new StandardMBean(heap, HeapMXBean.class, true),
                new ObjectName("java.lang:type=Memory"));
        node.gossip.putAll(Map.of("cacheLimitBytes", 64L << 20, "validationLimitBytes", 16L << 20,
                "fingerprintLimitBytes", 15L << 20));
        String text = " The heap may take # MiB, and of it the logs 64 MiB, messages that wait 32 MiB, message ids 45"
                + " MiB, ids for fingerprints 15 MiB";

        finds("memory", "OK" + text.replace("#", "512") + ".");
        heap.max = 256L << 20;
        finds("memory", "WARN" + text.replace("#", "256") + ": more than half of it, so memory may run out. Lower"
                + " cacheBytes and validationQueueBytes of org.ippan.network.gossip or capacity of"
                + " org.ippan.network.dedup, or give the JVM a larger heap (-Xmx).");
        heap.max = -1;
        finds("memory");
    }

    /** What the JVM tells of its heap. */
    public interface HeapMXBean {
        MemoryUsage getHeapMemoryUsage();
    }

    private static final class Heap implements HeapMXBean {

        private long max = 512L << 20;

        @Override
        public MemoryUsage getHeapMemoryUsage() {
            return new MemoryUsage(0, 0, 0, max);
        }
    }

    /** What the JVM tells of its process. */
    public interface DescriptorsMBean {
        long getOpenFileDescriptorCount();

        long getMaxFileDescriptorCount();
    }

    private static class Descriptors implements DescriptorsMBean {
        @Override
        public long getOpenFileDescriptorCount() {
            return 850;
        }

        @Override
        public long getMaxFileDescriptorCount() {
            return 1024;
        }
    }

    @Test
    void shouldFindThatThereIsNoRemoteJmx() throws Exception {
        MBeanServer jvm = MBeanServerFactory.newMBeanServer();
        node.jvm = jvm;
        finds("remote-jmx", "WARN No remote JMX connector: only users of this process can manage the node. In Karaf"
                + " install the feature management; start ippan-node.jar with --jmx.");

        JMXConnectorServer connector = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), Map.of(), jvm);
        jvm.registerMBean(connector, new ObjectName("connector:name=rmi"));
        finds("remote-jmx", "OK The node can be managed over remote JMX.");
    }
}
