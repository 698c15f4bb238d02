// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Steady messages both ways between the node in the container and a process, until it is stopped; then every message
 * that was accepted must have arrived, and once.
 */
final class Traffic implements AutoCloseable {

    private static final Topic FROM_HERE = Topic.of("from-the-container");
    private static final String FROM_THERE = "from-the-process";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final Duration TO_ARRIVE = Duration.ofSeconds(30);

    private final NodeInside node;
    private final NodeProcess process;
    private final Path output;
    private final ServiceRegistration<GossipListener> listener;
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> sentHere = new ConcurrentLinkedQueue<>();
    private final Queue<String> sentThere = new ConcurrentLinkedQueue<>();
    /** One each way: what is not accepted here does not hold up what the process sends. */
    private final List<Thread> senders = List.of(new Thread(this::sendHere, "traffic-here"),
            new Thread(this::sendThere, "traffic-there"));
    /** Tells the messages of one test from those of the next, which the same deduplicator sees. */
    private final long nonce = System.nanoTime();
    private volatile boolean stopped;

    private Traffic(BundleContext context, NodeInside node, Path folder) {
        this.node = node;
        this.output = folder.resolve("received.txt");
        this.listener = context.registerService(GossipListener.class,
                message -> received.add(new String(message.payloadBytes(), StandardCharsets.UTF_8)),
                new Hashtable<>(Map.of(GossipListener.TOPIC, new LateTopics())));
        this.process = NodeProcess.start(NodeInside.NODE_JAR, folder, "process", List.of("run",
                "--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0", "--peers", node.address(),
                "--publish", "-", "--topic", FROM_THERE,
                "--subscribe", FROM_HERE.name(), "--output", output.toString()));
    }

    /** Makes binding the listener take its time, as in a busy container: messages must wait until it is bound. */
    private static final class LateTopics extends AbstractList<String> {

        private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

        @Override
        public String get(int index) {
            LockSupport.parkNanos(LATE_NANOS);
            return FROM_THERE;
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** Starts the process, waits until it is connected, and begins. */
    static Traffic start(BundleContext context, NodeInside node, Path folder) {
        Traffic traffic = new Traffic(context, node, folder);
        try {
            traffic.process.awaitReady();
            Eventually.until("the process is connected", NodeInside.SOON,
                    () -> node.connected(traffic.process.id()).isPresent());
        } catch (AssertionError e) {
            traffic.close();
            throw e;
        }
        traffic.senders.forEach(Thread::start);
        return traffic;
    }

    String peer() {
        return process.id();
    }

    /** Waits until the process was given some more messages. */
    void flow() {
        int target = sentThere.size() + 50;
        Eventually.until("messages are sent", TO_ARRIVE, () -> sentThere.size() >= target);
    }

    /** Waits until messages sent from now on arrive both ways. */
    void awaitFlowing() {
        int here = received.size();
        long there = arrived().size();
        Eventually.until(() -> "messages arrive both ways: " + (received.size() - here) + " here, "
                + (arrived().size() - there) + " there, " + node.find(Gossip.class).map(Gossip::snapshot)
                + node.find(PeerDirectory.class).map(PeerDirectory::peers), TO_ARRIVE,
                () -> received.size() > here && arrived().size() > there);
    }

    private void sendThere() {
        for (int i = 0; !stopped; i++) {
            sentThere.add("there " + i);
            process.send("there " + i);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void sendHere() {
        for (int i = 0; !stopped; i++) {
            publish("here " + i);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Tries until it is accepted: the service may be away, or its peers. */
    private void publish(String text) {
        Message message = Message.of(FROM_HERE, text.getBytes(StandardCharsets.UTF_8)).withNonce(nonce);
        while (!stopped) {
            if (node.find(Gossip.class).filter(gossip -> gossip.publish(message).accepted()).isPresent()) {
                sentHere.add(text);
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Stops sending and checks that everything accepted arrived exactly once, both ways. */
    void stopAndCheck() throws InterruptedException {
        stop();
        Eventually.until(() -> "all " + sentThere.size() + " from the process: " + wrong(sentThere, received),
                TO_ARRIVE, () -> received.size() >= sentThere.size());
        Eventually.until(() -> "all " + sentHere.size() + " from the container: " + wrong(sentHere, arrived()),
                TO_ARRIVE, () -> arrived().size() >= sentHere.size());

        assertEquals("from the process", Map.of(), wrong(sentThere, received));
        assertEquals("from the container", Map.of(), wrong(sentHere, arrived()));
    }

    /** Stops sending and checks that nothing arrived twice. */
    void stopAndCheckThatNothingCameTwice() throws InterruptedException {
        stop();

        assertTrue(wrong(sentThere, received).toString(), wrong(sentThere, received).values().stream()
                .allMatch(count -> count == 0));
        assertTrue(wrong(sentHere, arrived()).toString(), wrong(sentHere, arrived()).values().stream()
                .allMatch(count -> count == 0));
    }

    private void stop() throws InterruptedException {
        stopped = true;
        for (Thread sender : senders) {
            sender.join(TO_ARRIVE.toMillis());
        }
    }

    private List<String> arrived() {
        try {
            return Files.exists(output) ? Files.readAllLines(output) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What did not arrive exactly once, with how often it did. */
    private static Map<String, Integer> wrong(Collection<String> sent, Collection<String> received) {
        Map<String, Integer> counted = new TreeMap<>();
        sent.forEach(line -> counted.put(line, 0));
        received.forEach(line -> counted.merge(line, 1, Integer::sum));
        counted.values().removeIf(count -> count == 1);
        return counted;
    }

    @Override
    public void close() {
        stopped = true;
        process.close();
        listener.unregister();
    }
}
