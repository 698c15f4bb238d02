// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.chaos;

import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service: faults on purpose. While one is registered, the peers bundle asks it what is to become of each
 * message on each link; of several the one with the highest service ranking is asked. Without one, links have nothing
 * to ask. It may come and go under traffic: when it goes, what it held is handed over at once, in order.
 */
@ConsumerType
@FunctionalInterface
public interface FrameFault {

    /** The message goes its way. */
    long PASS = 0;
    /** The message is lost. */
    long DROP = -1;
    /** Most bytes that are held on one link; when it holds so much the peer is not read until half of that is gone. */
    int MOST_HELD = 4 << 20;

    /**
     * What befalls one link; asked once for each, when it comes up or the service comes.
     *
     * @param peer who is at the other end
     * @return decides about its messages; empty to leave the link alone
     */
    Optional<LinkFault> on(PeerId peer);

    /** Decides about the messages of one link. Called on its I/O thread, by one thread at a time: returns at once. */
    @ConsumerType
    interface LinkFault {

        /**
         * A message is about to be sent.
         *
         * @param bytes its length
         * @return {@link #DROP} if it is lost; everything else is {@link #PASS}
         */
        long sends(int bytes);

        /**
         * A message came.
         *
         * @param bytes its length
         * @return {@link #PASS}, {@link #DROP}, or how many nanoseconds it is held; what came after it waits behind it
         */
        long comes(int bytes);
    }
}
