// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.scenario;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One case.
 *
 * @param product the system
 * @param topology who is linked to whom
 * @param nodes how many
 * @param publishers how many of them publish, the first ones
 * @param bytes of a payload
 * @param tls whether links are encrypted
 * @param jvmEach whether each node has a process of its own, rather than one for all
 * @param rate messages a second of each publisher; 0 publishes as fast as the system lets it
 * @param messages of each publisher in a phase; 0 publishes until the phase is over
 * @param urgent HIGH messages a second of each publisher, beside all others, which are LOW then; 0 for none
 */
public record Scenario(Product product, Topology topology, int nodes, int publishers, int bytes, boolean tls,
        boolean jvmEach, int rate, int messages, int urgent) {

    private static final int KIB = 1024;
    private static final int MIB = KIB * KIB;

    /**
     * Whether it can be played at all.
     *
     * @return false if the system cannot do it, or there are too few nodes
     */
    public boolean possible() {
        return product.plays(topology, tls, urgent > 0) && nodes >= topology.fewestNodes() && publishers <= nodes;
    }

    /**
     * The nodes of one process.
     *
     * @param process counted from 0
     * @return their indices
     */
    public IntStream nodesOf(int process) {
        return jvmEach ? IntStream.of(process) : IntStream.range(0, nodes);
    }

    /**
     * Sequences of numbers of messages: one for each publisher, then one for what is urgent of each.
     *
     * @return how many
     */
    public int sequences() {
        return urgent == 0 ? publishers : 2 * publishers;
    }

    /**
     * How many processes play it.
     *
     * @return one, or as many as there are nodes
     */
    public int processes() {
        return jvmEach ? nodes : 1;
    }

    /**
     * What the tables call it.
     *
     * @return words separated by spaces
     */
    public String label() {
        return product.label() + " " + topology.name().toLowerCase(java.util.Locale.ROOT) + " " + nodes + " "
                + (publishers == 1 ? "one" : publishers == nodes ? "all" : publishers) + " " + size() + " "
                + (tls ? "tls" : "plain") + " " + (jvmEach ? "jvm-each" : "jvm-one")
                + (rate == 0 ? "" : " " + rate + "/s") + (messages == 0 ? "" : " " + messages + "-messages")
                + (urgent == 0 ? "" : " " + urgent + "-HIGH/s");
    }

    private String size() {
        return bytes % MIB == 0 ? bytes / MIB + "MiB" : bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
    }

    /**
     * What {@link #parse} reads.
     *
     * @return one line without spaces
     */
    public String text() {
        return "product=" + product + ",topology=" + topology + ",nodes=" + nodes + ",publishers=" + publishers
                + ",bytes=" + bytes + ",tls=" + tls + ",jvmEach=" + jvmEach + ",rate=" + rate + ",messages="
                + messages + ",urgent=" + urgent;
    }

    /**
     * The opposite of {@link #text}.
     *
     * @param text what it returned
     * @return an equal scenario
     */
    public static Scenario parse(String text) {
        Map<String, String> values = Arrays.stream(text.split(",")).map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Scenario(Product.valueOf(values.get("product")), Topology.valueOf(values.get("topology")),
                Integer.parseInt(values.get("nodes")), Integer.parseInt(values.get("publishers")),
                Integer.parseInt(values.get("bytes")), Boolean.parseBoolean(values.get("tls")),
                Boolean.parseBoolean(values.get("jvmEach")), Integer.parseInt(values.get("rate")),
                Integer.parseInt(values.get("messages")), Integer.parseInt(values.get("urgent")));
    }
}
