// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Gossip for the bundles of a node, which alone publish by topics below {@code ippan/}. An application that uses it
 * says what it should not in the name of its node. Safe for any thread; nothing blocks.
 */
@ProviderType
public interface ReservedGossip extends Gossip {

    /**
     * Publishes a message by any topic, reserved ones included.
     *
     * @param message the message; its payload is handed over
     * @return what became of it
     */
    PublishResult publishReserved(Message message);
}
