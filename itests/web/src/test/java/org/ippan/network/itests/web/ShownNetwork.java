// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Three nodes under steady traffic, of which the first shows itself over HTTP. */
final class ShownNetwork implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);
    static final String TOKEN = "a-token-for-tests";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String TOPIC = "news";
    private static final long PUBLISH_MILLIS = 20;

    /** The node with the page, one that publishes, and one to ban. */
    final IppanNode shown = IppanNode.builder().listen(LOOPBACK, 0).http(LOOPBACK, 0)
            .set("org.ippan.network.web", "token", TOKEN).start();
    final IppanNode publisher = beside(shown);
    final IppanNode suspect = beside(shown);

    private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
    private long published;

    private ShownNetwork() {
        shown.subscribe(TOPIC, message -> { });
        Eventually.until("two peers", SOON, () -> shown.peers().connected().size() == 2);
        traffic.scheduleAtFixedRate(this::publish, 0, PUBLISH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static IppanNode beside(IppanNode other) {
        return IppanNode.builder().listen(LOOPBACK, 0).peer(other.listenAddress().orElseThrow().toString()).start();
    }

    private void publish() {
        publisher.gossip().publish(Message.of(Topic.of(TOPIC), "something new".getBytes(UTF_8))
                .withNonce(published++));
    }

    /** Of the node that shows itself, with a slash at the end. */
    String url() {
        return "http://" + shown.httpAddress().orElseThrow() + "/";
    }

    @Override
    public void close() {
        traffic.shutdownNow();
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
