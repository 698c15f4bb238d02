// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.util.Optional;
import java.util.function.Predicate;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
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

    /**
     * Service property: the short name of the source, for example {@code dns}; the class name if it is left out. What
     * a source tells counts against the share of its name: 32 dials a minute, 64 addresses by records.
     */
    String NAME = "ippan.discovery";

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
         * A certain peer may be there. Another one that answers is sent away, which costs it no points. An address
         * that an operator configured, where a peer was met, or of which a peer signed a record, is judged by that.
         *
         * @param address where, with a port other than 0
         * @param pin who must answer
         */
        void appeared(PeerAddress address, PeerId pin);

        /**
         * A peer may be there, and a name may not lead everywhere. Without this, names may lead to private addresses
         * and to this machine.
         *
         * @param address where, with a port other than 0
         * @param pin who must answer; empty if any peer may
         * @param leads whether an address that the name leads to may be dialled; asked on the calling thread, now
         */
        void appeared(PeerAddress address, Optional<PeerId> pin, Predicate<PeerAddress> leads);

        /**
         * A peer signed where it is, as peers pass it on. Checked like a record of a peer, and kept when the search
         * ends, until it is too old.
         *
         * @param record the record's bytes; those that are none, too old, or of another network are dropped
         * @param usable whether an address in it may be dialled; asked on the calling thread
         */
        void told(byte[] record, Predicate<PeerAddress> usable);

        /**
         * The same, where names may not lead everywhere.
         *
         * @param record the record's bytes
         * @param usable whether an address in it may be dialled; asked on the calling thread
         * @param leads whether an address that a name in it leads to may be dialled; asked on the calling thread, now
         */
        void told(byte[] record, Predicate<PeerAddress> usable, Predicate<PeerAddress> leads);

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
