// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.exchange;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.RateLimit;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.address.AddressRecord;

/**
 * Peer exchange over one link: a request is answered within its budget, an answer is taken if it was asked for. Frames
 * come on the link's I/O thread; requests are made by the deciding thread.
 */
final class ExchangeEnd implements FrameReceiver {

    /** Addresses: 2 a minute, 2 at once. */
    private static final Rate REQUESTS = Rate.oneIn(TimeUnit.SECONDS.toNanos(30), 2);
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PeerLink link;
    private final Listener listener;
    private final Ticker ticker;
    private final RateLimit requests;
    private final AtomicBoolean awaiting = new AtomicBoolean();
    private volatile long askedAt;
    private boolean asked;

    /** Told, on the I/O thread, of what is well-formed. */
    interface Listener {

        /** The peer may be told so many records. */
        void requested(PeerLink link, int max);

        /** Once more than it may. */
        void requestIgnored(PeerLink link, boolean forTooLong);

        /** The answer that was asked for. */
        void answered(PeerLink link, List<AddressRecord> records);

        /** An answer that was not asked for, or one that is too late. */
        void answerIgnored();

        /** The link ended. */
        void ended(PeerLink link);
    }

    ExchangeEnd(PeerLink link, Listener listener, Ticker ticker) {
        this.link = link;
        this.listener = listener;
        this.ticker = ticker;
        this.requests = new RateLimit(REQUESTS, ticker.nanos());
    }

    /** Asks for all the records an answer holds; true unless an answer is waited for. */
    boolean ask() {
        if (isWaiting()) {
            return false;
        }
        asked = true;
        askedAt = ticker.nanos();
        awaiting.set(true);
        return link.offer(OutboundFrame.control(FrameType.PEERS_REQ, new byte[] {AddressRecord.MAX_ANSWER}));
    }

    private boolean isWaiting() {
        return awaiting.get() && !isLate();
    }

    private boolean isLate() {
        return ticker.nanos() - askedAt >= ANSWER_NANOS;
    }

    /** Whether this node opened the link. */
    boolean isDialled() {
        return link.dialled();
    }

    /** Whether this peer was asked before. */
    boolean wasAsked() {
        return asked;
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        if (type == FrameType.PEERS_REQ) {
            request(body.get() & 0xFF);
        } else {
            answer(AddressRecord.readAnswer(body));
        }
    }

    private void request(int max) throws ProtocolException {
        if (max < 1 || max > AddressRecord.MAX_ANSWER) {
            throw new ProtocolException("PEERS_REQ asks for 1 to 32 records");
        }
        if (requests.allow(1, ticker.nanos())) {
            listener.requested(link, max);
        } else {
            listener.requestIgnored(link, requests.isOffence());
        }
    }

    /** This node always asks for as many as an answer can hold, so none holds more than was asked for. */
    private void answer(List<AddressRecord> records) {
        boolean late = isLate();
        if (awaiting.getAndSet(false) && !late) {
            listener.answered(link, records);
        } else {
            listener.answerIgnored();
        }
    }

    @Override
    public void down() {
        listener.ended(link);
    }
}
