// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/** Remote access to the beans of this JVM, as a program that embeds nodes may open it: a connector that is a bean. */
final class Connector implements AutoCloseable {

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final JMXConnectorServer server;
    private final ObjectName name;

    Connector() throws IOException, JMException {
        server = JMXConnectorServerFactory.newJMXConnectorServer(new JMXServiceURL("rmi", Nodes.LOOPBACK, 0), Map.of(),
                beans);
        name = new ObjectName("connector:name=rmi");
        server.start();
        beans.registerMBean(server, name);
    }

    JmxClient connect() throws IOException {
        return JmxClient.connect(server.getAddress());
    }

    @Override
    public void close() throws IOException, JMException {
        server.stop();
        beans.unregisterMBean(name);
    }
}
