// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.Sockets;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The optional bundles and WebSocket, configured wrongly by each of their keys, corrected, stopped, updated and removed
 * while messages go to a peer over TCP and to one inside WebSocket: no link falls, no message is lost or doubled, and
 * nothing is left of what was removed.
 */
public class OptionalAcceptance {

    private static final String PREFIX = "org.ippan.network.";
    private static final String WEB_SOCKET = PREFIX + "transport.websocket";
    private static final String EVENT_ADMIN = "org.apache.felix.eventadmin";
    private static final List<String> BUNDLES = List.of(EVENT_ADMIN, PREFIX + "discovery",
            PREFIX + "nat", PREFIX + "eventadmin", PREFIX + "chaos");
    private static final List<String> PIDS = List.of(WEB_SOCKET, PREFIX + "discovery.dns", PREFIX + "discovery.mdns",
            PREFIX + "discovery.file", PREFIX + "discovery.http", PREFIX + "nat", PREFIX + "eventadmin",
            PREFIX + "chaos");
    /** No key takes all of them, but for those that take any text. */
    private static final List<String> WRONG = List.of("garbage", "-1", "http://a b", "x".repeat(5_000));
    /** Names, a password and a file that may come later. */
    private static final Set<String> ANYTHING = Set.of("discovery.mdns:interfaces",
            "transport.websocket:proxyPassword", "discovery.file:path");
    private static final int RESTARTS = 20;
    private static final Path FOLDER = Container.TARGET.resolve("felix")
            .resolve(OptionalAcceptance.class.getSimpleName());
    private static final Topic TOPIC = Topic.of("news");

    private final Map<String, Map<String, Object>> configured = new HashMap<>();
    private final List<String> published = new ArrayList<>();
    private final Thread publisher = new Thread(this::publish, "traffic-here");
    private PlainFelix felix;
    private NodeProcess overTcp;
    private NodeProcess overWebSocket;
    private Inventory inventory;
    private volatile boolean stopped;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        felix = new PlainFelix(FOLDER);
        felix.configure(PREFIX + "transport", "listenAddress", "127.0.0.1:0");
        configure(WEB_SOCKET, Map.of("enabled", "true", "listenAddress", "127.0.0.1:0"));
        felix.start(Container.PROVIDERS);
        Eventually.until("it listens", NodeInside.SOON, () -> !webSocketAddress().isEmpty()
                && felix.context().getServiceReference(Transport.class) != null
                && felix.service(Transport.class).listenAddress().isPresent());
        overTcp = process("tcp", felix.service(Transport.class).listenAddress().orElseThrow().toString());
        overWebSocket = process("websocket", "ws://" + webSocketAddress() + "/ippan");
        Eventually.until("both are linked", NodeInside.SOON,
                () -> felix.service(Gossip.class).snapshot().links() == 2);
    }

    private NodeProcess process(String name, String peer) {
        return NodeProcess.start(NodeInside.NODE_JAR, FOLDER, name, List.of("run", "--data",
                FOLDER.resolve(name).toString(), "--listen", "127.0.0.1:0", "--set", WEB_SOCKET + ":enabled=true",
                "--set", PREFIX + "peers:exchange=false", "--peers", peer, "--subscribe", TOPIC.name(), "--output",
                output(name).toString(), "--until-stdin-closes")).awaitReady();
    }

    private static Path output(String name) {
        return FOLDER.resolve(name + "-received");
    }

    @After
    public void stop() throws Exception {
        stopped = true;
        publisher.join();
        overTcp.close();
        overWebSocket.close();
        felix.close();
    }

    private String webSocketAddress() {
        try {
            return felix.context().getServiceReferences(SnapshotSource.class, null).stream()
                    .map(found -> felix.context().getService(found).snapshot())
                    .filter(WebSocketSnapshot.class::isInstance).map(WebSocketSnapshot.class::cast)
                    .map(WebSocketSnapshot::boundAddress).findFirst().orElse("");
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void publish() {
        for (int i = 0; !stopped; i++) {
            String line = "line " + i;
            if (felix.service(Gossip.class).publish(Message.of(TOPIC, line.getBytes(StandardCharsets.US_ASCII)))
                    .accepted()) {
                published.add(line);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Test
    public void shouldHarmNoLinkHoweverTheyAreConfiguredReplacedAndRemoved() throws Exception {
        long handshakes = felix.service(PeerDirectory.class).snapshot().handshakes();
        publisher.start();
        List<String> socketsBefore = Sockets.here();
        inventory = new Inventory();
        configureAll();
        List<Bundle> bundles = felix.start(BUNDLES);
        inventory.note(bundles);
        Eventually.until(() -> "all settings are there but " + PIDS.stream().filter(pid -> find(pid).isEmpty())
                .toList(), NodeInside.SOON, () -> PIDS.stream().allMatch(pid -> find(pid).isPresent()));

        Set<String> takeAnything = new TreeSet<>();
        for (String pid : PIDS) {
            for (SettingDescription setting : settings(pid).schema().settings()) {
                if (!refusesSomething(pid, setting.key())) {
                    takeAnything.add(pid.substring(PREFIX.length()) + ":" + setting.key());
                }
            }
        }
        assertEquals(ANYTHING, takeAnything);

        for (int i = 0; i < RESTARTS; i++) {
            for (Bundle bundle : bundles) {
                bundle.stop();
                bundle.start();
                update(bundle);
            }
            inventory.note(bundles);
        }
        Eventually.until("all settings are back", NodeInside.SOON,
                () -> PIDS.stream().allMatch(pid -> find(pid).isPresent()));
        for (Bundle bundle : bundles) {
            bundle.uninstall();
        }
        refresh(bundles);

        inventory.awaitNoLoaderBut(EVENT_ADMIN, OptionalAcceptance::forgottenPools);
        Eventually.until(() -> "no thread is left of " + threads(), NodeInside.SOON, () -> threads().isEmpty());
        Eventually.until(() -> socketsBefore + " sockets, not " + Sockets.here(), NodeInside.SOON,
                () -> Sockets.here().size() <= socketsBefore.size());
        assertTrue("there were others: " + inventory.seen(), inventory.seen() >= RESTARTS * BUNDLES.size());
        stopped = true;
        publisher.join();
        for (String name : List.of("tcp", "websocket")) {
            Eventually.until(() -> "all of " + published.size() + " arrive over " + name, NodeInside.SOON,
                    () -> lines(name).size() >= published.size());
            assertEquals(published, lines(name));
        }
        assertEquals("no link fell", handshakes, felix.service(PeerDirectory.class).snapshot().handshakes());
        assertEquals(2, felix.service(Gossip.class).snapshot().links());
    }

    /** So that each of them has something to do, in vain or not. */
    private void configureAll() throws Exception {
        Path file = Files.writeString(FOLDER.resolve("peers"), overTcp.listen() + "#" + overTcp.id() + "\n");
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getName();
        configure(PREFIX + "discovery.dns", Map.of("names", "nowhere.invalid:1", "servers", "127.0.0.1:1"));
        configure(PREFIX + "discovery.mdns", Map.of("enabled", "true", "interfaces", loopback));
        configure(PREFIX + "discovery.file", Map.of("path", file.toString(), "allowLoopback", "true"));
        configure(PREFIX + "discovery.http", Map.of("urls", "http://127.0.0.1:1/records"));
        configure(PREFIX + "nat", Map.of("enabled", "true", "gateway", "127.0.0.1", "ports", "9700"));
        configure(PREFIX + "eventadmin", Map.of("topics", "com/acme/*"));
        configure(PREFIX + "chaos", Map.of());
    }

    private void configure(String pid, Map<String, Object> values) throws Exception {
        configured.put(pid, values);
        felix.configure(pid, values);
    }

    /** Writes wrong values until one is refused, which is said and changes nothing, and then what was there before. */
    private boolean refusesSomething(String pid, String key) throws Exception {
        LiveSettings<?> settings = settings(pid);
        for (String wrong : WRONG) {
            Map<String, String> good = settings.displayed();
            Map<String, Object> values = new LinkedHashMap<>(configured.get(pid));
            values.put(key, wrong);
            apply(settings, pid, values);
            String error = settings.lastConfigError().orElse("");
            if (error.contains(pid) && error.contains(key)) {
                assertEquals(good, settings.displayed());
                apply(settings, pid, configured.get(pid));
                assertEquals(Optional.empty(), settings.lastConfigError());
                return true;
            }
        }
        apply(settings, pid, configured.get(pid));
        return false;
    }

    private void apply(LiveSettings<?> settings, String pid, Map<String, Object> values) throws Exception {
        long before = settings.generation();
        felix.configure(pid, values);
        Eventually.until(pid + " looks at " + values.keySet(), NodeInside.SOON, () -> settings.generation() > before);
    }

    private LiveSettings<?> settings(String pid) {
        return find(pid).orElseThrow();
    }

    private Optional<LiveSettings<?>> find(String pid) {
        try {
            return felix.context().getServiceReferences(Configurable.class, null).stream()
                    .map(found -> felix.context().getService(found)).filter(found -> found != null)
                    .<LiveSettings<?>>map(Configurable::settings)
                    .filter(settings -> settings.schema().pid().equals(pid)).findFirst();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void update(Bundle bundle) throws Exception {
        try (InputStream jar = URI.create(Container.file(bundle.getSymbolicName())).toURL().openStream()) {
            bundle.update(jar);
        }
        // Until the refresh there is one more loader.
        inventory.note(List.of(bundle));
        refresh(List.of(bundle));
    }

    private void refresh(List<Bundle> changed) throws Exception {
        CompletableFuture<FrameworkEvent> refreshed = new CompletableFuture<>();
        felix.context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(changed, refreshed::complete);
        refreshed.get(NodeInside.SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Event Admin 1.6.4 of Felix takes over its configuration on a thread that its end does not wait for. Where that
     * thread is later than the end it begins anew, and nothing ends this: the threads of its pool live on and hold the
     * loader of the bundle. It does so without any bundle of ours, restarted beside Config Admin alone.
     */
    private static long forgottenPools() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter("EventAdminAsyncThread #1"::equals).count();
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
                .filter(name -> name.matches("ippan-(discovery|nat|event-?admin|chaos).*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> lines(String name) {
        try {
            return Files.exists(output(name)) ? Files.readAllLines(output(name)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
