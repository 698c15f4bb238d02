// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.Attribute;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import javax.management.Query;
import javax.management.QueryExp;
import javax.management.RuntimeMBeanException;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** Who may do what over JMX. */
@Tag(Nodes.WAITING)
class JmxAccessIT {

    private static final String CARRIES = "a call over JMX carries at most 1 MiB, 1000 objects, arrays of 10000 and 6"
            + " levels, of plain values, names, attributes, filters, and queries without patterns of text: ";
    private static final String[] DUMP = {String[].class.getName()};

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private Path users(String mode) throws IOException {
        Path file = Files.writeString(nodes.path("users"), "writer w-secret readwrite\nreader r-secret readonly\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String refused(Executable call) {
        return assertThrows(SecurityException.class, call).getMessage();
    }

    private static void isNotPublished(JmxClient writer, String text) {
        assertEquals("not published: no peer is connected (the doctor says why)", assertThrows(
                RuntimeMBeanException.class, () -> writer.call("Node", "publishText", "news", text))
                        .getCause().getMessage());
    }

    private static int port(NodeProcess node) {
        return Integer.parseInt(node.jmx().substring(node.jmx().indexOf(':') + 1));
    }

    private static void awaitReputation(JmxClient client) {
        Eventually.until("the bean of reputation", Nodes.SOON,
                () -> client.get("Reputation", "BanThreshold").equals(-500));
    }

    @Test
    void shouldLetAReaderReadOnlyAndAStrangerDoNothing() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--jmx-password",
                users("rw-------").toString());

        String wrong = "user or password is wrong or missing";
        assertEquals(wrong, refused(() -> JmxClient.connect(node).close()));
        assertEquals(wrong, refused(() -> JmxClient.connect(node, "reader", "w-secret").close()));
        try (JmxClient reader = JmxClient.connect(node, "reader", "r-secret");
                JmxClient writer = JmxClient.connect(node, "writer", "w-secret")) {
            awaitReputation(reader);
            assertEquals("this user may read only; setAttribute needs the role readwrite in the file of --jmx-password",
                    refused(() -> reader.set("Reputation", "BanThreshold", -200)));
            refused(() -> reader.call("Reputation", "reset"));
            refused(() -> reader.call("Node", "publishText", "news", "text"));
            for (ObjectName bean : reader.beans().queryNames(new ObjectName("org.ippan.network:*"), null)) {
                for (MBeanOperationInfo operation : reader.beans().getMBeanInfo(bean).getOperations()) {
                    refused(() -> reader.beans().invoke(bean, operation.getName(), new Object[0], new String[0]));
                }
            }
            refused(() -> reader.beans().setAttribute(new ObjectName("java.lang:type=Memory"),
                    new Attribute("Verbose", true)));

            writer.set("Reputation", "BanThreshold", -200);

            assertEquals(-200, reader.get("Reputation", "BanThreshold"));
            String examined = String.valueOf(writer.call("Node", "doctor"));
            assertTrue(examined.contains("OK   remote-jmx: "), examined);
            assertEquals("OK   limits: Nothing holds traffic back.", writer.call("Node", "limits"));
            assertEquals("org.ippan.network.reputation banThreshold = -200 (Config Admin)",
                    writer.call("Node", "settings", "banThreshold"));
            isNotPublished(writer, "text");
            assertTrue(node.err().lines().noneMatch(line -> line.contains("anybody on this machine")), node.err());
        }
    }

    @Test
    void shouldLetNobodyRunCodeThroughTheNode() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        try (JmxClient client = JmxClient.connect(node)) {
            awaitReputation(client);

            assertEquals("createMBean is open to nobody here", refused(() -> client.beans().createMBean(
                    "javax.management.loading.MLet", new ObjectName("a:type=b"))));
            refused(() -> client.beans().unregisterMBean(JmxClient.name("Node")));
            String closed = refused(() -> client.beans().invoke(new ObjectName(
                    "com.sun.management:type=DiagnosticCommand"), "jvmtiAgentLoad",
                    new Object[] {new String[] {"/tmp/x.so"}}, DUMP));
            assertTrue(closed.startsWith("invoke is open on the beans of "), closed);
            Exception refusal = assertThrows(IOException.class,
                    () -> client.set("Reputation", "BanThreshold", new File("a class no call needs")));

            assertTrue(refusal.getMessage().contains("REJECTED"), refusal.toString());
            assertEquals(-500, client.get("Reputation", "BanThreshold"));
            assertTrue(node.err().contains("ippan-node: anybody on this machine may manage this node over JMX;"
                    + " --jmx-password asks them for a password"), node.err());
        }
    }

    /** Sets in sets in sets: with 20 levels of them, computing their hashes takes longer than a node lives. */
    @Test
    void shouldNotUnpackWhatComputesForLongWhoeverSendsIt() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--jmx-password",
                users("rw-------").toString());
        try (JmxClient reader = JmxClient.connect(node, "reader", "r-secret");
                JmxClient writer = JmxClient.connect(node, "writer", "w-secret")) {
            awaitReputation(reader);

            refused(() -> reader.set("Reputation", "BanThreshold", sets(8)));
            for (JmxClient client : new JmxClient[] {reader, writer}) {
                assertThrows(Exception.class, () -> client.beans().queryNames(null, Query.eq(Query.attr("a"),
                        Query.value("x".repeat(2_000_000)))));
            }
            for (Object value : new Object[] {sets(1), nested(10), new Object[20_000]}) {
                Exception refusal = assertThrows(IOException.class,
                        () -> writer.set("Reputation", "BanThreshold", value));
                assertTrue(refusal.getMessage().contains(CARRIES + "filter status: REJECTED"),
                        refusal.toString());
            }
            // The server refuses at once; a client that still writes may see the end of the connection first.
            Eventually.until("a client is told why", Nodes.SOON, () -> causes(assertThrows(IOException.class,
                    () -> writer.call("Node", "publishText", "news", "x".repeat(2_000_000))))
                            .contains(CARRIES + "this one is larger"));
            isNotPublished(writer, "x".repeat(90_000));
        }
    }

    /** It tries all ways to match: with many stars, one call had a processor for ever. */
    @Test
    void shouldMatchNoPatternsOfText() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--jmx-password",
                users("rw-------").toString());
        try (JmxClient reader = JmxClient.connect(node, "reader", "r-secret")) {
            QueryExp pattern = Query.match(Query.attr("LibraryPath"), Query.value("*?".repeat(12) + '!'));
            for (QueryExp query : new QueryExp[] {pattern, Query.or(pattern, Query.not(pattern))}) {
                assertTrue(assertThrows(IOException.class, () -> reader.beans().queryNames(null, query)).getMessage()
                        .contains(CARRIES + "filter status: REJECTED"));
                assertTrue(assertThrows(IOException.class, () -> reader.beans().queryMBeans(null, query)).getMessage()
                        .contains(CARRIES + "filter status: REJECTED"));
            }
            assertEquals(1, reader.beans().queryNames(new ObjectName("java.lang:*"),
                    Query.eq(Query.attr("VmName"), Query.attr("VmName"))).size());
        }
    }

    /** Each had a thread, for two hours. */
    @Test
    void shouldGiveSilentConnectionsFewThreads() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        try (JmxClient client = JmxClient.connect(node)) {
            ObjectName threads = new ObjectName("java.lang:type=Threading");
            int before = (int) client.beans().getAttribute(threads, "ThreadCount");
            List<Socket> silent = new ArrayList<>();
            try {
                for (int i = 0; i < 500; i++) {
                    silent.add(new Socket(Nodes.LOOPBACK, port(node)));
                }
                Eventually.until("most are closed", Nodes.SOON, () -> closed(silent) > 300);
                int more = (int) client.beans().getAttribute(threads, "ThreadCount") - before;

                assertTrue(more < 150, more + " threads");
            } finally {
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void shouldServeAFewClientsAtOnce() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        List<JmxClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                clients.add(JmxClient.connect(node));
            }

            String refusal = causes(assertThrows(Exception.class, () -> JmxClient.connect(node).close()));

            assertTrue(refusal.contains("there are 64 JMX clients already; close one, or wait two minutes for those"
                    + " that are gone"), refusal);
        } finally {
            clients.forEach(JmxClient::close);
        }
    }

    private static long closed(List<Socket> sockets) {
        return sockets.stream().filter(socket -> {
            try {
                socket.setSoTimeout(1);
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }).count();
    }

    private static String causes(Throwable refusal) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
        }
        return all.toString();
    }

    private static Object sets(int levels) {
        Set<Object> set = new HashSet<>();
        for (int i = 0; i < levels; i++) {
            set = new HashSet<>(Arrays.asList(set, i, "a" + i));
        }
        return set;
    }

    private static Object nested(int levels) {
        Object nested = "";
        for (int i = 0; i < levels; i++) {
            nested = new Object[] {nested};
        }
        return nested;
    }

    /** Else a local user could have passwords sent to a connector of his own, or one of the network try some. */
    @Test
    void shouldListenOnLoopbackOnlyAndLetNobodyElseIntoTheRegistry() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        int port = port(node);
        Registry registry = LocateRegistry.getRegistry(Nodes.LOOPBACK, port);

        assertThrows(RemoteException.class, () -> registry.rebind("jmxrmi", registry.lookup("jmxrmi")));

        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (!address.getHostAddress().equals(Nodes.LOOPBACK)) {
                    assertThrows(IOException.class, () -> new Socket(address, port).close(), address.toString());
                }
            }
        }
        JmxClient.connect(node).close();
    }

    @Test
    void shouldStopInGoodOrderWithAClientConnected() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        try (JmxClient client = JmxClient.connect(node)) {
            awaitReputation(client);

            node.terminate();

            assertEquals(0, node.exitCode(Nodes.SOON), node.err());
            assertTrue(node.err().lines().noneMatch(line -> line.contains("ERROR") || line.contains("Exception")),
                    node.err());
        }
    }
}
