// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.felix.RestartedNode.Step;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;

/**
 * Random restarts, updates and refreshes of bundles under traffic both ways between an application in the container and
 * a process. What was lost and doubled is counted, and so is what the bundles leave behind.
 */
final class Restarts implements AutoCloseable {

    private static final Duration TO_FLOW = Duration.ofSeconds(40);
    private static final Duration TO_ARRIVE = Duration.ofSeconds(20);
    private static final long QUIET_MILLIS = 2_000;
    private static final int MOST_PAUSE_MILLIS = 300;
    /** So often it is checked in between that messages flow; otherwise the next step comes at once. */
    private static final int CHECK_EVERY = 5;
    /** Messages that gossip may hold when everything stops at once: those of a tenth of a second. */
    private static final int MOST_UNSENT = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final long seed;
    private final Random random;
    private final Path output;
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> sentHere = new ConcurrentLinkedQueue<>();
    private final Queue<String> sentThere = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Object> places = new ConcurrentHashMap<>(Map.of("received", received, "sent", sentHere,
            "failures", failures, "number", new AtomicInteger()));
    private final RestartedNode node;
    private final NodeProcess process;
    private final Thread sender = new Thread(this::send, "traffic-there");
    private volatile boolean stopped;
    private int carriersReplaced;

    /** Messages that never arrived, and those that arrived more than once, by direction. */
    record Balance(int sentHere, long lostThere, long doubledThere, int sentThere, long lostHere, long doubledHere) {

        long lost() {
            return lostThere + lostHere;
        }

        long doubled() {
            return doubledThere + doubledHere;
        }
    }

    /** Starts the node and the process, and waits until messages flow. */
    Restarts(Path folder, long seed) throws Exception {
        this.seed = seed;
        this.random = new Random(seed);
        Container.delete(folder);
        output = folder.resolve("received.txt");
        int port = NodeInside.freePort();
        node = new RestartedNode(folder.resolve("node"), port, places);
        process = NodeProcess.start(NodeInside.NODE_JAR, folder, "process", List.of("run",
                "--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0", "--peers", "127.0.0.1:" + port,
                // So many lost connections in a row would make it wait for up to a minute.
                "--set", "org.ippan.network.peers:backoffMaxSeconds=2", "--publish", "-", "--topic",
                "from-the-process", "--subscribe", "from-the-container",
                "--output", output.toString()));
        process.awaitReady();
        sender.start();
        awaitFlowing("at first");
    }

    private void send() {
        for (int i = 0; !stopped; i++) {
            sentThere.add("there " + i);
            process.send("there " + i);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Takes so many random steps, each with one of these bundles. */
    void run(int steps, List<String> names) throws Exception {
        take(steps, names, () -> { });
    }

    /** The same, but after the transport was replaced what it kept from being sent arrives before the next step. */
    void runWithCare(int steps, List<String> names) throws Exception {
        take(steps, names, this::awaitAll);
    }

    private void take(int steps, List<String> names, Runnable afterTransport) throws Exception {
        for (int i = 1; i <= steps; i++) {
            String name = names.get(random.nextInt(names.size()));
            Step step = Step.values()[random.nextInt(Step.values().length)];
            int sent = sentHere.size();
            node.take(step, name);
            System.out.println("step " + i + ": " + step + " of " + name + ", sent " + sent + " to " + sentHere.size());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_PAUSE_MILLIS)));
            if (i % CHECK_EVERY == 0 || i == steps) {
                awaitFlowing("after step " + i + ", " + step + " of " + name + ", seed " + seed);
            }
            if (RestartedNode.CARRIERS.contains(name)) {
                carriersReplaced++;
                afterTransport.run();
            }
        }
    }

    private void awaitFlowing(String when) {
        int here = received.size();
        int there = arrived().size();
        Eventually.until(() -> when + " messages arrive both ways: " + (received.size() - here) + " here, "
                + (arrived().size() - there) + " there, failures " + failures, TO_FLOW,
                () -> node.isWhole() && received.size() > here && arrived().size() > there);
    }

    private List<String> arrived() {
        try {
            return Files.exists(output) ? Files.readAllLines(output) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all that was sent so far. */
    void checkThatNothingIsLostOrDoubled() {
        Balance balance = awaitAll();
        System.out.println(balance + ", seed " + seed);
        assertEquals(balance.toString(), 0, balance.doubled());
    }

    private Balance awaitAll() {
        int here = sentThere.size();
        int there = sentHere.size();
        Eventually.until(() -> "nothing is lost of " + there + " and " + here + ": " + balance(there, here)
                + ", not there " + lost(counted(sentHere, there, arrived())) + ", not here "
                + lost(counted(sentThere, here, received)),
                TO_ARRIVE,
                () -> balance(there, here).lost() == 0);
        return balance(there, here);
    }

    /**
     * Stops sending and waits until nothing arrives any more. What gossip could not send before it was replaced too is
     * lost; all else comes, if more than once where the deduplicator went together with gossip.
     */
    void checkThatOnlyWhatCannotBeSentIsLost() throws InterruptedException {
        places.put("silent", true);
        stopped = true;
        sender.join();
        int before = -1;
        for (int now = received.size() + arrived().size(); now != before; now = received.size() + arrived().size()) {
            before = now;
            Thread.sleep(QUIET_MILLIS);
        }
        Balance balance = balance(sentHere.size(), sentThere.size());
        System.out.println(balance + " with " + node.inventory.seen() + " class loaders, api or transport replaced "
                + carriersReplaced + " times, seed " + seed);
        assertEquals(balance.toString(), 0, balance.lostHere());
        assertEquals(balance.toString(), 0, balance.doubledThere());
        assertTrue(balance.toString(), balance.lostThere() <= (long) MOST_UNSENT * carriersReplaced);
    }

    private Balance balance(int sentToThere, int sentToHere) {
        Map<String, Integer> there = counted(sentHere, sentToThere, arrived());
        Map<String, Integer> here = counted(sentThere, sentToHere, received);
        return new Balance(there.size(), lost(there).size(), doubled(there), here.size(), lost(here).size(),
                doubled(here));
    }

    private static Map<String, Integer> counted(Collection<String> sent, int first, Collection<String> received) {
        Map<String, Integer> counted = new LinkedHashMap<>();
        sent.stream().limit(first).forEach(line -> counted.put(line, 0));
        received.forEach(line -> counted.computeIfPresent(line, (any, times) -> times + 1));
        return counted;
    }

    private static List<String> lost(Map<String, Integer> counted) {
        return counted.entrySet().stream().filter(line -> line.getValue() == 0).map(Map.Entry::getKey).toList();
    }

    private static long doubled(Map<String, Integer> counted) {
        return counted.values().stream().filter(times -> times > 1).count();
    }

    /** Checks that nothing is held while the node runs, and nothing at all is left when it has gone. */
    void checkThatNothingIsLeft() throws Exception {
        node.awaitOneLoaderEach();
        process.close();
        node.uninstall();
        assertEquals("the application met no exception", List.of(), List.copyOf(failures));
        int seen = node.inventory.seen();
        assertTrue("there were others: " + seen, seen > RestartedNode.ALL.size());
    }

    @Override
    public void close() {
        stopped = true;
        process.close();
        node.close();
    }
}
