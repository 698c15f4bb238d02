// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.util.List;
import java.util.Locale;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.doctor.look.Services;

/**
 * What each node of a network needs to carry a load, with the settings of this one. {@code docs/sizing.md} has the
 * formulas; they are estimates, rounded up. Stateless.
 */
public final class Sizing {

    private static final long MIB = 1 << 20;
    /** Header, topic and number of a body on the wire. */
    private static final int HEAD_BYTES = 60;
    private static final int ID_BYTES = 32;
    /** What TLS, TCP and IP add, in percent. */
    private static final int LINE_PERCENT = 105;
    private static final int PERCENT = 100;
    private static final double MEGABIT = 1e6 / Byte.SIZE;
    /** A message in the logs beside its payload. */
    private static final int ENTRY_BYTES = 150;
    private static final int REMEMBERED_BYTES = 48;
    /** An id may be remembered an eighth of the window longer. */
    private static final double LONGER = 1.125;
    /** Buffers and TLS of a link, on the heap. */
    private static final long LINK_BYTES = MIB / 4;
    /** Classes' data and what an idle node holds. */
    private static final long IDLE_BYTES = 32 * MIB;
    private static final long HEAP_STEP = 128 * MIB;
    /** Jars, logs and the selector of a node without links. */
    private static final int IDLE_DESCRIPTORS = 128;
    /** A tree gives each node two links with bodies on average. */
    private static final int TREE_LINKS = 2;
    private static final double DELIVERY_SECONDS = 10e-6;
    private static final double BYTE_SECONDS = 15e-9;

    private final Services services;
    private final Load load;
    private final Machine machine;
    private final Findings findings = new Findings();

    /** What this node has: the longest heap, and processors. */
    public record Machine(long heapBytes, int processors) {
    }

    private Sizing(Services services, Load load, Machine machine) {
        this.services = services;
        this.load = load;
        this.machine = machine;
    }

    /** What a node needs, the worst first. */
    public static List<Finding> find(Services services, Load load, Machine machine) {
        Sizing sizing = new Sizing(services, load, machine);
        sizing.length();
        sizing.traffic();
        sizing.ids();
        sizing.memory();
        sizing.descriptors();
        return sizing.findings.worstFirst();
    }

    private long number(String bundle, String key, long otherwise) {
        return services.number(bundle, key).orElse(otherwise);
    }

    private long links() {
        return Math.min(load.nodes() - 1L, 2 * number("peers", "outboundTarget", 8));
    }

    private String mode() {
        return services.text("gossip", "relayMode").orElse("tree");
    }

    /** Whether a few links carry bodies and the others announce them. */
    private boolean isTree() {
        return mode().equals("tree") && links() > number("gossip", "floodMaxPeers", 3);
    }

    /** Copies of a body that come to each node, on average. */
    private long copies() {
        return isTree() || mode().equals("direct") ? 1 : Math.max(1, links() - 1);
    }

    private void length() {
        long most = number("gossip", "maxMessageBytes", MIB);
        if (load.bytes() > most) {
            findings.warn("length", "A payload of " + load.bytes() + " bytes is longer than maxMessageBytes = " + most
                    + ".", "Set maxMessageBytes of org.ippan.network.gossip on all nodes, or cut messages up.");
        }
    }

    private void traffic() {
        long lazy = isTree() ? links() - TREE_LINKS : 0;
        double bytes = (double) load.messagesPerSecond()
                * (copies() * (load.bytes() + HEAD_BYTES) + lazy * ID_BYTES) * LINE_PERCENT / PERCENT;
        double first = (double) load.messagesPerSecond() * links() * (load.bytes() + HEAD_BYTES) * LINE_PERCENT
                / PERCENT;
        findings.ok("bandwidth", "Each node has about " + links() + " links, and receives and sends "
                + mbits(bytes) + " Mbit/s each; a node that publishes everything itself sends up to " + mbits(first)
                + " Mbit/s.");
        double busy = load.messagesPerSecond() * 2 * copies() * (DELIVERY_SECONDS + load.bytes() * BYTE_SECONDS);
        String text = String.format(Locale.ROOT, "Each node keeps %.2f processors busy.", busy);
        if (busy <= machine.processors() / 2.0) {
            findings.ok("processor", text);
        } else {
            findings.warn("processor", text + " This machine has " + machine.processors() + ".",
                    "Publish fewer and longer messages, or give the node more processors.");
        }
    }

    private static String mbits(double bytesPerSecond) {
        return String.format(Locale.ROOT, "%.1f", bytesPerSecond / MEGABIT);
    }

    private long remembered() {
        return (long) Math.ceil(load.messagesPerSecond() * number("dedup", "windowSeconds", 300) * LONGER);
    }

    private void ids() {
        long capacity = number("dedup", "capacity", 1_000_000);
        long window = number("dedup", "windowSeconds", 300);
        long needed = load.messagesPerSecond() * window;
        String text = load.messagesPerSecond() + " messages/s need a capacity of " + needed + " for " + window
                + " s; it is " + capacity;
        if (needed <= capacity) {
            findings.ok("dedup-capacity", text + ".");
        } else {
            findings.warn("dedup-capacity", text + ", which lasts " + capacity / load.messagesPerSecond() + " s.",
                    "Set capacity of org.ippan.network.dedup to " + needed + " or more.");
        }
    }

    private void memory() {
        long heap = machine.heapBytes();
        long ids = remembered() * REMEMBERED_BYTES;
        long logs = load.messagesPerSecond() * number("gossip", "cacheSeconds", 60) * (load.bytes() + ENTRY_BYTES);
        long most = number("gossip", "cacheBytes", 0);
        long limit = most != 0 ? most : 64 * MIB;
        long sum = IDLE_BYTES + ids + Math.min(logs, limit) + links() * LINK_BYTES;
        long wanted = (2 * sum + HEAP_STEP - 1) / HEAP_STEP * HEAP_STEP;
        String text = "Message ids take " + mib(ids) + " MiB, the logs " + mib(Math.min(logs, limit)) + " MiB, links "
                + mib(links() * LINK_BYTES) + " MiB";
        if (wanted <= heap) {
            findings.ok("memory", text + ": a heap of " + mib(wanted) + " MiB is enough.");
        } else {
            findings.warn("memory", text + ": a heap of " + mib(wanted) + " MiB is wanted, this JVM has " + mib(heap)
                    + ".", "Start the JVM with -Xmx" + mib(wanted) + "m.");
        }
        if (logs > limit) {
            findings.warn("repair", "The logs hold the messages of "
                    + Math.max(1, limit / (load.messagesPerSecond() * (load.bytes() + (long) ENTRY_BYTES)))
                    + " s instead of cacheSeconds: a node that was away for longer misses some.",
                    "Set cacheBytes of org.ippan.network.gossip to " + mib(logs) + " MiB, or a lower cacheSeconds.");
        }
    }

    private static long mib(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    private void descriptors() {
        long most = IDLE_DESCRIPTORS + number("peers", "maxConnections", 100) + number("peers", "maxInbound", 64);
        findings.ok("file-descriptors", "A node of " + links() + " links has about " + (IDLE_DESCRIPTORS + links())
                + " file descriptors open, and " + most + " with all connections that its limits admit.");
    }
}
