// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.verdict;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.doctor.Severity;

/** Where operators see how a node fares: one row each of the table in {@code docs/operations.md}. */
public enum Surface {
    /** An attribute of the node's bean. */
    JMX("JMX, `Health` of `type=Node`; `HealthReasons` says why"),
    /** What a load balancer asks. */
    READY("`/health/ready`, `status`, with the reasons"),
    /** The page for people, and the answer it is made of. */
    PAGE("the page, `/api/v1/node`"),
    /** What alerts go by. */
    PROMETHEUS("Prometheus, `ippan_findings` with this `severity`"),
    /** What the container's health checks say. */
    HEALTH_CHECK("Felix Health Check `ippan-network state`"),
    /** Karaf's console. */
    KARAF("`ippan:status` in Karaf, line *state*"),
    /** Felix' shell. */
    GOGO("`ippan:status` in Gogo, first line"),
    /** Lines on standard error. */
    NODE_JAR("`ippan-node.jar run`, after READY, on standard error");

    private static final String HEAD = "| Surface | ok | warn | fail |";

    private final String row;

    Surface(String row) {
        this.row = row;
    }

    /**
     * What the documents say this surface shows.
     *
     * @param state how the node fares
     * @return the cell of the table, without the marks of code
     */
    public String cell(Severity state) {
        Map<String, List<String>> table = table();
        List<String> rows = Arrays.stream(values()).map(surface -> surface.row).toList();
        if (!List.copyOf(table.keySet()).equals(rows)) {
            throw new AssertionError("the rows of " + Operations.DOCUMENT + " are " + table.keySet() + " instead of "
                    + rows);
        }
        return table.get(row).get(state.ordinal()).replace("`", "");
    }

    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        Operations.rows(HEAD).forEach(cells -> table.put(cells.get(0), cells.subList(1, 4)));
        return table;
    }
}
