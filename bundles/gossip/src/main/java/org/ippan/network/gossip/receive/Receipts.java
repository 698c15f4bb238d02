// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.Priority;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.Ack;

/**
 * How much of what came by one link is settled: known, refused, or settled by all peers it was sent on to. These are
 * amounts, in whatever order messages are settled: if the first had to be settled before the next, nodes in a circle
 * would wait for each other. Messages are counted by the thread that takes them in; everything else is safe for any.
 */
public final class Receipts {

    private static final Priority[] PRIORITIES = Priority.values();

    private final Sources.Source source;
    private final Lane[] lanes = new Lane[PRIORITIES.length];
    private long[] told;
    private long toldAt;

    /** Nothing has come; counting begins with any number. */
    Receipts(Sources.Source source, long first, long now) {
        this.source = source;
        this.toldAt = now;
        Arrays.setAll(lanes, priority -> new Lane(first));
        this.told = counts();
    }

    /** A message came, with a body of so many bytes. */
    void came(Priority priority, int bytes) {
        lanes[priority.ordinal()].came += FrameType.HEADER_LENGTH + bytes;
    }

    /** What came together was taken in. Whether something came. */
    boolean note() {
        boolean some = false;
        for (Lane lane : lanes) {
            some |= lane.noted != lane.came;
            lane.noted = lane.came;
        }
        return some;
    }

    /** A message waits for a validator, or does so no more, and is in the log if it was accepted. */
    void waits(Priority priority, int bytes) {
        lanes[priority.ordinal()].waiting.addAndGet(bytes);
    }

    /**
     * Whether the peer is to be told.
     *
     * @param least fewer bytes are not worth it
     * @param since nothing is told if something was after this time
     */
    synchronized boolean isDue(long least, long since) {
        if (since - toldAt < 0) {
            return false;
        }
        long news = 0;
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].settle(source.of(PRIORITIES[i]));
            news += lanes[i].settled - told[i];
        }
        return news >= least;
    }

    /** What is to be told; with whether there is little room at this node. */
    synchronized Ack ack(boolean here) {
        int pressed = 0;
        for (int i = 0; i < lanes.length; i++) {
            boolean there = lanes[i].isPressed(source.of(PRIORITIES[i]));
            pressed |= there || here && lanes[i].settled != told[i] ? 1 << i : 0;
        }
        return new Ack(pressed, counts());
    }

    /** The peer was told. */
    synchronized void told(Ack ack, long now) {
        told = ack.settled();
        toldAt = now;
        for (int i = 0; i < lanes.length; i++) {
            lanes[i].told(source.of(PRIORITIES[i]));
        }
    }

    private long[] counts() {
        long[] counts = new long[lanes.length];
        Arrays.setAll(counts, i -> lanes[i].settled);
        return counts;
    }

    /** Bytes of which the peer was not told that they are settled. */
    synchronized long untold() {
        long untold = 0;
        for (int i = 0; i < lanes.length; i++) {
            untold += lanes[i].noted - told[i];
        }
        return untold;
    }

    private static final class Lane {

        /** Bytes that were taken in; counted by one thread at a time. */
        private long came;
        private volatile long noted;
        private final AtomicLong waiting = new AtomicLong();
        private long settled;
        /** What was said of the way of messages before this position in the log. */
        private long pressedTo;

        Lane(long first) {
            came = first;
            noted = first;
            settled = first;
        }

        /** What comes or goes on meanwhile is counted too little: so the log is looked at last. */
        void settle(SourceLog log) {
            long decided = noted - waiting.get();
            long most = decided - (log == null ? 0 : log.unsettled());
            if (most - settled > 0) {
                settled = most;
            }
        }

        boolean isPressed(SourceLog log) {
            return log != null && log.pressed() > pressedTo;
        }

        void told(SourceLog log) {
            pressedTo = log == null ? 0 : Math.max(pressedTo, log.pressed());
        }
    }
}
