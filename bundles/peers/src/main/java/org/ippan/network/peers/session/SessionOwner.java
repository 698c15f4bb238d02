// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.peers.wire.Goodbye;

/**
 * What happens to a connection that needs a decision. All but the last two come on the one thread that decides.
 */
public interface SessionOwner {

    /** There is no connection. */
    void dialFailed(Session session, String reason);

    /** Connected: the handshake begins. */
    void opened(Session session);

    /** Their HELLO; reading stands still. */
    void hello(Session session, byte[] body);

    /** Their HELLO_ACK; reading stands still. */
    void acknowledged(Session session, byte[] mac);

    /** They close. */
    void goodbye(Session session, Goodbye goodbye);

    /** They broke the protocol; nothing more is heard from them. */
    void violated(Session session, DropReason drop, String detail);

    /** The transport found something. */
    void faulted(Session session, ConnectionFault fault, String detail);

    /** The connection ended, with so many bytes still queued. */
    void closed(Session session, CloseCause cause, long queuedBytes, String detail);

    /** The answer to a heartbeat came. */
    void answered(Session session, long roundTripNanos);

    /** They sent heartbeats faster than allowed for too long. */
    void flooded(Session session);

    /** Any thread: a frame was skipped for want of a handler. */
    void skipped();

    /** Any thread: code that is not ours threw. */
    void threw(Object culprit, Throwable failure);
}
