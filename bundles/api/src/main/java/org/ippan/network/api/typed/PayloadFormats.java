// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.typed;

import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.osgi.annotation.versioning.ProviderType;

/** The formats that are registered. Safe for any thread. */
@ProviderType
public interface PayloadFormats {

    /**
     * A message with an object as its payload, of normal priority and nonce 0.
     *
     * @param topic its label
     * @param value the object; the format of its class is used
     * @return the message, to be published
     * @throws PayloadException if there is no format for its class, or that cannot encode it
     */
    Message message(Topic topic, Object value);

    /**
     * The object that a message has as its payload.
     *
     * @param <T> its type
     * @param type its class
     * @param message the message
     * @return the object
     * @throws PayloadException if there is no format for the class, or the payload is no such object
     */
    <T> T value(Class<T> type, ReceivedMessage message);
}
