// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Counterpart;
import org.ippan.network.testkit.process.NodeProcess;

/**
 * Three processes A, B and C. A and B are linked over TCP. B and C are too, or else C is behind a proxy of its own, B
 * behind a web server with TLS, and they are linked through both.
 */
final class Way implements AutoCloseable {

    static final double NANOS_PER_SECOND = 1e9;

    private static final String NO_SHORT_CUT = "org.ippan.network.peers:exchange=false";
    private static final String WEB_SOCKET = "org.ippan.network.transport.websocket:";
    /** Before nodes that send much: what C2 costs is earned back. */
    static final List<String> FULL_COMPILER = List.of("env", "_JAVA_OPTIONS=-XX:TieredStopAtLevel=4");
    private static final String LIVE = "live";
    private static final String FILE = "file";
    private static final int PER_SECOND = 100;
    private static final Duration TO_ARRIVE = Duration.ofMinutes(20);

    private final Nodes nodes;
    private final String name;
    private final List<String> prefix;
    private final NodeProcess b;
    private final NodeProcess c;
    private final String addressOfB;
    private final Counterpart nginx;
    private final Counterpart proxy;
    private final JmxClient atB;
    private final JmxClient atC;
    private NodeProcess a;

    /** What is between B and C. */
    enum Between { NOTHING, NGINX_AND_TINYPROXY, NGINX_AND_SQUID }

    /** Starts B and C by a command that runs another, or none, and links them. */
    Way(Nodes nodes, Between between, List<String> prefix) throws IOException {
        this.nodes = nodes;
        this.prefix = prefix;
        this.name = between == Between.NOTHING ? "tcp" : "websocket";
        Files.deleteIfExists(received());
        b = start("b", between == Between.NOTHING ? List.of() : List.of("enabled=true", "listenAddress=127.0.0.1:0",
                "trustedProxies=127.0.0.1/32"));
        atB = JmxClient.connect(b);
        List<String> settings = new ArrayList<>();
        if (between == Between.NOTHING) {
            nginx = null;
            proxy = null;
            addressOfB = b.listen();
        } else {
            Eventually.until("b accepts WebSocket", Nodes.SOON,
                    () -> String.valueOf(atB.get("WebSocket", "BoundAddress")).contains(":"));
            String bound = String.valueOf(atB.get("WebSocket", "BoundAddress"));
            nginx = Counterpart.nginx(nodes.path(""), Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1)));
            proxy = between == Between.NGINX_AND_TINYPROXY ? Counterpart.tinyproxy(nodes.path(""), nginx.port())
                    : Counterpart.squid(Files.createTempDirectory("squid"), nginx.port());
            addressOfB = "wss://localhost:" + nginx.port() + "/ippan";
            settings.addAll(List.of("enabled=true", "noProxy=192.0.2.0/24", "proxy=http://127.0.0.1:" + proxy.port()));
        }
        if (between == Between.NGINX_AND_SQUID) {
            settings.addAll(List.of("proxyUser=node", "proxyPassword=secret"));
        }
        c = start("c", settings, "--peers", addressOfB, "--subscribe", "*", "--output", received().toString());
        atC = JmxClient.connect(c);
        awaitLink();
    }

    private NodeProcess start(String node, List<String> webSocket, String... more) {
        List<String> all = new ArrayList<>(List.of("--jmx", "0", "--set", NO_SHORT_CUT));
        webSocket.forEach(setting -> all.addAll(List.of("--set", WEB_SOCKET + setting)));
        all.addAll(Arrays.asList(more));
        return nodes.prefixed(prefix, node + "-" + name, all.toArray(String[]::new)).awaitReady();
    }

    private Path received() {
        return nodes.path("received-" + name);
    }

    private void awaitLink() {
        awaitConnected(atC, 1);
    }

    private static void awaitConnected(JmxClient at, int peers) {
        Eventually.until(() -> peers + " peers of " + at.get("Peers", "Connected") + ": "
                + at.ask("Node", "doctor"), Nodes.SOON, () -> at.get("Peers", "Connected").equals(peers));
    }

    /** What a file cost that went all the way. */
    record Cost(double seconds, double atB, double atC, double between) {

        double nodes() {
            return atB + atC;
        }
    }

    /** Has A publish a file, and waits until C has every byte of it. */
    Cost carry(Path file, String sha256) throws IOException {
        int pieces = (int) (Files.size(file) / NumberedFile.PIECE);
        Cost before = cost(System.nanoTime());
        a = start("a", List.of(), "--peers", b.listen(), "--publish", file.toString(), "--topic", FILE);
        Eventually.until(() -> received() + " has " + Nodes.size(received()) + " bytes; a says " + a.err(), TO_ARRIVE,
                () -> Nodes.size(received()) >= Nodes.size(file));
        Cost after = cost(System.nanoTime());
        assertEquals(Nodes.size(file), Nodes.size(received()));
        assertEquals(sha256, NumberedFile.restored(received(), pieces));
        assertEquals("0", String.valueOf(atB.get("Gossip", "Overrun")));
        Cost cost = new Cost(after.seconds - before.seconds, after.atB - before.atB, after.atC - before.atC,
                after.between - before.between);
        System.out.printf("%d MiB %s: %.1f s; processor time of B %.1f s, of C %.1f s, of the proxies %.1f s%n",
                Files.size(file) >> 20, name, cost.seconds, cost.atB, cost.atC, cost.between);
        return cost;
    }

    private Cost cost(long now) {
        return new Cost(now / NANOS_PER_SECOND, seconds(b.processorTime()), seconds(c.processorTime()),
                nginx == null ? 0 : seconds(nginx.processorTime()) + seconds(proxy.processorTime()));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS_PER_SECOND;
    }

    /** What B says of its links to A and C. */
    void assertBothKindsLookAlike() throws Exception {
        awaitConnected(atB, 2);
        new KindsOfLinks(atB).assertAlike();
    }

    /** Banned on one kind of link, C is let in by neither, until it is pardoned. */
    void assertABanHoldsOnBoth() throws Exception {
        atB.beans().invoke(JmxClient.name("Reputation"), "ban", new Object[] {c.id(), 0L, "for this test"},
                new String[] {String.class.getName(), "long", String.class.getName()});
        awaitConnected(atC, 0);
        for (String address : List.of(addressOfB, b.listen(), addressOfB)) {
            long before = refusals();
            Eventually.until(() -> "c is refused at " + address, Nodes.SOON, () -> {
                atC.ask("Peers", "connect", address);
                return refusals() > before;
            });
        }
        assertEquals(0, atC.get("Peers", "Connected"));
        atB.ask("Reputation", "pardon", c.id());
        atC.ask("Peers", "connect", addressOfB);
        awaitLink();
    }

    private long refusals() {
        return ((Number) atC.get("Peers", "GoodbyesReceivedBanned")).longValue();
    }

    /** How long C takes from an order to a link through the proxies, all programs being warm. */
    Duration reconnect() {
        long before = handshakes();
        long begin = System.nanoTime();
        atB.ask("Peers", "disconnect", c.id(), "for this test");
        Eventually.until("c is linked again", Nodes.SOON, () -> {
            atC.ask("Peers", "connect", addressOfB);
            return handshakes() > before && atC.get("Peers", "Connected").equals(1);
        });
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private long handshakes() {
        return ((Number) atC.get("Peers", "Handshakes")).longValue();
    }

    /**
     * Stops nginx under traffic, and counts what arrives after it has come back.
     *
     * @return how long after it answers again C is linked
     */
    Duration outage(int seconds) {
        long before = Nodes.size(received());
        if (a != null) {
            a.close();
        }
        a = start("a", List.of(), "--peers", b.listen(), "--publish", "-", "--topic", LIVE);
        awaitConnected(atB, 2);
        int sent = send(a, 0, 2);
        nginx.close();
        awaitConnected(atC, 0);
        sent = send(a, sent, seconds);
        nginx.start();
        long back = System.nanoTime();
        awaitLink();
        Duration taken = Duration.ofNanos(System.nanoTime() - back);
        int all = send(a, sent, 2);
        Eventually.until(() -> arrived(before).size() + " lines of " + all, Nodes.SOON,
                () -> arrived(before).size() >= all);
        Map<String, Integer> counted = Nodes.counted(arrived(before));
        assertEquals(all, counted.size());
        assertTrue(counted.values().stream().allMatch(count -> count == 1), "lines arrived twice");
        System.out.printf("nginx away for %d s: linked %d ms after it is back, all of %d messages arrived once%n",
                seconds, taken.toMillis(), all);
        return taken;
    }

    /** The whole lines behind so many bytes. */
    private List<String> arrived(long before) {
        try (InputStream in = Files.newInputStream(received())) {
            in.skipNBytes(before);
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int send(NodeProcess from, int first, int seconds) {
        long begin = System.nanoTime();
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            from.send(LIVE + " " + (first + i) + " " + "x".repeat(i));
            LockSupport.parkNanos(begin + (i + 1) * TimeUnit.SECONDS.toNanos(1) / PER_SECOND - System.nanoTime());
        }
        return first + seconds * PER_SECOND;
    }

    /** Says nothing for a while, and counts the links of C. */
    void rest(Duration time) {
        long before = handshakes();
        LockSupport.parkNanos(time.toNanos());
        assertEquals(before, handshakes());
        System.out.printf("nothing published for %d s: the link through the proxies is still the same%n",
                time.toSeconds());
    }

    @Override
    public void close() {
        if (a != null) {
            a.close();
        }
        atB.close();
        atC.close();
        b.close();
        c.close();
        if (nginx != null) {
            nginx.close();
            proxy.close();
        }
    }
}
