// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.ippan.network.api.PeerAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the owner of one connection is told. Calls for one connection never overlap and come on its I/O thread: they
 * return at once. Either {@link #dialFailed} or {@link #opened} comes first; after {@link #closed} nothing comes.
 */
@ConsumerType
public interface ConnectionHandler {

    /**
     * Asked for each address that a name leads to, before anything is sent there: a name may lead elsewhere at each
     * dial. Not asked where a proxy looks the name up.
     *
     * @param ip where the connection would lead
     * @return whether it may
     */
    default boolean mayLeadTo(InetAddress ip) {
        return true;
    }

    /**
     * A dial failed: there is no connection.
     *
     * @param address what was dialled
     * @param reason why, in words for an operator
     */
    void dialFailed(PeerAddress address, String reason);

    /**
     * The connection is open and, with TLS, the peer's key is proved: the protocol's handshake may begin.
     *
     * @param connection the connection
     */
    void opened(Connection connection);

    /**
     * A frame came whose header is in order.
     *
     * @param connection the connection
     * @param type its type
     * @param flags its flags
     * @param body its body from position to limit, big-endian; only valid during the call
     */
    void frame(Connection connection, FrameType type, int flags, ByteBuffer body);

    /**
     * Something is wrong; no further frame will be delivered if it is the peer's stream. The owner closes.
     *
     * @param connection the connection
     * @param fault what
     * @param detail the same in words, free of text from the peer
     */
    void fault(Connection connection, ConnectionFault fault, String detail);

    /**
     * What was read in one go has been handed over as frames: the end of a batch. Comes too after reading was resumed
     * and frames that had waited were handed over.
     *
     * @param connection the connection
     */
    void readComplete(Connection connection);

    /**
     * There is room for more: writes the next frames. Asked after {@link Connection#wake}, and again for as long as
     * the socket has room and the answer is not null; also while the connection closes in good order.
     *
     * @param connection the connection
     * @param target takes the frames, valid during the call only
     * @param lowest the least urgent class that may be sent now; never {@link FrameClass#CONTROL}
     * @return what was written; null if nothing of this class or a more urgent one is there, and nothing was written
     */
    Fill fill(Connection connection, FrameTarget target, FrameClass lowest);

    /**
     * The connection ended. What was still queued is given up after this call; fills not yet taken never will be.
     *
     * @param connection the connection, whose {@link Connection#queuedBytes()} still tells what was left
     * @param cause how
     * @param detail the same in words
     */
    void closed(Connection connection, CloseCause cause, String detail);
}
