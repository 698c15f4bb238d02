// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.ippan.network.node.launch.Pids;

/**
 * The counters of one node as the demo shows them, read over JMX like by any other client.
 *
 * @param peers peers connected
 * @param published messages accepted from the node's applications
 * @param received messages its listeners were given
 * @param relayed bodies queued for peers
 * @param duplicates bodies received that were known
 * @param bytesRead bytes of frames read
 * @param bytesWritten bytes of frames written
 */
record DemoCounters(long peers, long published, long received, long relayed, long duplicates, long bytesRead,
        long bytesWritten) {

    static final DemoCounters NONE = new DemoCounters(0, 0, 0, 0, 0, 0, 0);

    /** Reads them; what is not there, because its bundle is not up yet, counts 0. */
    static DemoCounters read(MBeanServerConnection node) throws IOException, JMException {
        Map<String, Object> gossip = attributes(node, "Gossip", "Published", "Relayed", "Duplicates", "Listeners");
        Map<String, Object> peers = attributes(node, "Peers", "Connected");
        Map<String, Object> transport = attributes(node, "Transport", "BytesRead", "BytesWritten");
        return new DemoCounters(number(peers, "Connected"), number(gossip, "Published"),
                delivered(gossip.get("Listeners")), number(gossip, "Relayed"), number(gossip, "Duplicates"),
                number(transport, "BytesRead"), number(transport, "BytesWritten"));
    }

    /** What a bean of a node is called. */
    static ObjectName bean(String type) throws JMException {
        return new ObjectName(Pids.PREFIX.substring(0, Pids.PREFIX.length() - 1), "type", type);
    }

    private static Map<String, Object> attributes(MBeanServerConnection node, String type, String... names)
            throws IOException, JMException {
        Map<String, Object> values = new HashMap<>();
        try {
            node.getAttributes(bean(type), names).asList()
                    .forEach(attribute -> values.put(attribute.getName(), attribute.getValue()));
        } catch (InstanceNotFoundException e) {
            return Map.of();
        }
        return values;
    }

    private static long number(Map<String, Object> values, String name) {
        return ((Number) values.getOrDefault(name, 0)).longValue();
    }

    private static long delivered(Object listeners) {
        return listeners instanceof CompositeData[] rows
                ? Arrays.stream(rows).mapToLong(row -> (Long) row.get("delivered")).sum() : 0;
    }
}
