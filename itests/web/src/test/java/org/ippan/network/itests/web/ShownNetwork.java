// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Four nodes under steady traffic. The first shows itself over HTTP, has banned the last, which sent nothing but
 * rubbish, and is configured to dial somebody who is not there.
 */
final class ShownNetwork implements AutoCloseable {

    static final Duration SOON = Duration.ofMinutes(1);
    static final String TOKEN = "a-token-for-tests";
    /** What the peer is called that is not there. */
    static final String ABSENT = "lyon";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Topic NEWS = Topic.of("news");
    private static final Topic RUBBISH = Topic.of("rubbish");
    private static final long PUBLISH_MILLIS = 250;

    /** The node with the page, one that publishes, one to ban, and one that is banned. */
    final IppanNode shown = IppanNode.builder().listen(LOOPBACK, 0).http(LOOPBACK, 0)
            .set("org.ippan.network.web", "token", TOKEN).set("org.ippan.network.dedup", "windowSeconds", "400")
            .start();
    final IppanNode publisher = beside(shown);
    final IppanNode suspect = beside(shown);
    final IppanNode rude = beside(shown);

    private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
    private long published;

    private ShownNetwork() {
        shown.subscribe(NEWS.name(), message -> { });
        shown.service(PeerAdmin.class).add(PeerAddress.tcp(LOOPBACK, 1), ABSENT);
        Eventually.until("three peers", SOON, () -> shown.peers().peers().stream()
                .filter(peer -> peer.health() == PeerHealth.HEALTHY).count() == 3);
        Eventually.until("the one to ban answered a probe", SOON, () -> shown.service(HealthMonitor.class)
                .stats(rude.id()).flatMap(PeerHealthStats::sinceLastSuccess).isPresent());
        banTheRude();
        Eventually.until("the absent one is tried again", SOON, () -> shown.peers().peers().stream()
                .anyMatch(peer -> peer.failedDials() > 1));
        traffic.scheduleAtFixedRate(this::publish, 0, PUBLISH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static IppanNode beside(IppanNode other) {
        return IppanNode.builder().listen(LOOPBACK, 0).peer(other.listenAddress().orElseThrow().toString()).start();
    }

    /** Everybody judges for himself: whoever passed rubbish on would be blamed for it. */
    private void banTheRude() {
        List.of(shown, publisher, suspect).forEach(node -> node.validate(RUBBISH.name(), message -> Verdict.REJECT));
        ReputationManager reputation = shown.service(ReputationManager.class);
        AtomicLong sent = new AtomicLong();
        Eventually.until("it is banned", SOON, () -> {
            // One after the other: what is under way when it is banned would cost it points too.
            long rejected = reputation.stats(rude.id()).map(PeerReputation::invalids).orElse(0L);
            if (rejected == sent.get() && rude.gossip().publish(message(RUBBISH)).accepted()) {
                sent.incrementAndGet();
            }
            return reputation.shouldBan(rude.id());
        });
    }

    private void publish() {
        publisher.gossip().publish(message(NEWS));
        // A publisher that reaches all itself leaves the node with the page nothing to send on.
        shown.gossip().publish(message(NEWS));
    }

    private Message message(Topic topic) {
        return Message.of(topic, "something new".getBytes(UTF_8)).withNonce(published++);
    }

    /** Of the node that shows itself, with a slash at the end. */
    String url() {
        return "http://" + shown.httpAddress().orElseThrow() + "/";
    }

    @Override
    public void close() {
        traffic.shutdownNow();
        rude.close();
        suspect.close();
        publisher.close();
        shown.close();
    }

    /** Gives the classes of a run the same network, started when the first of them asks and closed after the last. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ShownNetwork.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(Namespace.GLOBAL)
                    .getOrComputeIfAbsent(ShownNetwork.class, key -> new ShownNetwork(), ShownNetwork.class);
        }
    }
}
