// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnection;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.security.auth.Subject;
import org.ippan.network.node.launch.LaunchException;

/**
 * {@code run --jmx}: the MBeans of this process for JMX clients on this machine, registry and connector on one port of
 * 127.0.0.1. It sets system properties of RMI, so it is for a process of ours, not for programs that embed a node:
 * those find the beans on the platform's MBean server and open a connector of their own.
 */
public final class JmxServer implements AutoCloseable {

    private static final String NAME = "jmxrmi";

    /** Nobody else in the registry: a local user could put a connector of his own there and be told passwords. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "java.rmi.server.hostname", LoopbackSockets.HOST,
            "sun.rmi.registry.registryFilter", "!*",
            // A thread for each connection: silent ones of a local user would take all there is, for two hours.
            "sun.rmi.transport.tcp.maxConnectionThreads", "128",
            "sun.rmi.transport.tcp.readTimeout", "30000");

    private static final String CREDENTIALS = "maxarray=2;maxdepth=2;maxbytes=10000;java.lang.String;!*";

    /** Each has a thread that looks whether it is still there. */
    private static final int MOST_CLIENTS = 64;

    private final LoopbackSockets sockets = new LoopbackSockets();
    private final Registry registry;
    private final JMXConnectorServer connector;
    private ObjectName name;

    private JmxServer(int port, Optional<JmxUsers> users) throws IOException {
        PROPERTIES.forEach(System::setProperty);
        registry = LocateRegistry.createRegistry(port, null, sockets);
        Map<String, Object> environment = new HashMap<>(Map.of(
                RMIConnectorServer.CREDENTIALS_FILTER_PATTERN, CREDENTIALS,
                RMIConnectorServer.SERIAL_FILTER_PATTERN, JmxConnection.PARAMETERS));
        users.ifPresent(known -> environment.put(JMXConnectorServer.AUTHENTICATOR, known));
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        RMIJRMPServerImpl clients = new Clients(port, sockets, environment, users, beans);
        // Whatever does not go through a client's own view is read-only.
        connector = new RMIConnectorServer(new JMXServiceURL("rmi", LoopbackSockets.HOST, port), environment, clients,
                JmxGuard.of(beans, JmxRole.READONLY));
        try {
            connector.start();
            registry.rebind(NAME, clients.toStub());
            // So that whoever looks for a connector, as the doctor does, finds it where containers put theirs.
            name = beans.registerMBean(connector, new ObjectName("connector:name=rmi,port=" + sockets.boundPort()))
                    .getObjectName();
        } catch (JMException e) {
            close();
            throw new IOException(e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens the connector.
     *
     * @param port 0 for any free one
     * @param users who may connect; empty for anybody on this machine
     */
    public static JmxServer open(int port, Optional<JmxUsers> users) {
        try {
            return new JmxServer(port, users);
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LaunchException("cannot open JMX on " + LoopbackSockets.HOST + ":" + port + ": "
                    + cause.getMessage(), e);
        }
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return LoopbackSockets.HOST + ":" + sockets.boundPort();
    }

    /** What JMX clients call an address. */
    public static JMXServiceURL url(String address) throws IOException {
        return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + address + "/" + NAME);
    }

    @Override
    public void close() {
        try {
            unregister();
            connector.stop();
        } catch (IOException e) {
            System.err.println("ippan-node: JMX does not stop: " + e.getMessage());
        }
        try {
            UnicastRemoteObject.unexportObject(registry, true);
        } catch (NoSuchObjectException e) {
            throw new IllegalStateException("the registry was closed twice", e);
        }
    }

    private void unregister() {
        try {
            if (name != null) {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("somebody else took " + name + " away", e);
        }
    }

    /** Gives each client the view of the MBeans its role has. */
    private static final class Clients extends RMIJRMPServerImpl {

        private final ThreadLocal<JmxRole> entering = new ThreadLocal<>();
        private final AtomicInteger served = new AtomicInteger();
        private final int port;
        private final LoopbackSockets sockets;
        private final Map<String, ?> environment;
        private final Optional<JmxUsers> users;
        private final MBeanServer beans;

        Clients(int port, LoopbackSockets sockets, Map<String, ?> environment, Optional<JmxUsers> users,
                MBeanServer beans) throws IOException {
            super(port, null, sockets, environment);
            this.port = port;
            this.sockets = sockets;
            this.environment = environment;
            this.users = users;
            this.beans = beans;
        }

        @Override
        protected RMIConnection makeClient(String connectionId, Subject subject) throws IOException {
            boolean made = false;
            try {
                if (served.incrementAndGet() > MOST_CLIENTS) {
                    throw new IOException("there are " + MOST_CLIENTS + " JMX clients already; close one, or wait two"
                            + " minutes for those that are gone");
                }
                JmxConnection client = client(connectionId, subject);
                made = true;
                return client;
            } finally {
                if (!made) {
                    served.decrementAndGet();
                }
            }
        }

        private JmxConnection client(String connectionId, Subject subject) throws IOException {
            JmxRole role = users.map(known -> known.role(subject)).orElse(JmxRole.READWRITE);
            entering.set(role);
            try {
                JmxConnection client = new JmxConnection(this, connectionId, subject, environment, role);
                UnicastRemoteObject.exportObject(client, port, null, sockets, JmxConnection::filter);
                return client;
            } finally {
                entering.remove();
            }
        }

        @Override
        protected void clientClosed(RMIConnection client) throws IOException {
            served.decrementAndGet();
            super.clientClosed(client);
        }

        /** A connection asks for its MBean server while it is made. */
        @Override
        public MBeanServer getMBeanServer() {
            JmxRole role = entering.get();
            return role == null ? super.getMBeanServer() : JmxGuard.of(beans, role);
        }
    }
}
