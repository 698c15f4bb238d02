// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets: on the disk, in the command line, over JMX, in what the node says. */
@Tag(Nodes.WAITING)
class SecretsIT {

    private static final String KEY = "a-network-key-that-none-may-see";
    private static final String TOKEN = "a-page-token-that-none-may-see";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private Path secret(String name, String content, String mode) throws IOException {
        return Files.setPosixFilePermissions(Files.writeString(nodes.path(name), content),
                PosixFilePermissions.fromString(mode));
    }

    private NodeProcess node(String... more) throws IOException {
        String users = secret("users", "writer w-secret readwrite\nreader r-secret readonly\n", "rw-------").toString();
        return nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Dsome.password=" + TOKEN), "node",
                Stream.concat(Stream.of("--jmx", "0", "--jmx-password", users, "--http", Nodes.ANY_PORT),
                        Arrays.stream(more)).toArray(String[]::new)).awaitReady();
    }

    @Test
    void shouldKeepItsFilesToItselfAndNoSecretInThem() throws IOException {
        NodeProcess node = node("--key-file", secret("key", KEY, "rw-------").toString(), "--token-file",
                secret("token", TOKEN, "rw-------").toString());
        Set<String> open = new HashSet<>();
        try (Stream<Path> files = Files.walk(nodes.path("node"), 2)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!mode.endsWith("------") && !file.getParent().endsWith("cache")) {
                    open.add(file + " " + mode);
                }
            }
        }

        assertEquals(Set.of(), open);
        try (Stream<Path> files = Files.walk(nodes.path("node"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(content.contains(KEY) || content.contains(TOKEN), file::toString);
            }
        }
        assertFalse(node.err().contains("WARN "), node.err());
    }

    @Test
    void shouldNameFilesThatOthersMayReadAndSecretsInItsCommandLineAndShowThemInNoBean() throws Exception {
        Path key = secret("key", KEY, "rw-r--r--");
        NodeProcess node = node("--key-file", key.toString(), "--set", "org.ippan.network.web:token=" + TOKEN);

        assertTrue(node.err().contains("ippan-node: WARN --key-file: " + key + " is open to other users: group read,"
                + " others read"), node.err());
        assertTrue(node.err().contains("ippan-node: WARN Every user of this machine can read token in the command line"
                + " of this process; use --key-file or --token-file, and replace the secret"), node.err());
        assertTrue(node.err().contains("; run chmod 600 " + key + ", and replace the secret"), node.err());
        assertFalse(node.err().contains(KEY), node.err());
        try (JmxClient client = JmxClient.connect(node, "writer", "w-secret")) {
            Eventually.until("the bean of the node", Nodes.SOON, () -> !client.get("Node", "Id").equals(""));
            String found = String.valueOf(client.call("Node", "doctor"));
            assertTrue(found.contains("WARN secrets: " + key + " is open to other users"), found);
            assertTrue(found.contains("Run chmod go= on them, start the node with umask 077, and replace secrets that"
                    + " may have been read."), found);
        }
        showsAReaderNoSecretInAnyBean(node);
    }

    private static void showsAReaderNoSecretInAnyBean(NodeProcess node) throws Exception {
        try (JmxClient reader = JmxClient.connect(node, "reader", "r-secret")) {
            int read = 0;
            for (ObjectName bean : reader.beans().queryNames(null, null)) {
                for (MBeanAttributeInfo attribute : reader.beans().getMBeanInfo(bean).getAttributes()) {
                    String text = text(reader, bean, attribute.getName());
                    read += text.isEmpty() ? 0 : 1;
                    assertFalse(text.contains(KEY) || text.contains(TOKEN), bean + " " + attribute.getName());
                }
            }
            assertTrue(read > 300, "read " + read + " attributes");
            assertThrows(SecurityException.class, () -> reader.beans().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmCommandLine", new Object[0],
                    new String[0]));
        }
    }

    private static String text(JmxClient reader, ObjectName bean, String attribute) throws IOException {
        try {
            Object value = reader.beans().getAttribute(bean, attribute);
            return value != null && value.getClass().isArray() && !value.getClass().getComponentType().isPrimitive()
                    ? Arrays.deepToString((Object[]) value) : String.valueOf(value)
                    + (value != null && value.getClass().isArray() ? Array.getLength(value) : "");
        } catch (JMException | RuntimeMBeanException e) {
            // Not every attribute of the JVM can be read.
            return "";
        }
    }
}
