// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node ends in good order whatever thread ends it. */
class CloseIT {

    private static final Duration SOON = Duration.ofSeconds(20);
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
        int accepted = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] payload = new byte[4096];
            ByteBuffer.wrap(payload).putInt(i);
            accepted += sender.gossip().publish(Message.of(Topic.of("last"), payload)).accepted() ? 1 : 0;
        }

        Thread.currentThread().interrupt();
        sender.close();
        assertTrue(Thread.interrupted());

        int all = accepted;
        Eventually.until(() -> got + " of " + all, SOON, () -> got.get() == all);
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
