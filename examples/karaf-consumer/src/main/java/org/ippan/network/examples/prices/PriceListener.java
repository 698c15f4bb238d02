// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.TypedListener;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives every price: being a service with a topic is all it takes. Called by one thread at a time. */
@Component(property = GossipListener.TOPIC + "=prices/*")
public class PriceListener implements TypedListener<Price> {

    private static final Logger LOG = LoggerFactory.getLogger(PriceListener.class);

    @Override
    public Class<Price> type() {
        return Price.class;
    }

    @Override
    public void onValue(Price price, ReceivedMessage message) {
        LOG.info("Price received: {} = {}", message.topic(), price.amount());
    }
}
