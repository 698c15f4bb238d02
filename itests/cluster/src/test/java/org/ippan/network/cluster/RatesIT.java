// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rates of what a peer may send and of what is sent to it, over real sockets. */
class RatesIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final Topic PROBES = Topic.of("probes");
    private static final String FLOOD = "flood";
    private static final int SMALL = 200;
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int SECONDS = 5;
    private static final double NANOS = 1e9;
    /** What a busy machine adds to a delay now and then; behind a flood it would be all the time of the test. */
    private static final double NOISE_MILLIS = 2_000;
    private static final int FLOOD_PER_SECOND = 5_000;
    /** Twice what is heeded of a peer. */
    private static final int CONTROL_PER_SECOND = 1_000;
    private static final Duration UNTIL_GOODBYE = Duration.ofSeconds(35);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** Ends with the test. */
    private volatile boolean over;

    private IppanNode plain(String name, String... peers) {
        return nodes.embed(name, builder -> builder.set(TRANSPORT, "tls", "false"), peers);
    }

    private Thread start(String name, Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                // The node closed the connection, or the test is over.
                Thread.currentThread().interrupt();
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Work that may fail. */
    private interface Task {

        void run() throws Exception;
    }

    /** Does something so many times a second, in slices of 10 ms, until the test is over. */
    private void repeat(int perSecond, Task task) throws Exception {
        long begin = System.nanoTime();
        for (long done = 0; !over;) {
            long due = (long) ((System.nanoTime() - begin) / NANOS * perSecond);
            for (; done < due && !over; done++) {
                task.run();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static void pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
    }

    private static TransportSnapshot transport(IppanNode node) {
        return node.service(Transport.class).snapshot();
    }

    /** And while it lasts, a flood of control frames at another node. */
    @Test
    void shouldReadAFloodAtItsRateAndSendAFloodOfControlFramesAway() throws Exception {
        IppanNode reader = plain("reader");
        IppanNode honest = plain("honest", Nodes.address(reader));
        reader.set(TRANSPORT, "inboundMessagesPerSecond", "1000");
        honest.set(TRANSPORT, "controlFramesPerSecond", String.valueOf(CONTROL_PER_SECOND / 2));
        Nodes.awaitPeers(reader, 1);
        Delays delays = new Delays();
        AtomicLong read = new AtomicLong();
        reader.subscribe(PROBES.toString(), delays);
        reader.subscribe(FLOOD, message -> read.incrementAndGet());
        start("probes", () -> repeat(50, () ->
                honest.gossip().publish(Message.of(PROBES, Delays.stamped(SMALL)))));
        Eventually.until("probes arrive", Nodes.SOON, () -> delays.count() > 100);
        delays.clear();
        pause(2);
        double baseline = delays.millis(99);

        try (WirePeer flooder = WirePeer.connect(Nodes.address(reader), "default");
                WirePeer announcer = WirePeer.connect(Nodes.address(honest), "default")) {
            long begin = System.nanoTime();
            start("announcer", () -> announce(announcer));
            start("flooder", () -> flood(flooder));
            pause(2);
            delays.clear();
            long before = read.get();
            long from = System.nanoTime();
            pause(SECONDS);
            double rate = (read.get() - before) * NANOS / (System.nanoTime() - from);
            double beside = delays.millis(99);

            System.out.printf("flood read at %.0f/s; probes p50 %.1f ms, p99 %.1f ms, before %.1f ms; %s%n", rate,
                    delays.millis(50), beside, baseline, transport(reader));
            assertTrue(rate > 500 && rate < 1100, rate + " messages/s");
            assertTrue(beside <= Math.max(2 * baseline, NOISE_MILLIS), beside + " ms");
            assertTrue(transport(reader).ratePausedMillis() > 1000, () -> transport(reader).toString());
            assertTrue(score(reader, flooder) >= 0);
            assertEquals(0, flooder.goodbye());

            Eventually.until(() -> "RATE_LIMIT, not " + announcer.goodbye() + ": " + transport(honest), UNTIL_GOODBYE,
                    () -> announcer.goodbye() == WirePeer.RATE_LIMIT);
            double took = (System.nanoTime() - begin) / NANOS;
            System.out.printf("flood of announcements sent away after %.1f s, %d frames ignored%n", took,
                    transport(honest).framesIgnored());
            assertTrue(took <= UNTIL_GOODBYE.toSeconds(), took + " s");
            Eventually.until("it costs 5 points", Nodes.SOON, () -> score(honest, announcer) == -5);
            assertEquals(0, flooder.goodbye());
        } finally {
            over = true;
        }
    }

    private void flood(WirePeer flooder) throws Exception {
        AtomicLong nonce = new AtomicLong();
        repeat(FLOOD_PER_SECOND, () -> flooder.send(WirePeer.GOSSIP, WireFrames.message(FLOOD, nonce.incrementAndGet(),
                SMALL)));
    }

    private void announce(WirePeer announcer) throws Exception {
        byte[] announcement = WireFrames.announcement(1);
        repeat(CONTROL_PER_SECOND, () -> announcer.send(WirePeer.IHAVE, announcement));
    }

    private static int score(IppanNode node, WirePeer peer) {
        return node.service(ReputationManager.class).score(PeerId.of(peer.id())).value();
    }

    @Test
    void shouldSendAtTheRateThatIsSetUrgentMessagesFirstAndLoseNothing() throws Exception {
        IppanNode sender = nodes.embed("sender");
        IppanNode receiver = nodes.embed("receiver", Nodes.address(sender));
        Nodes.awaitPeers(sender, 1);
        Delays urgent = new Delays();
        AtomicLong arrived = new AtomicLong();
        AtomicLong accepted = new AtomicLong();
        receiver.subscribe(PROBES.toString(), urgent);
        receiver.subscribe("bulk", message -> arrived.incrementAndGet());
        start("probes", () -> repeat(50, () -> sender.gossip().publish(
                Message.of(PROBES, Delays.stamped(SMALL)).withPriority(Priority.HIGH))));
        Thread bulk = start("bulk", () -> repeat(512, () -> publish(sender.gossip(), accepted)));
        pause(2);
        urgent.clear();
        pause(2);
        double unshaped = urgent.millis(99);
        over = true;
        bulk.join();
        over = false;

        start("probes", () -> repeat(50, () -> sender.gossip().publish(
                Message.of(PROBES, Delays.stamped(SMALL)).withPriority(Priority.HIGH))));
        bulk = start("bulk", () -> repeat(4_000, () -> publish(sender.gossip(), accepted)));
        sender.set(TRANSPORT, "outboundBytesPerSecond", Integer.toString(MIB));
        pause(1);
        urgent.clear();
        long before = transport(receiver).bytesRead();
        long from = System.nanoTime();
        pause(SECONDS);
        double rate = (transport(receiver).bytesRead() - before) * NANOS / (System.nanoTime() - from) / MIB;
        double shaped = urgent.millis(99);
        TransportSnapshot seen = transport(sender);

        System.out.printf("shaped to 1 MiB/s: %.3f MiB/s; urgent p50 %.1f ms, p99 %.1f ms, unshaped p99 %.1f ms; %s%n",
                rate, urgent.millis(50), shaped, unshaped, seen);
        over = true;
        bulk.join();
        sender.set(TRANSPORT, "outboundBytesPerSecond", "0");
        assertTrue(rate > 0.5 && rate < 1.05, rate + " MiB/s");
        assertTrue(shaped <= Math.max(2 * unshaped, NOISE_MILLIS), shaped + " ms");
        assertTrue(urgent.count() >= SECONDS * 20, () -> urgent.count() + " urgent messages");
        assertTrue(seen.shapedMillis() > SECONDS * 500, seen::toString);
        Eventually.until(() -> arrived + " of " + accepted, Nodes.SOON, () -> arrived.get() == accepted.get());
        assertEquals(List.of(0, 0), List.of(transport(sender).shapedConnections(),
                sender.service(ReputationManager.class).score(receiver.id()).value() < 0 ? 1 : 0));
    }

    /** Publishes unless it is told to wait; then it waits a little. */
    private static void publish(Gossip gossip, AtomicLong accepted) throws Exception {
        Message message = Message.of(Topic.of("bulk"), Delays.stamped(KIB)).withNonce(accepted.get() + 1);
        PublishResult.Status status = gossip.publish(message).status();
        if (status == PublishResult.Status.ACCEPTED) {
            accepted.incrementAndGet();
        } else {
            gossip.whenWritable(message.priority()).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }
}
