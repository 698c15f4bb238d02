// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.Query;
import javax.management.openmbean.CompositeData;
import org.ippan.network.doctor.look.Snapshots;

/** Whether the process around the node has what it needs. */
public final class ProcessChecks {

    private static final int PERCENT = 100;
    private static final int FULL_PERCENT = 80;
    private static final int MIB = 1 << 20;
    /** What the deduplicator needs for an id at most. */
    private static final int BYTES_AN_ID = 48;
    private static final String CONNECTOR = "javax.management.remote.JMXConnectorServerMBean";
    /** None of these beans of the JVM is one, and to tell what one of them is it asks the JVM for all its commands. */
    private static final String COSTLY = "com.sun.management:*";

    private final Snapshots told;
    private final MBeanServer jvm;

    public ProcessChecks(Snapshots told, MBeanServer jvm) {
        this.told = told;
        this.jvm = jvm;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("file-descriptors", this::fileDescriptors, "remote-jmx", this::remoteJmx, "memory", this::memory);
    }

    /** What the largest tables may take of the heap, when they are full. */
    private void memory(Findings findings) {
        OptionalLong heap = heap();
        if (heap.isEmpty() || told.gossip() == null || told.dedup() == null) {
            return;
        }
        long logs = told.gossip().cacheLimitBytes();
        long waiting = 2 * told.gossip().validationLimitBytes();
        long ids = (long) told.dedup().capacity() * BYTES_AN_ID;
        long fingerprints = told.gossip().fingerprintLimitBytes();
        String text = "The heap may take " + heap.getAsLong() / MIB + " MiB, and of it the logs " + logs / MIB
                + " MiB, messages that wait " + waiting / MIB + " MiB, message ids " + ids / MIB
                + " MiB, ids for fingerprints " + fingerprints / MIB + " MiB";
        if (logs + waiting + ids + fingerprints <= heap.getAsLong() / 2) {
            findings.ok("memory", text + ".");
        } else {
            findings.warn("memory", text + ": more than half of it, so memory may run out.", "Lower cacheBytes and"
                    + " validationQueueBytes of org.ippan.network.gossip or capacity of org.ippan.network.dedup, or"
                    + " give the JVM a larger heap (-Xmx).", setting("gossip", "cacheBytes"),
                    setting("gossip", "validationQueueBytes"), setting("dedup", "capacity"));
        }
    }

    private OptionalLong heap() {
        try {
            CompositeData usage = (CompositeData) jvm.getAttribute(new ObjectName("java.lang:type=Memory"),
                    "HeapMemoryUsage");
            long max = (Long) usage.get("max");
            return max > 0 ? OptionalLong.of(max) : OptionalLong.empty();
        } catch (JMException e) {
            return OptionalLong.empty();
        }
    }

    private void fileDescriptors(Findings findings) {
        OptionalLong most = number("MaxFileDescriptorCount");
        if (most.isEmpty() || most.getAsLong() <= 0) {
            return;
        }
        String advice = "Raise the limit (ulimit -n, LimitNOFILE of the service), or lower maxConnections of"
                + " org.ippan.network.peers.";
        try {
            OptionalLong open = number("OpenFileDescriptorCount");
            String text = open.orElse(0) + " of " + most.getAsLong() + " file descriptors are open";
            if (open.orElse(0) * PERCENT < most.getAsLong() * FULL_PERCENT) {
                findings.ok("file-descriptors", text + ".");
            } else {
                findings.fail("file-descriptors", text + ": soon no connection can be opened.", advice,
                        setting("peers", "maxConnections"));
            }
        } catch (JMRuntimeException e) {
            // The JVM opens a folder to count them.
            findings.fail("file-descriptors", "Of " + most.getAsLong() + " file descriptors none is left, not even to"
                    + " count them: no connection can be opened.", advice, setting("peers", "maxConnections"));
        }
    }

    private OptionalLong number(String attribute) {
        try {
            return OptionalLong.of((Long) jvm.getAttribute(new ObjectName("java.lang:type=OperatingSystem"),
                    attribute));
        } catch (JMException e) {
            return OptionalLong.empty();
        }
    }

    /** A connector is a bean where the container made it; the JVM's own is told by the flag that opens it. */
    private void remoteJmx(Findings findings) {
        boolean asBean = !jvm.queryNames(names("*:*"), Query.and(Query.not(names(COSTLY)),
                Query.isInstanceOf(Query.value(CONNECTOR)))).isEmpty();
        if (asBean || System.getProperty("com.sun.management.jmxremote.port") != null) {
            findings.ok("remote-jmx", "The node can be managed over remote JMX.");
        } else {
            findings.warn("remote-jmx", "No remote JMX connector: only users of this process can manage the node.",
                    "In Karaf install the feature management; start ippan-node.jar with --jmx.");
        }
    }

    private static ObjectName names(String pattern) {
        try {
            return new ObjectName(pattern);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
