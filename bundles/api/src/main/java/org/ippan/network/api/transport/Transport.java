// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens connections to addresses of its schemes and accepts them from others. Published with the service property
 * {@link #SCHEME}. Safe for any thread; nothing blocks.
 */
@ProviderType
public interface Transport extends SnapshotSource {

    /** Service property, a text or an array: the schemes of the addresses it can dial. It may change. */
    String SCHEME = "ippan.scheme";

    /** Service property, a Boolean: whether only this machine can reach the address it listens at, now or later. */
    String LOOPBACK = "ippan.loopback";

    /** {@return who this node is} */
    NodeIdentity identity();

    /** {@return the address really bound for sockets; empty while it does not listen} */
    Optional<PeerAddress> listenAddress();

    /**
     * All addresses really bound, as peers name them: with the scheme, and the path where it is not the usual one.
     *
     * @return an immutable list; empty while it does not listen
     */
    default List<PeerAddress> listenAddresses() {
        return listenAddress().stream().toList();
    }

    /** {@return whether peers prove who they are: with TLS they do, in plaintext they do not} */
    boolean authenticated();

    /**
     * Begins to listen at the configured address, and again whenever it changes, until the result is closed. Binds in
     * the background and tries again while the address is in use.
     *
     * @param acceptor takes the connections
     * @return closes the listener; accepted connections stay
     * @throws IllegalStateException if somebody listens already
     */
    Listening listen(ConnectionAcceptor acceptor);

    /**
     * Opens a connection in the background.
     *
     * @param address where to
     * @param handler is told how it went, within the configured times
     */
    void connect(PeerAddress address, ConnectionHandler handler);

    @Override
    TransportSnapshot snapshot();

    /** A listener in force. */
    @ProviderType
    interface Listening extends AutoCloseable {

        /** Stops listening. */
        @Override
        void close();
    }
}
