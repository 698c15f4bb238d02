// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives every price: being a service with a topic is all it takes. Called by one thread at a time. */
@Component(property = GossipListener.TOPIC + "=prices/*")
public class PriceListener implements GossipListener {

    private static final Logger LOG = LoggerFactory.getLogger(PriceListener.class);

    @Override
    public void onMessage(ReceivedMessage message) {
        LOG.info("Price received: {} = {}", message.topic(), new String(message.payloadBytes(), UTF_8));
    }
}
