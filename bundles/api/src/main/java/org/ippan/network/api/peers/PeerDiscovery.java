// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import org.ippan.network.api.PeerAddress;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whiteboard service: a source of addresses beside configuration and peer exchange, for example a name server or a
 * registry of containers. Addresses it gives are candidates to be dialled, chosen as all others are. It may come and
 * go: what it gave is then forgotten unless a peer was met there.
 */
@ConsumerType
@FunctionalInterface
public interface PeerDiscovery {

    /** Most addresses taken from one source at a time. */
    int MAX_ADDRESSES = 1000;

    /**
     * Begins to look for addresses. Called as soon as the service is seen, and again, after its search was closed, when
     * its service properties change; returns at once. One that throws is logged, named by the doctor and left alone.
     *
     * @param found is told of addresses until the result is closed
     * @return ends the search
     */
    Search discover(Found found);

    /** Takes addresses. Safe for any thread; nothing blocks. */
    @ProviderType
    interface Found {

        /**
         * A peer may be there. More than {@link #MAX_ADDRESSES} at a time are ignored.
         *
         * @param address where, with a port other than 0
         */
        void appeared(PeerAddress address);

        /**
         * It is there no longer.
         *
         * @param address where
         */
        void disappeared(PeerAddress address);
    }

    /** A search under way. */
    @ConsumerType
    @FunctionalInterface
    interface Search extends AutoCloseable {

        /** Ends it; returns at once. */
        @Override
        void close();
    }
}
