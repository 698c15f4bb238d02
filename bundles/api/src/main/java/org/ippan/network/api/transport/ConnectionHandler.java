// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

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
     * A queued frame was pushed out by more urgent ones.
     *
     * @param connection the connection
     * @param frame the frame, not sent
     */
    void dropped(Connection connection, OutboundFrame frame);

    /**
     * A message's frame was handed to the socket.
     *
     * @param connection the connection
     * @param frame the frame
     */
    void written(Connection connection, OutboundFrame frame);

    /**
     * The queue is no longer congested.
     *
     * @param connection the connection
     */
    void writable(Connection connection);

    /**
     * The connection ended. What was still queued is given up after this call.
     *
     * @param connection the connection, whose {@link Connection#queuedBytes()} still tells what was left
     * @param cause how
     * @param detail the same in words
     */
    void closed(Connection connection, CloseCause cause, String detail);
}
