// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.NodeException;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** A node ends in good order whatever thread ends it. */
@Tag(Nodes.WAITING)
class CloseIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final PeerId BAD = PeerId.parse("ab".repeat(32));

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    /** Another node opens the directory at once and finds what the first one learnt. */
    private void assertReopens(String name) {
        IppanNode again = nodes.embed(name);
        assertTrue(again.service(ReputationManager.class).shouldBan(BAD));
    }

    private static void ban(IppanNode node) {
        node.service(ReputationAdmin.class).ban(BAD, Duration.ofHours(1), "test");
    }

    @Test
    void shouldStopInGoodOrderOnAnInterruptedThreadAndKeepTheInterrupt() {
        IppanNode node = nodes.embed("node");
        ban(node);

        Thread.currentThread().interrupt();
        node.close();

        assertTrue(Thread.interrupted());
        assertReopens("node");
    }

    @Test
    void shouldStopInGoodOrderOnAThreadThatIsInterruptedMeanwhile() throws Exception {
        IppanNode node = nodes.embed("node");
        ban(node);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread closer = new Thread(node::close, "closer");
        closer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));

        closer.start();
        while (closer.isAlive()) {
            closer.interrupt();
            closer.join(5);
        }

        assertEquals(null, failure.get());
        assertReopens("node");
    }

    @Test
    void shouldNotStartOnAnInterruptedThreadAndLeaveNothing() {
        IppanNode node = nodes.embed("node");
        ban(node);
        node.close();

        Thread.currentThread().interrupt();
        NodeException refusal = assertThrows(NodeException.class, () -> nodes.embed("node"));

        assertEquals("interrupted while starting", refusal.getMessage());
        assertTrue(Thread.interrupted());
        assertReopens("node");
    }

    @Test
    void shouldLoseNothingWhenItsThreadIsInterruptedWhileItStarts() throws Exception {
        IppanNode node = nodes.embed("node");
        ban(node);
        node.close();
        List<String> said = new CopyOnWriteArrayList<>();

        for (int millis : List.of(50, 150, 300)) {
            Thread starter = new Thread(() -> {
                try {
                    IppanNode.builder().data(nodes.path("node")).listen(Nodes.LOOPBACK, 0).start().close();
                } catch (NodeException e) {
                    said.add(e.getMessage());
                }
            }, "starter");
            starter.start();
            starter.join(millis);
            starter.interrupt();
            starter.join(SOON.toMillis());
        }

        assertTrue(said.stream().allMatch("interrupted while starting"::equals), said.toString());
        assertReopens("node");
    }

    @Test
    void shouldStopInsideTheCallbackOfAListener() throws Exception {
        IppanNode sender = nodes.embed("sender");
        IppanNode receiver = nodes.embed("receiver", Nodes.address(sender));
        ban(receiver);
        CountDownLatch closed = new CountDownLatch(1);
        receiver.subscribe("stop", message -> {
            receiver.close();
            closed.countDown();
        });

        publishWhenLinked(sender, "stop");

        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertReopens("receiver");
    }

    @Test
    void shouldStopInsideTheCallOfAValidator() throws Exception {
        IppanNode sender = nodes.embed("sender");
        IppanNode receiver = nodes.embed("receiver", Nodes.address(sender));
        ban(receiver);
        CountDownLatch closed = new CountDownLatch(1);
        receiver.validate("stop", message -> {
            receiver.close();
            closed.countDown();
            return Verdict.ACCEPT;
        });

        publishWhenLinked(sender, "stop");

        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertReopens("receiver");
    }

    @Test
    void shouldStopInsideTheCallOfAnEventListener() throws Exception {
        IppanNode node = nodes.embed("node");
        CountDownLatch closed = new CountDownLatch(1);
        node.register(NetworkEventListener.class, event -> {
            node.close();
            closed.countDown();
        }, Map.of());

        ban(node);

        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertReopens("node");
    }

    /** As an installer does that stops, updates and starts a bundle in answer to a message. */
    @Test
    void shouldStopItsBundlesInsideACallbackAndGoOnWhenTheyAreBack() {
        IppanNode sender = nodes.embed("sender");
        IppanNode receiver = nodes.embed("receiver", Nodes.address(sender));
        AtomicInteger stopped = new AtomicInteger();
        AtomicInteger got = new AtomicInteger();
        receiver.subscribe("stop", message -> {
            for (String name : List.of("gossip", "reputation", "dedup")) {
                bundle(receiver, name, Bundle::stop);
                stopped.incrementAndGet();
            }
        });
        receiver.subscribe("news", message -> got.incrementAndGet());

        publishWhenLinked(sender, "stop");

        Eventually.until(() -> stopped + " of 3 are stopped", SOON, () -> stopped.get() == 3);
        List.of("dedup", "reputation", "gossip").forEach(name -> bundle(receiver, name, Bundle::start));
        Eventually.until("news arrive again", SOON, () -> {
            sender.gossip().publish(Message.of(Topic.of("news"), ("news" + System.nanoTime()).getBytes()));
            return got.get() > 0;
        });
    }

    @Test
    void shouldHandOverWhatWasAcceptedWhenItsBundleStopsOnAnInterruptedThread() {
        IppanNode receiver = nodes.embed("receiver");
        IppanNode sender = nodes.embed("sender", Nodes.address(receiver));
        AtomicInteger got = new AtomicInteger();
        receiver.subscribe("last", message -> got.incrementAndGet());
        Eventually.until("gossip speaks over the link", SOON, () -> sender.gossip().snapshot().links() == 1
                && receiver.gossip().snapshot().links() == 1);
        int accepted = publishMany(sender);

        for (String name : List.of("gossip", "peers", "transport")) {
            Thread.currentThread().interrupt();
            bundle(sender, name, Bundle::stop);
            assertTrue(Thread.interrupted(), name);
        }

        Eventually.until(() -> got + " of " + accepted, SOON, () -> got.get() == accepted);
        List.of("transport", "peers", "gossip").forEach(name -> bundle(sender, name, Bundle::start));
        Eventually.until("gossip speaks over a link again", SOON, () -> sender.find(Gossip.class)
                .map(gossip -> gossip.snapshot().links() == 1).orElse(false));
    }

    /** Something done to a bundle. */
    @FunctionalInterface
    private interface Step {

        void take(Bundle bundle) throws BundleException;
    }

    private static void bundle(IppanNode node, String name, Step step) {
        try {
            step.take(Stream.of(node.bundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName()
                    .equals("org.ippan.network." + name)).findFirst().orElseThrow());
        } catch (BundleException e) {
            throw new AssertionError(name, e);
        }
    }

    private static void publishWhenLinked(IppanNode sender, String topic) {
        Eventually.until("gossip speaks over the link", SOON, () -> sender.gossip().snapshot().links() == 1);
        assertTrue(sender.gossip().publish(Message.of(Topic.of(topic), new byte[1])).accepted());
    }

    @Test
    void shouldHandEverythingThatWasAcceptedToTheSockets() {
        IppanNode receiver = nodes.embed("receiver");
        IppanNode sender = nodes.embed("sender", Nodes.address(receiver));
        AtomicInteger got = new AtomicInteger();
        receiver.subscribe("last", message -> got.incrementAndGet());
        Eventually.until("gossip speaks over the link", SOON, () -> sender.gossip().snapshot().links() == 1
                && receiver.gossip().snapshot().links() == 1);
        int accepted = publishMany(sender);

        Thread.currentThread().interrupt();
        sender.close();
        assertTrue(Thread.interrupted());

        Eventually.until(() -> got + " of " + accepted, SOON, () -> got.get() == accepted);
    }

    /** How many of them were accepted. */
    private static int publishMany(IppanNode sender) {
        int accepted = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] payload = new byte[4096];
            ByteBuffer.wrap(payload).putInt(i);
            accepted += sender.gossip().publish(Message.of(Topic.of("last"), payload)).accepted() ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void shouldLeaveNoTemporaryDirectoryBehind() {
        IppanNode node = IppanNode.builder().listen("127.0.0.1", 0).start();
        String key = node.service(Doctor.class).glance().stream().filter(finding -> finding.check().equals("identity"))
                .findFirst().orElseThrow().text();
        Path data = Path.of(key.replaceFirst(".* at (.*)/state/transport/identity\\.pem .*", "$1"));
        boolean before = Files.exists(data.resolve("lock"));

        Thread.currentThread().interrupt();
        node.close();
        Thread.interrupted();

        assertTrue(before, key);
        assertFalse(Files.exists(data), data.toString());
    }
}
