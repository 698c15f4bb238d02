// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assume.assumeTrue;

import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/** Discovery and nat come and go beside a node: what they find becomes links, which stay; nothing of them does. */
public class DiscoveryIT {

    private static final String DISCOVERY = "org.ippan.network.discovery";
    private static final String NAT = "org.ippan.network.nat";
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(DiscoveryIT.class.getSimpleName());
    private static final int ROUNDS = 5;

    private PlainFelix felix;
    private NodeProcess paris;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        felix = new PlainFelix(FOLDER);
        felix.configure("org.ippan.network.transport", "listenAddress", "127.0.0.1:0");
        felix.start(Container.PROVIDERS);
        paris = NodeProcess.start(NodeInside.NODE_JAR, FOLDER, "paris", List.of("run", "--data",
                FOLDER.resolve("data").toString(), "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0",
                "--until-stdin-closes")).awaitReady();
    }

    @After
    public void stop() {
        felix.close();
        paris.close();
    }

    @Test
    public void shouldFindANodeByAFileAndKeepTheLinkWhenTheBundleGoes() throws Exception {
        Path file = Files.writeString(FOLDER.resolve("peers"), "# paris\n" + paris.listen() + "#" + paris.id() + "\n");
        configure("file", Map.of("path", file.toString(), "allowLoopback", "true"));
        Bundle bundle = felix.start(List.of(DISCOVERY)).get(0);
        awaitLink();

        configure("file", Map.of("path", file.toString(), "allowLoopback", "true", "pollSeconds", "garbage"));
        Eventually.until("the source is still there", NodeInside.SOON, () -> source("file").found() == 1);
        bundle.uninstall();

        awaitNoThread("ippan-discovery");
        assertEquals(1, felix.service(PeerDirectory.class).connected().size());
    }

    @Test
    public void shouldFindANodeByTheRecordsThatItsPageServes() throws Exception {
        configure("http", Map.of("urls", "http://" + paris.http().replaceAll("^http://|/$", "") + "/api/v1/records",
                "allowLoopback", "true", "allowPrivate", "true"));

        felix.start(List.of(DISCOVERY));

        awaitLink();
        assertEquals("", source("http").lastError());
    }

    /** The machine's own name, which leads to itself. */
    @Test
    public void shouldSayWhereANameLeadsThatIsNotDialled() throws Exception {
        InetAddress own = InetAddress.getLocalHost();
        assumeTrue("skipped: the name of this machine leads outside", own.isLoopbackAddress()
                || own.isSiteLocalAddress());
        Path file = Files.writeString(FOLDER.resolve("peers"), own.getHostName() + ":9700");
        configure("file", Map.of("path", file.toString(), "allowPrivate", "false"));

        felix.start(List.of(DISCOVERY));

        PeerDirectory directory = service(PeerDirectory.class);
        Eventually.until(() -> "the reason is told by " + directory.peers() + source("file"), NodeInside.SOON,
                () -> directory.peers().stream().anyMatch(peer -> peer.lastError().matches(".* leads to [0-9.]+"
                        + ", where who told of it may not lead this node")));
    }

    @Test
    public void shouldLeaveNoThreadAndNoLoaderBehind() throws Exception {
        Path file = Files.writeString(FOLDER.resolve("peers"), paris.listen());
        configure("file", Map.of("path", file.toString(), "allowLoopback", "true"));
        configure("dns", Map.of("names", "nowhere.invalid:1", "servers", "127.0.0.1:1", "timeoutSeconds", "1"));
        configure("http", Map.of("urls", "http://127.0.0.1:1/records"));
        service(ConfigurationAdmin.class).getConfiguration(NAT, "?").update(new Hashtable<>(Map.of("enabled", "true",
                "gateway", "127.0.0.1", "ports", "9700", "timeoutSeconds", "1", "protocols", "pcp,nat-pmp")));
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            List<Bundle> bundles = felix.start(List.of(DISCOVERY, NAT));
            Eventually.until("all have searched", NodeInside.SOON, () -> source("file").found() == 1
                    && source("dns").failures() > 0 && source("http").failures() > 0
                    && nat().problem() == NatProblem.NO_ANSWER);
            awaitLink();
            for (Bundle bundle : bundles) {
                loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
                bundle.uninstall();
            }
        }

        awaitNoThread("ippan-discovery");
        awaitNoThread("ippan-nat");
        assertEquals(1, service(PeerDirectory.class).connected().size());
        felix.context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(null);
        Eventually.until(() -> "no loader is left of " + loaders.stream().map(WeakReference::get).toList(),
                NodeInside.SOON, () -> {
            Inventory.linkOther();
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }

    private <T> T service(Class<T> type) {
        return felix.service(type);
    }

    private void configure(String source, Map<String, Object> keys) throws Exception {
        service(ConfigurationAdmin.class).getConfiguration(DISCOVERY + '.' + source, "?")
                .update(new Hashtable<>(keys));
    }

    private void awaitLink() {
        Eventually.until(() -> "paris is connected: " + paris.err(), NodeInside.SOON,
                () -> service(Transport.class).listenAddress().isPresent()
                        && service(PeerDirectory.class).connected().size() == 1);
    }

    private static void awaitNoThread(String prefix) {
        Eventually.until(() -> "no thread is left of " + threads(prefix), NodeInside.SOON,
                () -> threads(prefix).isEmpty());
    }

    private static Set<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
                .filter(name -> name.startsWith(prefix)).collect(Collectors.toCollection(TreeSet::new));
    }

    private DiscoverySnapshot source(String name) {
        return snapshot("Discovery." + name, DiscoverySnapshot.class)
                .orElseGet(() -> new DiscoverySnapshot(name, false, 0, 0, 0, 0, "", 0, Map.of()));
    }

    private NatSnapshot nat() {
        return snapshot("Nat", NatSnapshot.class).orElseGet(() -> new NatSnapshot(false, "", "", "", "", 0, 0,
                NatProblem.SEARCHING, "", 0, 0, 0));
    }

    private <R extends Record> Optional<R> snapshot(String name, Class<R> type) {
        try {
            Collection<ServiceReference<SnapshotSource>> found = felix.context()
                    .getServiceReferences(SnapshotSource.class, "(ippan.name=" + name + ")");
            return found.stream().map(reference -> type.cast(felix.context().getService(reference).snapshot()))
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
