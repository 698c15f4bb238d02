// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.discovery.mdns.LocalNetwork;
import org.ippan.network.discovery.mdns.MdnsSource;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Rules;
import org.ippan.network.discovery.settings.MdnsSettings;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.ippan.network.testkit.process.Counterpart;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * A node in a stock Karaf finds the network by each kind of discovery alone: a feature, and one line in its file. What
 * the loopback of a test needs besides is set before that line. When the feature goes, the link stays. Others find it
 * behind nginx by the lines that the documents print.
 */
public class FindingIT {

    private static final String USERS = "\nadmin = admin,admin,manager,viewer,systembundles,ssh\n";
    private static final Path FOLDER = Path.of("target", "finding").toAbsolutePath();
    /** With a machine of its own it takes no more than five: {@code -Dfinding.seconds=5}. */
    private static final Duration TO_LINK = Duration.ofSeconds(Integer.getInteger("finding.seconds", 30));
    private static final Duration SOON = Duration.ofMinutes(1);
    /** No node of another test on this machine is to link itself to these. */
    private static final String NETWORK = "finding-" + ProcessHandle.current().pid();
    private static final String INSTALL = "feature:install ippan-network-discovery-";
    private static final String UNINSTALL = "feature:uninstall ippan-network-discovery-";
    private static final String THREADS = "ippan-discovery.*";

    private static KarafProcess karaf;
    private static Jmx jmx;
    private static Ssh console;
    /** The kind of discovery that is there, if there is one. */
    private static String installed;

    private NodeProcess paris;

    @BeforeClass
    public static void boot() throws IOException {
        karaf = KarafProcess.stock("finding", USERS);
        karaf.file("org.ippan.network.peers").write("networkId", NETWORK);
        karaf.start();
        jmx = karaf.login("admin");
        console = karaf.console("admin");
        Eventually.until("the node listens", Installed.SOON, () -> connected() == 0);
    }

    @AfterClass
    public static void shutDown() {
        console.close();
        jmx.close();
        karaf.close();
    }

    /** It tells others of none it met, so that each test begins with two nodes that know of no other. */
    @Before
    public void start() throws IOException {
        KarafProcess.delete(FOLDER);
        Files.createDirectories(FOLDER);
        paris = node("paris");
    }

    private static NodeProcess node(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--data", FOLDER.resolve(name).toString(), "--listen",
                "127.0.0.1:0", "--http", "127.0.0.1:0", "--network-id", NETWORK, "--set",
                "org.ippan.network.peers:exchange=false", "--until-stdin-closes"));
        arguments.addAll(Arrays.asList(more));
        return NodeProcess.start(Path.of("..", "..", "features", "node", "target", "ippan-node.jar"), FOLDER, name,
                arguments).awaitReady();
    }

    /** A kind that is left by a test that failed would keep the threads of all kinds. */
    @After
    public void stop() throws IOException {
        if (installed != null) {
            console.run(UNINSTALL + installed);
            installed = null;
        }
        paris.close();
        Eventually.until("paris has gone", SOON, () -> connected() == 0);
    }

    @Test
    public void shouldFindItByDns() throws Exception {
        assumeTrue("skipped: no dnsmasq (apt-get install dnsmasq-base)", Counterpart.isDnsmasqInstalled());
        PeerAddress address = PeerAddress.parse(paris.listen());
        try (Counterpart dns = Counterpart.dnsmasq(FOLDER, List.of("srv-host=_ippan._tcp.net.ippan.test,a.ippan.test,"
                + address.port() + ",10,60", "host-record=a.ippan.test,127.0.0.1", "txt-record=a.ippan.test,peer="
                + paris.id()))) {
            assertFound("dns", Map.of("allowLoopback", "true", "servers", "127.0.0.1:" + dns.port()), "names",
                    "_ippan._tcp.net.ippan.test");
        }
    }

    @Test
    public void shouldFindItByMdns() throws Exception {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getName();
        ExecutorService reader = Executors.newCachedThreadPool();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        MdnsSource neighbour = new LocalNetwork(LocalNetwork.GROUP, () -> Optional.of(PeerId.parse(paris.id())),
                () -> Optional.of(PeerAddress.parse(paris.listen())),
                new Network(() -> Optional.of(HandshakeCodec.networkTag(NETWORK))), reader, Ticker.system(),
                new RefusalCounts()).source(new MdnsSettings(true, List.of(loopback), true, new Rules(64, true, true)));
        try {
            timer.scheduleWithFixedDelay(() -> look(neighbour), 0, 1, TimeUnit.SECONDS);
            assertFound("mdns", Map.of("allowLoopback", "true", "interfaces", loopback), "enabled", "true");
        } finally {
            timer.shutdownNow();
            neighbour.close();
            reader.shutdownNow();
        }
    }

    private static void look(MdnsSource source) {
        try {
            source.look();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void shouldFindItByAFile() throws Exception {
        Path file = Files.writeString(FOLDER.resolve("peers.txt"), paris.listen() + "\n");

        installed = "file";
        assertEquals("", console.run(INSTALL + "file"));
        karaf.file("org.ippan.network.discovery.file").set("path", file.toString());
        Eventually.until(FindingIT::explained, SOON, () -> explained().contains("WARN discovery: The discovery file"
                + " knows 0 addresses or records; refused since its start: loopback 1. Check what"
                + " org.ippan.network.discovery.file searches; on one machine set allowLoopback = true there."));
        karaf.file("org.ippan.network.discovery.file").set("path", null);

        assertFound("file", Map.of("allowLoopback", "true"), "path", file.toString());
    }

    /** A node that tells its peers of no address serves none either, so this is another. */
    @Test
    public void shouldFindItByTheRecordsThatItsPageServes() throws Exception {
        try (NodeProcess rome = node("rome", "--set", "org.ippan.network.peers:exchange=true")) {
            assertFound("http", Map.of("allowLoopback", "true", "allowPrivate", "true"), "urls",
                    "http://" + rome.http().replaceAll("^http://|/$", "") + "/api/v1/records");
        }
    }

    /** By what {@code docs/websocket.md} prints for both, with a port that is free. */
    @Test
    public void shouldBeReachedThroughNginx() throws Exception {
        assumeTrue("skipped: no nginx (apt-get install nginx-light)", Counterpart.isNginxInstalled());
        int port = KarafProcess.freePort();
        List<String> printed = CodeBlock.of(Path.of("..", "..", "docs", "websocket.md")).stream()
                .map(block -> block.text().replace("9750", "" + port)).toList();
        String settings = printed.stream().filter(text -> text.contains("listenAddress = ")).findFirst().orElseThrow();
        String location = printed.stream().filter(text -> text.contains("proxy_pass ")).findFirst().orElseThrow();
        assertEquals("", console.run("feature:install ippan-network-websocket"));
        settings.lines().map(line -> line.split(" = ")).forEach(pair ->
                karaf.file("org.ippan.network.transport.websocket").set(pair[0], pair[1]));
        try (Counterpart nginx = Counterpart.nginx(FOLDER, location);
                NodeProcess tokyo = node("tokyo", "--set", "org.ippan.network.transport.websocket:enabled=true",
                        "--peers", "wss://127.0.0.1:" + nginx.port() + "/ippan")) {
            Eventually.until(() -> "it is linked through nginx: " + tokyo.err(), SOON, () -> connected() == 1);
            assertEquals(1L, ((Number) jmx.read("WebSocket", "Opened")).longValue());
        }
    }

    private static void assertFound(String kind, Map<String, String> here, String key, String value) throws Exception {
        installed = kind;
        assertEquals("", console.run(INSTALL + kind));
        ConfigFile file = karaf.file("org.ippan.network.discovery." + kind);
        Eventually.until("its keys are there as comments", SOON,
                () -> Files.exists(file.path()) && file.lines().stream().anyMatch(line -> line.startsWith("# " + key)));
        new LinkedHashMap<>(here).forEach(file::set);
        Eventually.always("nothing is found without that line", Duration.ofSeconds(1), () -> connected() == 0);

        long begin = System.nanoTime();
        file.set(key, value);
        Eventually.until(() -> "it is linked: " + explained(), SOON, () -> connected() == 1);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);

        System.out.printf("discovery %s: linked %d ms after the line was written%n", kind, taken.toMillis());
        assertTrue("linked after " + taken, taken.compareTo(TO_LINK) <= 0);
        String told = "The discovery " + kind + " knows ";
        assertTrue(explained(), explained().contains(told));
        Object handshakes = jmx.read("Peers", "Handshakes");
        assertEquals("", console.run(UNINSTALL + kind));
        installed = null;
        Eventually.until(() -> "no thread of it is left, but " + jmx.threads(THREADS), SOON,
                () -> jmx.threads(THREADS).isEmpty());
        assertFalse(explained(), explained().contains(told));
        assertEquals("the link stays", 1, connected());
        assertEquals(handshakes, jmx.read("Peers", "Handshakes"));
    }

    private static String explained() {
        try {
            return jmx.call("Node", "doctor").replaceAll("\\s+", " ");
        } catch (IOException | JMException e) {
            throw new AssertionError(e);
        }
    }

    /** How many peers; -1 while that cannot be asked. */
    private static int connected() {
        try {
            return jmx.read("Node", "BoundAddress").equals("") ? -1 : (Integer) jmx.read("Node", "Connected");
        } catch (JMException e) {
            return -1;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
