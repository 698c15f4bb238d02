// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * Each optional feature in a stock Karaf: installed, its file filled with wrong values key by key and corrected, its
 * bundle restarted and updated, and uninstalled, while messages go through the container from one node to another. No
 * link falls, no message is lost or doubled, and neither a thread nor a socket stays.
 */
public class OptionalFeaturesAcceptance {

    private static final String PREFIX = "org.ippan.network.";
    private static final String USERS = "\nadmin = admin,admin,manager,viewer,systembundles,ssh\n";
    private static final Path FOLDER = Path.of("target", "optional").toAbsolutePath();
    private static final Path RECEIVED = FOLDER.resolve("received");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration TO_REFUSE = Duration.ofSeconds(3);
    /** No key takes all of them, but for those that take any text. */
    private static final List<String> WRONG = List.of("garbage", "-1", "http://a b", "x".repeat(5_000));
    private static final List<String> ANYTHING = List.of("discovery.file:path", "discovery.mdns:interfaces");
    private static final String THREADS = "ippan-(discovery|nat|event-?admin|chaos).*";

    private final List<String> sent = new ArrayList<>();
    private final Thread sender = new Thread(this::send, "traffic");
    private KarafProcess karaf;
    private Jmx jmx;
    private Ssh console;
    private NodeProcess from;
    private NodeProcess to;
    private volatile boolean stopped;

    /** A feature, its configuration, and its bundle if it has one of its own. */
    private record OptionalFeature(String feature, String pid, String bundle, List<String> working) {

        static OptionalFeature of(String name, String pid, String... working) {
            return new OptionalFeature("ippan-network-" + name, PREFIX + pid, PREFIX + pid.replaceAll("\\..*", ""),
                    List.of(working));
        }

        /** The transport itself would take its links along. */
        boolean hasABundle() {
            return !bundle.endsWith(".transport");
        }
    }

    private static final List<OptionalFeature> ALL = List.of(
            OptionalFeature.of("discovery-dns", "discovery.dns", "names=nowhere.invalid:1", "servers=127.0.0.1:1"),
            OptionalFeature.of("discovery-mdns", "discovery.mdns", "enabled=true"),
            OptionalFeature.of("discovery-file", "discovery.file", "path=" + FOLDER.resolve("peers")),
            OptionalFeature.of("discovery-http", "discovery.http", "urls=http://127.0.0.1:1/records"),
            OptionalFeature.of("nat", "nat", "enabled=true", "gateway=127.0.0.1", "ports=9700"),
            OptionalFeature.of("eventadmin", "eventadmin", "topics=com/acme/*"),
            OptionalFeature.of("chaos", "chaos"),
            OptionalFeature.of("websocket", "transport.websocket", "enabled=true", "listenAddress=127.0.0.1:0"));

    @Before
    public void start() throws IOException {
        KarafProcess.delete(FOLDER);
        Files.createDirectories(FOLDER);
        karaf = KarafProcess.stock("optional", USERS);
        karaf.file(PREFIX + "transport").write("listenAddress", "127.0.0.1:0");
        karaf.start();
        jmx = karaf.login("admin");
        console = karaf.console("admin");
        Eventually.until("the node listens", Installed.SOON, () -> !read("Node", "BoundAddress").equals(""));
        String address = read("Node", "BoundAddress");
        from = node("from", address, "--topic", "news", "--publish", "-");
        to = node("to", address, "--subscribe", "news", "--output", RECEIVED.toString(), "--until-stdin-closes");
        Eventually.until("both are linked", SOON, () -> read("Node", "Connected").equals("2"));
    }

    private static NodeProcess node(String name, String peer, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "--data", FOLDER.resolve(name).toString(), "--listen",
                "127.0.0.1:0", "--set", PREFIX + "peers:exchange=false", "--peers", peer));
        arguments.addAll(Arrays.asList(more));
        return NodeProcess.start(Path.of("..", "..", "features", "node", "target", "ippan-node.jar"), FOLDER, name,
                arguments).awaitReady();
    }

    @After
    public void stop() throws Exception {
        stopped = true;
        sender.join();
        for (AutoCloseable each : new AutoCloseable[] {from, to, console, jmx, karaf}) {
            // Not there if the begin failed.
            if (each != null) {
                each.close();
            }
        }
    }

    private void send() {
        for (int i = 0; !stopped; i++) {
            sent.add("line " + i);
            from.send("line " + i);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    public void shouldHarmNoLinkHoweverTheyAreConfiguredReplacedAndUninstalled() throws Exception {
        String handshakes = read("Peers", "Handshakes");
        sender.start();
        TreeSet<String> takeAnything = new TreeSet<>();
        for (OptionalFeature one : ALL) {
            int sockets = karaf.sockets();
            List<String> commented = install(one);
            for (SettingDescription setting : settings(one)) {
                assertTrue(setting.key() + " in " + commented,
                        commented.stream().anyMatch(line -> line.startsWith("# " + setting.key())));
                if (!refusesSomething(one, setting.key())) {
                    takeAnything.add(one.pid.substring(PREFIX.length()) + ":" + setting.key());
                }
            }
            replaceAndUninstall(one);
            System.out.printf("%s: uninstalled, sockets %d before and %d after%n", one.feature, sockets,
                    karaf.sockets());
            Eventually.until(() -> sockets + " sockets, not " + karaf.sockets(), SOON,
                    () -> karaf.sockets() <= sockets);
        }

        assertEquals(ANYTHING, List.copyOf(takeAnything));
        stopped = true;
        sender.join();
        Eventually.until(() -> "all " + sent.size() + " arrive, not " + received().size(), SOON,
                () -> received().size() >= sent.size());
        assertEquals(sent, received());
        assertEquals("no link fell", handshakes, read("Peers", "Handshakes"));
        assertEquals("2", read("Node", "Connected"));
    }

    private List<String> install(OptionalFeature one) throws IOException {
        assertEquals("", console("feature:install " + one.feature));
        ConfigFile file = karaf.file(one.pid);
        List<String> commented = file.lines();
        one.working.forEach(pair -> file.set(pair.substring(0, pair.indexOf('=')),
                pair.substring(pair.indexOf('=') + 1)));
        return commented;
    }

    private static List<SettingDescription> settings(OptionalFeature one) {
        return List.copyOf(Schemas.all().stream().filter(schema -> schema.pid().equals(one.pid)).findFirst()
                .orElseThrow().settings());
    }

    /** Writes wrong values until one is refused, which the doctor says, and then what was there before. */
    private boolean refusesSomething(OptionalFeature one, String key) {
        ConfigFile file = karaf.file(one.pid);
        Optional<String> good = one.working.stream().filter(pair -> pair.startsWith(key + "="))
                .map(pair -> pair.substring(key.length() + 1)).findFirst();
        boolean refused = false;
        for (String wrong : WRONG) {
            file.set(key, wrong);
            refused = within(TO_REFUSE, () -> blamed(one, key));
            if (refused) {
                break;
            }
        }
        file.set(key, good.orElse(null));
        Eventually.until(() -> one.pid + " " + key + " is in order again: " + doctor(), SOON,
                () -> !blamed(one, key));
        return refused;
    }

    private static boolean within(Duration time, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            if (condition.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return false;
    }

    /** Itself, or as the one that another is missing for. */
    private boolean blamed(OptionalFeature one, String key) {
        return Pattern.compile(Pattern.quote(one.pid) + ": .*\\b" + key + "\\b").matcher(doctor()).find();
    }

    private void replaceAndUninstall(OptionalFeature one) throws IOException {
        if (one.hasABundle()) {
            console("bundle:restart " + one.bundle);
            console("bundle:update " + one.bundle);
            console("bundle:stop " + one.bundle);
            console("bundle:start " + one.bundle);
            Eventually.until(() -> one.bundle + " is active: " + console("bundle:list -s"), SOON,
                    () -> console("bundle:list -s -t 0 --no-format").lines()
                            .anyMatch(line -> line.contains("Active") && line.endsWith(one.bundle)));
        }
        assertEquals("", console("feature:uninstall " + one.feature));
        // The file stays, and what the transport does with it too.
        karaf.file(one.pid).set("enabled", null);
        Eventually.until(() -> "no thread is left but " + jmx.threads(THREADS), SOON,
                () -> jmx.threads(THREADS).isEmpty());
    }

    private String console(String command) {
        try {
            return console.run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String doctor() {
        try {
            return jmx.call("Node", "doctor");
        } catch (IOException | JMException e) {
            throw new AssertionError(e);
        }
    }

    private String read(String type, String attribute) {
        try {
            return String.valueOf(jmx.read(type, attribute));
        } catch (JMException e) {
            // Not there yet.
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> received() {
        try (Stream<String> lines = Files.exists(RECEIVED) ? Files.lines(RECEIVED) : Stream.of()) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
