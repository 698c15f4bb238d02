// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.retell;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * A node that joins asks a neighbour for the records it has, instead of waiting for one of each node; so does one that
 * had lost all of its links. Each link is asked once, and only until an answer came, and answers once: frames of at
 * most 64 KiB, one a second. Of peers that opened their links few a second are answered, as each may come again with
 * another identity. Records are signed, so any node may retell them. Frames come on I/O threads; records are read and
 * written on the bundle's timer.
 */
public final class Retelling implements ProtocolHandler {

    /** Neighbours that are asked, at most, if none answers. */
    private static final int MOST_ASKED = 3;
    /** Frames taken for one question: all records that a table has room for. */
    private static final int MOST_FRAMES = 64;
    private static final long EACH_SECONDS = 1;
    /** Answers to peers that opened their links which begin in a second. */
    static final int INBOUND_ANSWERS = 16;

    private final Known known;
    private final ScheduledExecutorService timer;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger links = new AtomicInteger();
    private volatile boolean answered;
    private final Ticker ticker;
    /** For answers to peers that opened their links. */
    private final TokenBucket inbound;

    /** The records there are. */
    public interface Known {

        /** Whether this node tells others of its network anything. */
        boolean shares();

        /** The records of others, newest first, as a peer that asks for them is told. */
        List<Retold> records(PeerId asking);

        /** A record that a peer retold. */
        void hear(PeerId from, Retold record);
    }

    /**
     * Retells records.
     *
     * @param known has them
     * @param timer the bundle's
     * @param ticker time
     */
    public Retelling(Known known, ScheduledExecutorService timer, Ticker ticker) {
        this.known = known;
        this.timer = timer;
        this.ticker = ticker;
        this.inbound = new TokenBucket(Rate.perSecond(INBOUND_ANSWERS), ticker.nanos());
    }

    @Override
    public Set<FrameType> frameTypes() {
        return Set.of(FrameType.STATUS_REQ, FrameType.STATUS);
    }

    /** Not asked for: only that of messages counts. */
    @Override
    public int maxMessageBytes() {
        return 1024;
    }

    @Override
    public FrameReceiver linkUp(PeerLink link, boolean fresh) {
        links.incrementAndGet();
        boolean asks = !answered && asked.getAndIncrement() < MOST_ASKED
                && link.offer(OutboundFrame.control(FrameType.STATUS_REQ, new byte[0]));
        return new End(link, asks);
    }

    /** One link. Its frames never come at once. */
    private final class End implements FrameReceiver {

        private final PeerLink link;
        private final boolean asks;
        private boolean asking;
        private int frames;
        private volatile boolean up = true;

        End(PeerLink link, boolean asks) {
            this.link = link;
            this.asks = asks;
        }

        @Override
        public void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
            if (type == FrameType.STATUS_REQ) {
                if (!asking) {
                    asking = true;
                    timer.execute(this::answer);
                }
            } else if (asks && frames++ < MOST_FRAMES) {
                answered = true;
                List<Retold> records = StatusCodec.read(body);
                timer.execute(() -> records.forEach(record -> known.hear(link.peer(), record)));
            }
        }

        private void answer() {
            if (!up || !known.shares()) {
                return;
            }
            if (link.dialled() || inbound.tryTake(1, ticker.nanos())) {
                send(known.records(link.peer()), 0);
            } else {
                timer.schedule(this::answer, EACH_SECONDS, TimeUnit.SECONDS);
            }
        }

        private void send(List<Retold> records, int next) {
            int count = StatusCodec.fitting(records, next);
            if (up && count > 0 && link.offer(OutboundFrame.control(FrameType.STATUS,
                    StatusCodec.write(records.subList(next, next + count))))) {
                timer.schedule(() -> send(records, next + count), EACH_SECONDS, TimeUnit.SECONDS);
            }
        }

        @Override
        public void down() {
            up = false;
            if (links.decrementAndGet() == 0) {
                answered = false;
                asked.set(0);
            }
        }
    }
}
