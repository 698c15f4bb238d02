// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes a price each second on a thread of its own, while the network is there. */
@Component(service = { })
public class PricePublisher {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @Activate
    public PricePublisher(@Reference Gossip gossip) {
        // The nonce makes two equal prices two messages. A refusal needs no care here: the next price comes soon.
        timer.scheduleAtFixedRate(() -> gossip.publish(Message.of(Topic.of("prices/tea"), "4.20".getBytes(UTF_8))
                .withNonce(System.nanoTime())), 0, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
    }
}
