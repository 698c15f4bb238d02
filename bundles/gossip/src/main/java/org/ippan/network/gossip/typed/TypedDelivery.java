// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.PayloadException;
import org.ippan.network.api.typed.PayloadFormats;
import org.ippan.network.api.typed.TypedListener;

/** Turns messages into what one listener wants. The threads are those of a {@link GossipListener}. */
record TypedDelivery<T>(TypedListener<T> listener, PayloadFormats formats) implements GossipListener {

    @Override
    public void onMessage(ReceivedMessage message) {
        T value;
        try {
            value = formats.value(listener.type(), message);
        } catch (PayloadException e) {
            listener.onUndecodable(message, e);
            return;
        }
        listener.onValue(value, message);
    }
}
