// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.leak.LiveHeap;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * What a hostile network tells the sources of addresses, all at once: it costs a node little memory, little time and
 * few lines of the log, and no link. What each source makes of it is in the tests of the bundle.
 */
public class HostileAcceptance {

    private static final String DISCOVERY = "org.ippan.network.discovery";
    private static final Path FOLDER = Container.TARGET.resolve("felix")
            .resolve(HostileAcceptance.class.getSimpleName());
    private static final int SECONDS = Integer.getInteger("hostile.seconds", 10);
    private static final int PACKETS = 50_000;
    private static final int PACKETS_AT_ONCE = 50;
    private static final int WORDS = 60_000;
    private static final int RECORDS = 5_000;
    /** As long as a record, and none. */
    private static final String RECORD = "A".repeat(143) + '\n';
    private static final int ADDRESSES = 1_000;
    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final double MOST_OF_A_CORE = 0.1;
    /** What code that runs for the first time takes once. */
    private static final double COLD_SECONDS = 0.5;
    /** That a search fails, and that it works again. */
    private static final int MOST_LINES = 2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = System.err;
    private final Map<Long, Long> nanos = new HashMap<>();
    private PlainFelix felix;
    private NodeProcess paris;
    private HttpServer http;
    private DatagramSocket dns;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        byte[] records = ("AQL9\n".repeat(WORDS) + RECORD.repeat(RECORDS)).getBytes(StandardCharsets.US_ASCII);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/records", exchange -> {
            exchange.sendResponseHeaders(200, records.length);
            exchange.getResponseBody().write(records);
            exchange.close();
        });
        http.start();
        dns = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        daemon(this::answerNames);
        felix = new PlainFelix(FOLDER);
        felix.configure("org.ippan.network.transport", "listenAddress", "127.0.0.1:0");
        felix.start(Container.PROVIDERS);
        Eventually.until("it listens", NodeInside.SOON,
                () -> felix.context().getServiceReference(Transport.class) != null
                        && felix.service(Transport.class).listenAddress().isPresent());
        paris = NodeProcess.start(NodeInside.NODE_JAR, FOLDER, "paris", List.of("run", "--data",
                FOLDER.resolve("data").toString(), "--listen", "127.0.0.1:0", "--peers",
                felix.service(Transport.class).listenAddress().orElseThrow().toString(), "--until-stdin-closes"))
                .awaitReady();
        felix.start(List.of(DISCOVERY));
        Eventually.until("paris is connected", NodeInside.SOON,
                () -> felix.service(Gossip.class).snapshot().links() == 1);
    }

    @After
    public void stop() {
        System.setErr(err);
        http.stop(0);
        dns.close();
        paris.close();
        felix.close();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "hostile");
        thread.setDaemon(true);
        thread.start();
    }

    /** An alias of itself for names that begin with a, else so many addresses as fit into a packet. */
    private void answerNames() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            while (true) {
                packet.setLength(512);
                dns.receive(packet);
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                boolean alias = question[13] == 'a';
                int count = alias ? 1 : ADDRESSES;
                ByteBuffer answer = ByteBuffer.allocate(question.length + count * 16).put(question)
                        .putShort(2, (short) 0x8180).putShort(6, (short) count).putShort(10, (short) 0);
                for (int i = 0; i < count; i++) {
                    answer.putShort((short) 0xC00C).putShort((short) (alias ? 5 : 1)).putShort((short) 1).putInt(1);
                    if (alias) {
                        answer.putShort((short) 2).putShort((short) 0xC00C);
                    } else {
                        answer.putShort((short) 4).putInt(0x7F010000 + i);
                    }
                }
                dns.send(new DatagramPacket(answer.array(), answer.position(), packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    @Test
    public void shouldCostLittleAndHarmNoLink() throws Exception {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getName();
        Path file = Files.writeString(FOLDER.resolve("peers"), "no address\n".repeat(90_000));
        long handshakes = felix.service(PeerDirectory.class).snapshot().handshakes();
        long before = LiveHeap.bytes();
        said.reset();
        sample();
        nanos.clear();
        long begin = System.nanoTime();
        configure("dns", Map.of("names", "alias.ippan.test:1,many.ippan.test:1", "servers",
                "127.0.0.1:" + dns.getLocalPort(), "refreshSeconds", "10", "allowLoopback", "true"));
        configure("http", Map.of("urls", "http://127.0.0.1:" + http.getAddress().getPort() + "/records"));
        configure("file", Map.of("path", file.toString(), "pollSeconds", "1"));
        configure("mdns", Map.of("enabled", "true", "interfaces", loopback));

        flood(loopback, begin);

        double share = (double) sample() / (System.nanoTime() - begin);
        long grown = LiveHeap.bytes() - before;
        System.out.printf("hostile answers for %d s: %.1f %% of a core, heap %+d KiB%n%s", SECONDS, 100 * share,
                grown / 1024, lines());
        assertTrue(share + " of a core", share <= MOST_OF_A_CORE + COLD_SECONDS / SECONDS);
        assertTrue(grown + " bytes", grown <= MOST_BYTES);
        for (String source : List.of("dns", "mdns", "file", "http")) {
            assertTrue(lines(), lines().lines().filter(line -> line.contains("source=" + source)).count()
                    <= MOST_LINES);
        }
        assertEquals(handshakes, felix.service(PeerDirectory.class).snapshot().handshakes());
        assertEquals(1, felix.service(Gossip.class).snapshot().links());
    }

    private void configure(String source, Map<String, Object> keys) throws Exception {
        felix.configure(DISCOVERY + '.' + source, keys);
    }

    /** From the port of the protocol, as neighbours send, over all the time. */
    private void flood(String loopback, long begin) throws IOException {
        byte[] garbage = new byte[500];
        InetSocketAddress group = new InetSocketAddress("224.0.0.251", 5353);
        try (MulticastSocket neighbour = new MulticastSocket(null)) {
            neighbour.setReuseAddress(true);
            neighbour.bind(new InetSocketAddress(group.getPort()));
            neighbour.setNetworkInterface(NetworkInterface.getByName(loopback));
            for (int i = 0; i < PACKETS; i++) {
                neighbour.send(new DatagramPacket(garbage, garbage.length, group));
                if (i % PACKETS_AT_ONCE == 0) {
                    long due = begin + TimeUnit.SECONDS.toNanos(SECONDS) * i / PACKETS;
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (i % (PACKETS / SECONDS) == 0) {
                    sample();
                }
            }
        }
    }

    /** What threads of the bundle took so far, those that ended too. */
    private long sample() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("ippan-discovery")) {
                nanos.merge(thread.getThreadId(), THREADS.getThreadCpuTime(thread.getThreadId()), Math::max);
            }
        }
        return nanos.values().stream().mapToLong(Long::longValue).sum();
    }

    private String lines() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
