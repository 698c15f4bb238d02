// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A client of the container's remote JMX, by RMI, with a login, which knows the classes of the JDK and no others. */
final class Jmx implements AutoCloseable {

    static final String DOMAIN = "org.ippan.network:";

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Jmx(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /** Logs in as a user whose password is its name. */
    static Jmx login(int registryPort, String user) {
        try {
            JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + registryPort
                    + "/karaf-root");
            return new Jmx(JMXConnectorFactory.connect(url, Map.of(
                    JMXConnector.CREDENTIALS, new String[] {user, user},
                    JMXConnectorFactory.DEFAULT_CLASS_LOADER, ClassLoader.getPlatformClassLoader())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MBeanServerConnection server() {
        return server;
    }

    /** The names of our beans. */
    Set<ObjectName> ours() throws IOException, JMException {
        return new TreeSet<>(server.queryNames(new ObjectName(DOMAIN + "*"), null));
    }

    Object read(String type, String attribute) throws IOException, JMException {
        return server.getAttribute(bean(type), attribute);
    }

    void write(String type, String attribute, Object value) throws IOException, JMException {
        server.setAttribute(bean(type), new Attribute(attribute, value));
    }

    /** Calls an operation of one of our beans; arguments are texts and longs. */
    String call(String type, String operation, Object... arguments) throws IOException, JMException {
        return String.valueOf(invoke(bean(type), operation, arguments));
    }

    Object invoke(ObjectName bean, String operation, Object... arguments) throws IOException, JMException {
        String[] signature = Arrays.stream(arguments)
                .map(argument -> argument instanceof Long ? "long" : argument.getClass().getName())
                .toArray(String[]::new);
        return server.invoke(bean, operation, arguments, signature);
    }

    /** The names of the container's threads that match. */
    List<String> threads(String pattern) {
        try {
            ThreadInfo[] all = ManagementFactory.newPlatformMXBeanProxy(server, ManagementFactory.THREAD_MXBEAN_NAME,
                    ThreadMXBean.class).dumpAllThreads(false, false);
            return Arrays.stream(all).map(ThreadInfo::getThreadName).filter(name -> name.matches(pattern)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectName bean(String type) throws JMException {
        return new ObjectName(DOMAIN + "type=" + type);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
