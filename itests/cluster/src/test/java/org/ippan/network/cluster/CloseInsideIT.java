// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node ends in good order inside whatever it calls; {@link CloseIT} has listeners and validators. */
@Tag(Nodes.WAITING)
class CloseInsideIT {

    private static final PeerId BAD = PeerId.parse("ab".repeat(32));
    private static final int TO_CLOSE_SECONDS = 20;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final CountDownLatch closed = new CountDownLatch(1);
    private IppanNode node;

    @BeforeEach
    void start() {
        node = nodes.embed("node", builder -> builder.set("org.ippan.network.management", "domainNode", "closing"));
        node.service(ReputationAdmin.class).ban(BAD, Duration.ofHours(1), "a test");
    }

    private void close() {
        node.close();
        closed.countDown();
    }

    /** Another node opens the directory at once and finds what the first one learnt. */
    private void reopens() throws InterruptedException {
        assertTrue(closed.await(TO_CLOSE_SECONDS, TimeUnit.SECONDS), "it has not closed");
        assertTrue(nodes.embed("node").service(ReputationManager.class).shouldBan(BAD));
    }

    @Test
    void shouldStopInsideTheCallOfADiscovery() throws Exception {
        node.register(PeerDiscovery.class, found -> {
            close();
            return () -> { };
        }, Map.of());

        reopens();
    }

    @Test
    void shouldStopWhileADiscoveryIsTakenAway() throws Exception {
        CountDownLatch searches = new CountDownLatch(1);
        IppanNode.Registration discovery = node.register(PeerDiscovery.class, found -> {
            searches.countDown();
            return this::close;
        }, Map.of());
        assertTrue(searches.await(TO_CLOSE_SECONDS, TimeUnit.SECONDS));

        discovery.close();

        reopens();
    }

    @Test
    void shouldStopInsideTheCallOfAnAdvertiser() throws Exception {
        node.register(AddressAdvertiser.class, () -> {
            close();
            return List.of();
        }, Map.of());

        reopens();
    }

    @Test
    void shouldStopWhenAMessageIsSettled() throws Exception {
        IppanNode other = nodes.embed("other", Nodes.address(node));
        Nodes.awaitPeers(node, 1);
        Nodes.awaitPeers(other, 1);

        node.gossip().publishSettled(Message.of(Topic.of("last"), new byte[1]), Duration.ofSeconds(5))
                .whenComplete((result, failure) -> close());

        reopens();
    }

    /** It tries again and again, or waits for what comes after the node. */
    @Test
    void shouldStopThoughTheApplicationHangsWhenItIsToldThatAMessageIsNotSent() throws Exception {
        nodes.embed("other", Nodes.address(node));
        node.set("org.ippan.network.gossip", "minPeers", "2");
        Eventually.until("gossip speaks over the link", Nodes.SOON, () -> node.gossip().snapshot().links() == 1);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        node.gossip().publishAsync(Message.of(Topic.of("last"), new byte[1])).thenRun(() -> {
            told.countDown();
            Uninterrupted.await(System::nanoTime, Nodes.SOON.toMillis(),
                    nanos -> over.await(nanos, TimeUnit.NANOSECONDS));
        });
        assertEquals(1, told.getCount(), "one peer is too few");

        close();

        reopens();
        assertEquals(0, told.getCount());
        over.countDown();
    }

    @Test
    void shouldStopInsideTheCallOfANotificationListener() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName bean = new ObjectName("org.ippan.network:type=Node,node=closing");
        beans.addNotificationListener(bean, (notification, handback) -> close(), null, null);

        node.service(ReputationAdmin.class).pardon(PeerId.parse("cd".repeat(32)));
        node.service(ReputationAdmin.class).ban(PeerId.parse("cd".repeat(32)), Duration.ofHours(1), "another");

        reopens();
    }
}
