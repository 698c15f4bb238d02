// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.ippan.network.testkit.process.NodeProcess;

/** A client that knows of the node what any JMX client knows: the address in its READY line, and names. */
final class JmxClient implements AutoCloseable {

    private static final String DOMAIN = "org.ippan.network";

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private JmxClient(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    private JmxClient() {
        this.connector = null;
        this.beans = ManagementFactory.getPlatformMBeanServer();
    }

    /** The beans of the first node that is embedded in this JVM; others have theirs under other names. */
    static JmxClient local() {
        return new JmxClient();
    }

    /** Connects, without a user. */
    static JmxClient connect(JMXServiceURL url) throws IOException {
        return new JmxClient(JMXConnectorFactory.connect(url));
    }

    /** Connects; credentials are a user and a password, or none. */
    static JmxClient connect(NodeProcess node, String... credentials) throws IOException {
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + node.jmx() + "/jmxrmi");
        return new JmxClient(JMXConnectorFactory.connect(url,
                credentials.length == 0 ? null : Map.of(JMXConnector.CREDENTIALS, credentials)));
    }

    MBeanServerConnection beans() {
        return beans;
    }

    static ObjectName name(String type) {
        try {
            return new ObjectName(DOMAIN, "type", type);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(type, e);
        }
    }

    /** All MBeans of the node. */
    Set<ObjectName> names() throws Exception {
        return beans.queryNames(new ObjectName(DOMAIN + ":*"), null);
    }

    /** One attribute; empty while the bean is not there yet. */
    Object get(String type, String attribute) {
        try {
            return beans.getAttribute(name(type), attribute);
        } catch (InstanceNotFoundException e) {
            return "";
        } catch (JMException | IOException e) {
            throw new AssertionError(type + "." + attribute, e);
        }
    }

    void set(String type, String attribute, Object value) throws Exception {
        beans.setAttribute(name(type), new Attribute(attribute, value));
    }

    /** Calls an operation whose parameters are all texts. */
    Object call(String type, String operation, String... arguments) throws Exception {
        String[] signature = new String[arguments.length];
        Arrays.fill(signature, String.class.getName());
        return beans.invoke(name(type), operation, arguments, signature);
    }

    /** What an operation without parameters, or with texts, answers. */
    String ask(String type, String operation, String... arguments) {
        try {
            return String.valueOf(call(type, operation, arguments));
        } catch (Exception e) {
            throw new AssertionError(type + '.' + operation, e);
        }
    }

    @Override
    public void close() {
        if (connector == null) {
            return;
        }
        try {
            connector.close();
        } catch (IOException e) {
            // The node is gone, and the connection with it.
            return;
        }
    }
}
