// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Twenty processes over a random overlay of eight links each: everyone has everything exactly once, next to nothing is
 * sent twice, and six that are killed at once harm nobody else. Takes four minutes; {@code docs/testing.md} has the
 * command. The seed of the overlay is {@code -Dacceptance.seed}, the time before the kill {@code -Dacceptance.seconds}.
 */
class TwentyNodesAcceptance {

    private static final int NODES = 20;
    private static final int DIALLED_BY_EACH = 4;
    private static final int KILLED = 6;
    private static final int PER_SECOND = 50;
    private static final int SECONDS = Integer.getInteger("acceptance.seconds", 120);
    private static final int SECONDS_AFTER_THE_KILL = 20;
    private static final int PAYLOAD_BYTES = 1024;
    private static final double MOST_RMR = 0.06;
    private static final Duration TO_CONNECT = Duration.ofMinutes(2);
    private static final Duration TO_ARRIVE = Duration.ofSeconds(30);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final Random random = new Random(Long.getLong("acceptance.seed", 42));
    private final List<Member> members = new ArrayList<>();

    /** A node, what it published, and where it writes what it receives. */
    private record Member(NodeProcess process, JmxClient jmx, Path output, Set<String> published) {

        long counter(String name) {
            return ((Number) jmx.get("Gossip", name)).longValue();
        }
    }

    /** Bodies that arrived and those of them that were news, over all nodes. */
    private record Bodies(long received, long duplicates) {

        double redundancySince(Bodies before) {
            long all = received - before.received;
            long news = all - (duplicates - before.duplicates);
            return (double) all / news - 1;
        }
    }

    @Test
    void shouldDeliverEverythingOnceWithNextToNoDuplicatesAlsoWhenSixAreKilled() throws Exception {
        startAll();
        connectAll();

        publishFor(SECONDS / 2);
        Bodies warm = bodies();
        publishFor(SECONDS - SECONDS / 2);
        double redundancy = warmRedundancy(warm);
        assertAllArrived(members, published(members));
        assertTrue(redundancy <= MOST_RMR, "relative message redundancy " + redundancy);

        List<Member> killed = List.copyOf(members.subList(NODES - KILLED, NODES));
        List<Member> survivors = List.copyOf(members.subList(0, NODES - KILLED));
        killed.forEach(member -> member.process.kill());
        members.removeAll(killed);
        Set<String> before = published(survivors);
        publishFor(SECONDS_AFTER_THE_KILL);
        Set<String> after = published(survivors);
        after.removeAll(before);

        long begin = System.nanoTime();
        assertAllArrived(survivors, after);
        System.out.printf("after kill -9 of %d at once: all %d messages, the first included, at all %d survivors,"
                + " complete %d ms after the last was published%n", KILLED, after.size(), survivors.size(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    /** By exchange alone: each is told of the first, and of nobody else. */
    @Test
    void shouldFindAllOthersFromOnePeer() throws Exception {
        long begin = System.nanoTime();
        NodeProcess first = nodes.run("node-0", Nodes.ANY_PORT, "--jmx", "0");
        List<NodeProcess> others = IntStream.range(1, NODES).mapToObj(i -> nodes.launch("node-" + i, Nodes.ANY_PORT,
                "--jmx", "0", "--peers", first.listen())).toList();
        others.forEach(NodeProcess::awaitReady);
        Set<String> everyone = others.stream().map(NodeProcess::id).collect(Collectors.toCollection(HashSet::new));
        everyone.add(first.id());

        for (NodeProcess process : others) {
            Set<String> expected = new HashSet<>(everyone);
            expected.remove(process.id());
            try (JmxClient jmx = JmxClient.connect(process)) {
                Eventually.until(() -> process + " knows " + known(jmx).size() + " of " + expected.size(), TO_CONNECT,
                        () -> known(jmx).containsAll(expected));
            }
        }
        System.out.printf("%d nodes that were told of one know all others %d s after the first was started%n",
                others.size(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
    }

    private static Set<String> known(JmxClient jmx) {
        try {
            return String.valueOf(jmx.call("Peers", "list")).lines().map(line -> line.split("\t")[0])
                    .collect(Collectors.toSet());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void startAll() throws Exception {
        List<NodeProcess> processes = IntStream.range(0, NODES).mapToObj(i -> nodes.launch("node-" + i, Nodes.ANY_PORT,
                "--jmx", "0", "--set", "org.ippan.network.peers:outboundTarget=" + DIALLED_BY_EACH,
                "--set", "org.ippan.network.peers:exchange=false",
                "--publish", "-", "--topic", "load",
                "--subscribe", "load", "--output", output(i).toString())).toList();
        for (int i = 0; i < NODES; i++) {
            NodeProcess process = processes.get(i).awaitReady();
            members.add(new Member(process, JmxClient.connect(process), output(i), new HashSet<>()));
        }
    }

    private Path output(int node) {
        return nodes.path("received-" + node + ".txt");
    }

    /** Each dials four it is not linked to yet: eight links for each on average. */
    private void connectAll() throws Exception {
        Set<Set<Integer>> pairs = new HashSet<>();
        for (int i = 0; i < NODES; i++) {
            int dialled = 0;
            while (dialled < DIALLED_BY_EACH) {
                int other = random.nextInt(NODES);
                if (other != i && pairs.add(Set.of(i, other))) {
                    members.get(i).jmx.call("Peers", "add", members.get(other).process.listen(), "");
                    dialled++;
                }
            }
        }
        int ends = 2 * pairs.size();
        Eventually.until(() -> links() + " ends of links of " + ends, TO_CONNECT, () -> links() >= ends);
        System.out.printf("%d processes, %.1f links each%n", NODES, (double) links() / NODES);
    }

    private int links() {
        return members.stream().mapToInt(member -> (Integer) member.jmx.get("Gossip", "Links")).sum();
    }

    private void publishFor(int seconds) {
        long begin = System.nanoTime();
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            Member publisher = members.get(random.nextInt(members.size()));
            String line = line();
            publisher.published.add(line);
            publisher.process.send(line);
            long next = begin + (i + 1) * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** One payload that no codec shortens by much. */
    private String line() {
        StringBuilder line = new StringBuilder();
        while (line.length() < PAYLOAD_BYTES) {
            line.append(Long.toString(random.nextLong(), Character.MAX_RADIX));
        }
        return line.substring(0, PAYLOAD_BYTES);
    }

    private double warmRedundancy(Bodies warm) {
        double redundancy = bodies().redundancySince(warm);
        System.out.printf("relative message redundancy %.4f in the last %d s at %d messages/s of %d bytes; grafts,"
                + " prunes and repairs of all nodes since the start: %d, %d, %d%n", redundancy, SECONDS - SECONDS / 2,
                PER_SECOND, PAYLOAD_BYTES, sum("GraftsSent"), sum("PrunesSent"), sum("Repaired"));
        return redundancy;
    }

    private Bodies bodies() {
        return new Bodies(sum("BodiesReceived"), sum("Duplicates"));
    }

    private long sum(String counter) {
        return members.stream().mapToLong(member -> member.counter(counter)).sum();
    }

    private static Set<String> published(List<Member> by) {
        Set<String> all = new HashSet<>();
        by.forEach(member -> all.addAll(member.published));
        return all;
    }

    /** Each has every one of these lines once, but for its own. */
    private static void assertAllArrived(List<Member> receivers, Set<String> lines) {
        for (Member member : receivers) {
            Set<String> expected = new HashSet<>(lines);
            expected.removeAll(member.published);
            Eventually.until(() -> member.process + " has " + Nodes.lines(member.output).size(), TO_ARRIVE,
                    () -> new HashSet<>(Nodes.lines(member.output)).containsAll(expected));
            List<String> received = Nodes.lines(member.output);
            assertEquals(new HashSet<>(received).size(), received.size(), member.process + " has lines twice");
        }
        System.out.printf("%d messages at each of %d nodes exactly once%n", lines.size(), receivers.size());
    }
}
