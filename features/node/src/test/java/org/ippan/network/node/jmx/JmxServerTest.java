// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import org.junit.jupiter.api.Test;

class JmxServerTest {

    /** A client that connects without end would have a thread each time. */
    @Test
    void shouldServeAFewClientsAtOnceAndOthersAfterThem() throws Exception {
        List<JMXConnector> clients = new ArrayList<>();
        try (JmxServer server = JmxServer.open(0, Optional.empty())) {
            for (int i = 0; i < 64; i++) {
                clients.add(connect(server));
            }

            String refusal = String.valueOf(assertThrows(IOException.class, () -> connect(server)).getMessage());
            clients.remove(0).close();
            clients.add(connect(server));

            assertTrue(refusal.contains("there are 64 JMX clients already; close one, or wait two minutes"), refusal);
            assertEquals(64, clients.size());
            for (JMXConnector client : clients) {
                client.close();
            }
        }
    }

    private static JMXConnector connect(JmxServer server) throws IOException {
        return JMXConnectorFactory.connect(JmxServer.url(server.address()));
    }
}
