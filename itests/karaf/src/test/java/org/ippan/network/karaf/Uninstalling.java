// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.ippan.network.testkit.Eventually;

/** A container that is left as the documents say, by features or by the archive, and what is left of us in it. */
final class Uninstalling {

    private final KarafProcess karaf;
    private final Jmx jmx;
    private final int port;
    private final Set<String> files;

    /** Notes what must stay. */
    Uninstalling(KarafProcess karaf, Jmx jmx) throws IOException, JMException {
        this.karaf = karaf;
        this.jmx = jmx;
        String address = String.valueOf(jmx.read("Node", "BoundAddress"));
        this.port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        this.files = files();
        assertTrue(files.toString(), files.contains("org.ippan.network.transport.cfg"));
    }

    /** Deletes the archive from {@code deploy/}. */
    void byTheArchive() throws Exception {
        karaf.undeploy();

        check();
    }

    /** Types what is printed; the peer that its first line removes was removed before. */
    void byFeatures(Ssh admin) throws Exception {
        List<String> printed = FirstMinutes.printed("ippan:peer-remove");

        assertEquals("", admin.run(printed.get(1)));
        assertTrue(admin.run(printed.get(2)).startsWith("Removing features repository"));

        check();
        String repositories = admin.run("feature:repo-list --no-format");
        assertFalse(repositories, repositories.contains("ippan"));
    }

    private void check() throws Exception {
        Eventually.until(() -> "no bundle of ours: " + bundles(), Installed.SOON, () -> bundles().isEmpty());
        assertEquals(Set.of(), jmx.ours());
        assertEquals(List.of(), jmx.threads("ippan.*"));
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        assertEquals(files, files());
        assertTrue("the state stays", Files.exists(karaf.home().resolve("data/ippan-network/transport/identity.pem")));
        Eventually.until(() -> "no object of ours: " + objects(), Installed.SOON, () -> owners().size() <= 1);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> etc = Files.list(karaf.home().resolve("etc"))) {
            return etc.map(file -> file.getFileName().toString()).filter(name -> name.contains("ippan"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private List<String> bundles() {
        TabularData all;
        try {
            all = (TabularData) invoke("osgi.core:type=bundleState,*", "listBundles");
        } catch (RuntimeMBeanException e) {
            // One was uninstalled while the container listed it.
            return List.of(String.valueOf(e.getCause()));
        }
        return all.values().stream().map(bundle -> String.valueOf(((CompositeData) bundle).get("SymbolicName")))
                .filter(name -> name.startsWith("org.ippan.network.")).toList();
    }

    /** Bundles that have objects: one may, as the JDK keeps the types of the record whose methods it linked last. */
    private Set<String> owners() {
        return objects().stream().map(name -> name.replaceFirst("^.*?org\\.ippan\\.network\\.(\\w+).*$", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Classes that have objects, but those of the api, whose records all bundles compare. */
    private List<String> objects() {
        String histogram = (String) invoke("com.sun.management:type=DiagnosticCommand", "gcClassHistogram",
                (Object) new String[0]);
        return histogram.lines().map(line -> line.strip().split("\\s+")).filter(line -> line.length > 3)
                .map(line -> line[3]).filter(name -> name.contains("org.ippan.network."))
                .filter(name -> !name.contains("org.ippan.network.api.")).toList();
    }

    private Object invoke(String bean, String operation, Object... arguments) {
        try {
            return jmx.invoke(jmx.server().queryNames(new ObjectName(bean), null).iterator().next(), operation,
                    arguments);
        } catch (IOException | JMException e) {
            throw new AssertionError(bean, e);
        }
    }
}
