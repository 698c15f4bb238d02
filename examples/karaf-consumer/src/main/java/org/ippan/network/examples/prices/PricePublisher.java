// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.typed.PayloadFormats;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes a price each second on a thread of its own, while the network is there. */
@Component(service = { })
public class PricePublisher {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @Activate
    public PricePublisher(@Reference Gossip gossip, @Reference PayloadFormats formats) {
        // The nonce makes two equal prices two messages. A refusal needs no care here: the next price comes soon.
        // The first one has a second, so that the format of this bundle is known.
        timer.scheduleAtFixedRate(() -> gossip.publish(formats.message(Topic.of("prices/tea"),
                new Price("tea", "4.20")).withNonce(System.nanoTime())), 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
    }
}
