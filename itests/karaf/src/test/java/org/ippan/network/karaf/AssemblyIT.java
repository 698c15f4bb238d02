// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.ippan.network.testkit.Eventually;
import org.junit.Test;

/** The ready distribution: it starts by itself, and its three users may do what is documented. */
public class AssemblyIT {

    private static final Path HOME = Path.of("target", "assembly").toAbsolutePath();
    private static final String STRANGER = "ab".repeat(32);

    @Test
    public void shouldStartWithUsersOfThreeRoles() throws Exception {
        try (KarafProcess karaf = KarafProcess.unpack(archive(), HOME)) {
            karaf.start();
            try (Jmx viewer = karaf.login("viewer"); Jmx manager = karaf.login("manager");
                    Jmx admin = karaf.login("admin")) {
                Eventually.until("the node listens", Installed.SOON, () -> listens(viewer));

                Eventually.until("the admin bans", Installed.SOON, () -> bans(admin));
                assertThrows(SecurityException.class, () -> manager.call("Reputation", "ban", STRANGER, 0L, "a test"));
                assertThrows(SecurityException.class, () -> manager.write("Reputation", "BanThreshold", -450));
                assertThrows(SecurityException.class, () -> viewer.call("Reputation", "pardon", STRANGER));
                assertEquals("Pardoned abababab.", manager.call("Reputation", "pardon", STRANGER));
                assertEquals(-500, manager.read("Reputation", "BanThreshold"));
                seesNoSecrets(viewer, admin);
            }
            assertEquals("configurations, keys and state are for their owner", List.of(), open());
            assertEquals(List.of(), karaf.loud());
            assertTrue("the comments are there", karaf.file("org.ippan.network.reputation").lines()
                    .contains("# banThreshold = -500"));
            assertTrue("ssh is reached from this machine only", karaf.file("org.apache.karaf.shell").lines().stream()
                    .anyMatch(line -> line.matches("sshHost *= *127\\.0\\.0\\.1")));
        }
    }

    /** Where a configuration with the network's key, or the JVM's options with any secret, could be read. */
    private static void seesNoSecrets(Jmx viewer, Jmx admin) throws JMException, IOException {
        ObjectName runtime = new ObjectName("java.lang:type=Runtime");
        ObjectName config = new ObjectName("org.apache.karaf:type=config,name=root");
        String[] texts = {String.class.getName(), String.class.getName()};
        Object[] arguments = {"org.ippan.network.peers", "networkKey"};
        for (String attribute : List.of("InputArguments", "SystemProperties")) {
            assertThrows(SecurityException.class, () -> viewer.server().getAttribute(runtime, attribute));
            admin.server().getAttribute(runtime, attribute);
        }
        viewer.server().getAttribute(runtime, "Uptime");
        assertThrows(SecurityException.class, () -> viewer.server().invoke(
                new ObjectName("org.apache.karaf:type=system,name=root"), "getProperty",
                new Object[] {"java.version"}, new String[] {String.class.getName()}));
        assertThrows(SecurityException.class, () -> viewer.server().invoke(config, "getProperty", arguments, texts));
        assertThrows(SecurityException.class, () -> viewer.server().invoke(config, "listProperties",
                Arrays.copyOf(arguments, 1), Arrays.copyOf(texts, 1)));
        admin.server().invoke(config, "getProperty", arguments, texts);
        for (ObjectName bean : admin.server().queryNames(new ObjectName("osgi.compendium:service=cm,*"), null)) {
            assertThrows(SecurityException.class, () -> viewer.server().invoke(bean, "getProperties",
                    Arrays.copyOf(arguments, 1), Arrays.copyOf(texts, 1)));
        }
    }

    /** What the node wrote that others may read. */
    private static List<String> open() throws IOException {
        List<String> open = new ArrayList<>();
        for (Path folder : List.of(HOME.resolve("data/ippan-network"), HOME.resolve("etc"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                // Who may do what is no secret, and is laid down as the container does that.
                for (Path file : files.filter(path -> HOME.relativize(path).toString().matches(
                        "data/ippan-network.*|etc/org[.]ippan[.]network[.].*")).toList()) {
                    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                    if (!mode.endsWith("------")) {
                        open.add(file + " " + mode);
                    }
                }
            }
        }
        return open;
    }

    private static Path archive() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("..", "..", "features", "assembly", "target"))) {
            return built.filter(path -> path.toString().endsWith(".tar.gz")).findFirst().orElseThrow().toRealPath();
        }
    }

    /** Whether a ban works; a bean may be there a moment before the service behind it. */
    private static boolean bans(Jmx admin) {
        try {
            return admin.call("Reputation", "ban", STRANGER, 0L, "a test").startsWith("Banned");
        } catch (JMException | IOException | RuntimeMBeanException e) {
            return false;
        }
    }

    private static boolean listens(Jmx jmx) {
        try {
            return !jmx.read("Node", "BoundAddress").equals("");
        } catch (JMException | IOException e) {
            // Not there yet.
            return false;
        }
    }
}
