// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;

/**
 * What came from one source in one priority: a link, or this node's publishers. Reading takes no lock; appending takes
 * one that only publishers share.
 */
public final class SourceLog {

    private static final Cursor[] NONE = {};
    private static final AtomicLongFieldUpdater<SourceLog> PASSED =
            AtomicLongFieldUpdater.newUpdater(SourceLog.class, "passed");

    private final LogSpace space;
    private final Object source;
    private final int priority;
    private final boolean givesWay;
    private final LongAdder overrun;
    /** Segments with entries; under the lock of the space. */
    int segments;
    /** Bytes of the last of them, as far as it does not go before it is read; under the lock of the space. */
    long endBytes;
    /** How many messages this node's publishers have numbered here. */
    private volatile long numbers;
    private volatile Segment tail;
    private volatile long head;
    private volatile Cursor[] readers = NONE;
    /** No reader that is waited for is before it: places only grow. Negative until that is looked at again. */
    private volatile long passed;
    private final AtomicLong reviews = new AtomicLong();
    /** What was settled last by a peer that said that there is little room on the way ended here. */
    private volatile long pressed;
    /** How far a link that is gone had sent it, the one that came farthest. */
    private volatile long sent;
    private boolean over;

    SourceLog(LogSpace space, Object source, int priority, boolean givesWay, LongAdder overrun) {
        this.space = space;
        this.source = source;
        this.priority = priority;
        this.givesWay = givesWay;
        this.overrun = overrun;
        this.tail = new Segment(this, null, null, 0, 0, 0);
    }

    /** The link its messages came by; null for those of this node. */
    public Object source() {
        return source;
    }

    /** Whether it has the messages of this node's publishers. */
    public boolean isOwn() {
        return source == null;
    }

    /** Whether its long messages go before those of others. */
    boolean givesWay() {
        return givesWay;
    }

    /** Index of its priority. */
    public int priority() {
        return priority;
    }

    /** The number of the last message of this node's publishers. */
    public long numbers() {
        return numbers;
    }

    /** Bytes appended since it began, and those that short entries left unused. */
    public long head() {
        return head;
    }

    Segment tail() {
        return tail;
    }

    void tail(Segment last) {
        tail = last;
    }

    Segment after(Segment gone) {
        return space.after(this, gone);
    }

    void overrun(long entries) {
        overrun.add(entries);
    }

    /**
     * Appends a message.
     *
     * @return where it stands, for {@link EntryIndex}; 0 if the log is {@linkplain #end over}
     */
    public synchronized long append(Draft draft) {
        if (over) {
            return 0;
        }
        int length = draft.length();
        Segment last = tail;
        if (!last.hasRoom(length)) {
            last = space.next(this, last, length);
        }
        draft.number = source == null ? ++numbers : 0;
        int entry = last.append(draft);
        draft.clear();
        head = last.end();
        if (last.isAlone()) {
            space.close(this, last);
        }
        return Place.of(last.generation(), last.number(), entry);
    }

    /** Lets the memory of a silent log go as it gets old. Nothing happens if it was written to since this position. */
    public synchronized void rest(long silentSince) {
        Segment last = tail;
        if (last.hasArrays() && head == silentSince) {
            space.rest(this, last);
        }
    }

    /** Whether nothing is left of it. */
    public boolean isEmpty() {
        return space.isEmpty(this);
    }

    /** Takes no more messages from now on, if nothing is left of it. Whether that is so. */
    public synchronized boolean end() {
        over = isEmpty();
        return over;
    }

    /** A reader that begins at the head. */
    public synchronized Cursor read(Cursor.Waiting waiting) {
        Cursor cursor = new Cursor(this, waiting);
        List<Cursor> more = new ArrayList<>(List.of(readers));
        more.add(cursor);
        readers = more.toArray(NONE);
        return cursor;
    }

    /** A reader is gone. */
    public synchronized void leave(Cursor cursor) {
        List<Cursor> fewer = new ArrayList<>(List.of(readers));
        fewer.remove(cursor);
        readers = fewer.toArray(NONE);
        sent = Math.max(sent, cursor.taken());
    }

    /** Bytes that no link has sent, of those that are and those that were. */
    public long unsent() {
        long farthest = sent;
        for (Cursor cursor : readers) {
            farthest = Math.max(farthest, cursor.taken());
        }
        return head - farthest;
    }

    /** Its readers; not to be changed. */
    public Cursor[] readers() {
        return readers;
    }

    /**
     * Bytes from the last cursor that is waited for to the head.
     *
     * @param enough less than so many are not told exactly
     */
    public long held(long enough) {
        long end = head;
        return end - passed(end - enough);
    }

    /** Where the last cursor is that is waited for, or at least so far. */
    long passed(long enough) {
        long known = passed;
        if (known >= enough) {
            return known;
        }
        long least = head;
        for (Cursor cursor : readers) {
            if (cursor.isWaitedFor()) {
                least = Math.min(least, cursor.taken());
            }
        }
        // Not if a reader came to be waited for meanwhile: it may be before that.
        PASSED.compareAndSet(this, known, least);
        return least;
    }

    /**
     * Bytes that are not settled: before the link that has most of them before it, and sent over it while its peer has
     * not settled as much. At which peers is a guess, how much is not.
     */
    public long unsettled() {
        long most = 0;
        for (Cursor cursor : readers) {
            if (cursor.isSettling()) {
                most = Math.max(most, cursor.unsettled());
            }
        }
        return most;
    }

    /** Whether a link that does not send has still to announce something before a position. */
    boolean isToBeAnnounced(long before) {
        for (Cursor cursor : readers) {
            if (cursor.position() < before && !cursor.isSending()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a link sends what is in it. */
    public boolean isSent() {
        for (Cursor cursor : readers) {
            if (cursor.isSending()) {
                return true;
            }
        }
        return false;
    }

    /** A peer settled what is before this position, and says that there is little room on the way. */
    public void pressed(long upTo) {
        pressed = Math.max(pressed, upTo);
    }

    /** Up to where it is known of a message that there was little room on its way. */
    public long pressed() {
        return pressed;
    }

    /** The readers that are waited for and have passed least announce what is before them instead of sending it. */
    public void announceInstead() {
        long least = passed(head);
        for (Cursor cursor : readers) {
            if (cursor.isWaitedFor() && cursor.taken() <= least) {
                cursor.announcing(true);
            }
        }
    }

    /** A reader that was not waited for is from now on, wherever it stands. */
    public void review() {
        // Another number each time, so that what was looked at before it is not taken for news.
        passed = -reviews.incrementAndGet();
    }

    /** How long the oldest segment that a reader which is waited for has not passed has been full, about. */
    public long heldNanos(long nowNanos) {
        Segment last = tail;
        Segment before = space.segmentAt(this, passed(head));
        Segment after = before == null ? null : before.next();
        return after == null || before == last ? 0 : nowNanos - after.begunNanos;
    }
}
