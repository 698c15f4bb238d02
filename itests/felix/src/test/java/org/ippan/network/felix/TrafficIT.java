// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Bundles come and go under traffic over TLS between the container and a real process. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class TrafficIT {

    /** Updating these closes no connection. */
    private static final List<String> BESIDE_THE_LINKS = List.of("org.ippan.network.dedup",
            "org.ippan.network.metrics", "org.ippan.network.health", "org.ippan.network.reputation",
            "org.ippan.network.gossip");
    private static final List<String> UNDER_THE_LINKS = List.of("org.ippan.network.peers",
            "org.ippan.network.transport");
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve("TrafficIT");

    @Inject
    private BundleContext context;

    private NodeInside node;

    @Configuration
    public Option[] container() {
        return Container.of(TrafficIT.class);
    }

    @Before
    public void startNode() {
        node = new NodeInside(context).start();
    }

    @Test
    public void shouldLoseNothingAndKeepTheConnectionWhileServicesAreReplaced() throws Exception {
        try (Traffic traffic = Traffic.start(context, node, FOLDER.resolve("services"))) {
            traffic.awaitFlowing();
            long accepted = node.service(Transport.class).snapshot().accepted();
            long begin = System.nanoTime();
            Duration uptime = node.connected(traffic.peer()).orElseThrow().uptime();

            for (String bundle : BESIDE_THE_LINKS) {
                node.stopBundle(bundle);
                traffic.flow();
                node.startBundle(bundle);
                traffic.flow();
                node.updateBundle(bundle);
                traffic.flow();
            }

            traffic.stopAndCheck();
            Duration since = Duration.ofNanos(System.nanoTime() - begin);
            Duration now = node.connected(traffic.peer()).orElseThrow().uptime();
            assertTrue("the connection is the same: up " + now + " after " + uptime + " and " + since,
                    now.compareTo(uptime.plus(since).minusSeconds(1)) >= 0);
            assertEquals(accepted, node.service(Transport.class).snapshot().accepted());
        }
    }

    @Test
    public void shouldReconnectAndGoOnAfterPeersOrTransportWereReplaced() throws Exception {
        try (Traffic traffic = Traffic.start(context, node, FOLDER.resolve("links"))) {
            traffic.awaitFlowing();

            for (String bundle : UNDER_THE_LINKS) {
                node.stopBundle(bundle);
                Eventually.until("the connection is closed", NodeInside.SOON,
                        () -> node.connected(traffic.peer()).isEmpty());
                node.startBundle(bundle);
                traffic.awaitFlowing();
                node.updateBundle(bundle);
                traffic.awaitFlowing();
            }

            // With peers, gossip goes too, and with it what it had accepted and not yet sent.
            traffic.stopAndCheckThatNothingCameTwice();
        }
    }

    @Test
    public void shouldBanAPeerAtItsTwentyFifthRejectedMessage() {
        Path folder = FOLDER.resolve("rejected");
        var validator = context.registerService(MessageValidator.class, message -> Verdict.REJECT,
                new Hashtable<>(Map.of(MessageValidator.TOPIC, "rejected")));
        try (NodeProcess process = NodeProcess.start(NodeInside.NODE_JAR, folder, "process", List.of("run",
                "--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0", "--peers", node.address(),
                "--publish", "-", "--topic", "rejected"))) {
            String id = process.awaitReady().id();
            for (int i = 1; i <= 24; i++) {
                process.send("message " + i);
            }
            Eventually.until(() -> "24 are rejected: " + reputation(id), NodeInside.SOON,
                    () -> reputation(id) != null && reputation(id).invalids() == 24);
            assertEquals(-480, reputation(id).score());
            assertEquals(Standing.WARNED, reputation(id).standing());
            assertTrue("it is still connected", node.connected(id).isPresent());

            process.send("message 25");

            Eventually.until(() -> "it is banned: " + reputation(id), NodeInside.SOON,
                    () -> reputation(id).standing() == Standing.BANNED);
            assertEquals(-500, reputation(id).score());
            Eventually.until("the connection is closed", NodeInside.SOON, () -> node.connected(id).isEmpty());
            Eventually.until("it is refused when it comes again", NodeInside.SOON, () -> refusals() >= 2);
            assertTrue("it is not connected again", node.connected(id).isEmpty());
        } finally {
            validator.unregister();
        }
    }

    /** How often a peer was told that it is banned. */
    private long refusals() {
        return node.service(PeerDirectory.class).snapshot().goodbyesSent().getOrDefault(GoodbyeReason.BANNED, 0L);
    }

    private PeerReputation reputation(String id) {
        return node.service(ReputationManager.class).stats(PeerId.parse(id)).orElse(null);
    }
}
