// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.typed;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that turns objects of one type into payloads and back, say as JSON. All nodes of a network need
 * formats for a topic that understand each other. Of several formats for one type the one with the highest service
 * ranking is used. Both methods are called by several threads at once.
 *
 * @param <T> the type
 */
@ConsumerType
public interface PayloadFormat<T> {

    /** {@return the class of the objects that it is for: exactly this class} */
    Class<T> type();

    /**
     * Turns an object into a payload. Equal objects should become equal bytes: by them the network tells a message from
     * one that it knows.
     *
     * @param value not null
     * @return the payload, which is handed over
     * @throws RuntimeException if that cannot be done; its message is shown
     */
    byte[] encode(T value);

    /**
     * Turns a payload into an object. It comes from the network: it may be anything, and an exception is the right
     * answer to what is no such object.
     *
     * @param payload read-only, from its position to its limit
     * @return the object, not null
     * @throws RuntimeException if it is none; its message is shown
     */
    T decode(ByteBuffer payload);
}
