// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * Reads one connection, unless there is a reason not to: its owner says so, messages came over their rate, or there is
 * no room for a long one. It stops between two frames, and the kernel stops the peer.
 * Confined to the connection's event loop, but for {@link #lastPausedNanos()} and {@link #isPausedByRate()}.
 */
public final class Reading implements FrameDecoder.Sink {

    /** Stopping for less is not worth it: the debt of so long is paid in one go. */
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    /** How often it is looked whether there is room for a long frame. */
    private static final long ROOM_MILLIS = 50;

    /** The owner hears of the end of a batch at least once for so many bytes, however much there is to be read. */
    private static final int BATCH_BYTES = 48 * 1024;

    private final Channel channel;
    private final Ticker ticker;
    private final Counters counters;
    private final Owner owner;
    private final LongFrames.Share room;
    private final FrameDecoder decoder;
    private InboundRates rates;
    /** When what is being decoded was read, or reading was resumed: no clock is read for each frame. */
    private long now;
    private int batchBytes;
    private boolean pausedByOwner;
    private boolean pausedForRoom;
    private Future<?> timer;
    private long rateSince;
    private boolean offenceTold;
    private boolean ended;
    private volatile boolean pausedByRate;
    private volatile boolean paused;
    private volatile long pausedUntil;

    /** The connection that is read; called on its event loop. Gets the frames that are to be heeded. */
    public interface Owner extends FrameDecoder.Sink {

        /** Frames that had waited were handed over. */
        void readComplete();

        /** What was handed over was not borne. */
        void failed(Throwable failure);
    }

    /** Reading, with nothing read yet. */
    public Reading(Channel channel, TransportSettings.Inbound limits, Ticker ticker, Counters counters,
            LongFrames.Share room, Owner owner) {
        this.channel = channel;
        this.ticker = ticker;
        this.counters = counters;
        this.owner = owner;
        this.now = ticker.nanos();
        this.pausedUntil = now;
        this.rates = new InboundRates(limits, now);
        this.room = room;
        this.decoder = new FrameDecoder(ticker, room, this);
    }

    /** Takes over limits; at once, also for a connection that is paused by the former ones. */
    public void apply(TransportSettings.Inbound limits) {
        if (!rates.limits().equals(limits)) {
            rates = new InboundRates(limits, ticker.nanos());
            resumeFromRate();
        }
    }

    public void established(int maxMessageBytes) {
        decoder.established(maxMessageBytes);
    }

    public void read(ByteBuf in, long nowNanos) {
        now = nowNanos;
        batchBytes += in.readableBytes();
        decoder.read(in);
        if (batchBytes >= BATCH_BYTES) {
            batchBytes = 0;
            readComplete();
        }
    }

    /** There is no more for now. Where the owner wants none because of what it got, that still has its room. */
    public void readComplete() {
        owner.readComplete();
        if (!pausedByOwner) {
            room.settled();
        }
    }

    public void checkStall() {
        decoder.checkStall(ticker.nanos());
    }

    /** The owner wants frames, or wants none for now. */
    public void readable(boolean on) {
        pausedByOwner = !on;
        update();
    }

    private void update() {
        if (ended) {
            return;
        }
        if (pausedByOwner || pausedByRate || pausedForRoom) {
            paused = true;
            decoder.pause();
            channel.config().setAutoRead(false);
        } else if (paused) {
            // Not at once: the owner may just be in a call, and calls do not overlap.
            IoThreads.execute(channel.eventLoop(), this::resume);
        }
    }

    private void resume() {
        if (ended || !paused || pausedByOwner || pausedByRate || pausedForRoom) {
            return;
        }
        now = ticker.nanos();
        pausedUntil = now;
        paused = false;
        room.settled();
        try {
            decoder.resume();
            readComplete();
        } catch (RuntimeException e) {
            owner.failed(e);
        }
        channel.config().setAutoRead(ended || !paused);
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) {
        if (type == FrameType.GOSSIP) {
            long wait = rates.message(FrameType.HEADER_LENGTH + body.remaining(), now);
            if (wait > 0) {
                pauseFor(wait);
            }
        } else if (!type.legalBeforeEstablished() && !rates.control(now)) {
            ignored();
            return;
        }
        owner.frame(type, flags, body);
    }

    private void pauseFor(long nanos) {
        pausedByRate = true;
        rateSince = now;
        timer = channel.eventLoop().schedule(this::resumeFromRate, Math.max(nanos, SHORTEST_PAUSE),
                TimeUnit.NANOSECONDS);
        update();
    }

    private void resumeFromRate() {
        if (pausedByRate) {
            pausedByRate = false;
            timer.cancel(false);
            counters.ratePausedNanos.add(ticker.nanos() - rateSince);
            update();
        }
    }

    @Override
    public void starved() {
        pausedForRoom = true;
        update();
        channel.eventLoop().schedule(() -> {
            pausedForRoom = false;
            update();
        }, ROOM_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ignored() {
        counters.framesIgnored.increment();
        if (!offenceTold && rates.isOffence()) {
            offenceTold = true;
            owner.fault(ConnectionFault.CONTROL_RATE, "control frames came over their rate for 30 s");
        }
    }

    @Override
    public void fault(ConnectionFault fault, String detail) {
        owner.fault(fault, detail);
    }

    /** Forgets what there is and decodes nothing more. */
    public void discard() {
        ended = true;
        decoder.discard();
        resumeFromRate();
    }

    /** Any thread: now while reading is paused, else the ticker reading until when it was last. */
    public long lastPausedNanos() {
        return paused ? ticker.nanos() : pausedUntil;
    }

    /** Any thread. */
    public boolean isPausedByRate() {
        return pausedByRate;
    }
}
