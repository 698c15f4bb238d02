// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.PayloadException;
import org.ippan.network.api.typed.PayloadFormats;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.gossip.deliver.StandIn;

/**
 * Turns messages into what one listener wants. The threads are those of a {@link GossipListener}.
 *
 * @param type what the listener said when it came: it is asked once
 */
record TypedDelivery<T>(TypedListener<T> listener, Class<T> type, PayloadFormats formats)
        implements GossipListener, StandIn {

    @Override
    public Object application() {
        return listener;
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        T value;
        try {
            value = formats.value(type, message);
        } catch (PayloadException e) {
            listener.onUndecodable(message, e);
            return;
        }
        listener.onValue(value, message);
    }
}
