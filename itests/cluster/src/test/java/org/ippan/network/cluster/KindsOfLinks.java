// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.testkit.Eventually;

/** What a node with a link over TCP and one inside WebSocket says of both over JMX: the same, if both are well. */
final class KindsOfLinks {

    private static final List<String> SAME = List.of("Connected", "State", "Standing", "Direction", "MissedPings",
            "Invalids", "Failures", "LastError", "BanReason");
    /** A probe comes every 30 s. */
    private static final Duration TO_BE_PROBED = Duration.ofSeconds(45);

    private final JmxClient jmx;

    KindsOfLinks(JmxClient jmx) {
        this.jmx = jmx;
    }

    /** Attributes, and the values of those that do not depend on what was sent. */
    void assertAlike() throws Exception {
        Map<String, ObjectName> byScheme = new HashMap<>();
        for (ObjectName bean : jmx.names()) {
            if ("Peer".equals(bean.getKeyProperty("type"))) {
                byScheme.put(PeerAddress.parse(String.valueOf(read(bean, "Address"))).scheme(), bean);
            }
        }
        assertEquals(Set.of("tcp", "ws"), byScheme.keySet());
        ObjectName tcp = byScheme.get("tcp");
        ObjectName webSocket = byScheme.get("ws");
        assertEquals(attributes(tcp), attributes(webSocket));
        for (String attribute : SAME) {
            assertEquals(read(tcp, attribute), read(webSocket, attribute), attribute);
        }
        for (ObjectName bean : List.of(tcp, webSocket)) {
            Eventually.until(() -> bean + " is healthy, its score is good, and its round trip is known", TO_BE_PROBED,
                    () -> "healthy".equals(read(bean, "Health")) && (Integer) read(bean, "Score") >= 0
                            && (Double) read(bean, "RoundTripMillis") > 0);
            System.out.printf("%s: score %s, health %s, round trip %.1f ms%n", read(bean, "Address"),
                    read(bean, "Score"), read(bean, "Health"), (Double) read(bean, "RoundTripMillis"));
        }
        assertEquals("2", String.valueOf(jmx.get("Transport", "Connections")));
    }

    private Set<String> attributes(ObjectName bean) throws Exception {
        return Arrays.stream(jmx.beans().getMBeanInfo(bean).getAttributes()).map(MBeanAttributeInfo::getName)
                .collect(Collectors.toSet());
    }

    private Object read(ObjectName bean, String attribute) {
        try {
            return jmx.beans().getAttribute(bean, attribute);
        } catch (JMException | IOException e) {
            throw new AssertionError(bean + "." + attribute, e);
        }
    }
}
