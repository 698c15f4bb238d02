// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

/**
 * The place of one reader in one log. Used by one thread at a time; {@link #taken()} is for any.
 */
public final class Cursor {

    /** Tells whether others wait for a reader. Any thread. */
    @FunctionalInterface
    public interface Waiting {

        /** Whether the log keeps entries, and its writer waits, until this cursor has passed them. */
        boolean isWaitedFor(Cursor cursor);

        /** Whether a message of the log is settled only when this cursor's peer has settled it. */
        default boolean isSettling(Cursor cursor) {
            return isWaitedFor(cursor);
        }

        /** Whether what the cursor passes is sent, and not only announced. */
        default boolean isSending(Cursor cursor) {
            return isWaitedFor(cursor);
        }
    }

    private final SourceLog log;
    private final Waiting waiting;
    private Segment segment;
    private int at;
    private int underWay;
    private volatile long position;
    private volatile long taken;
    /** What it passed before this position is owed, or had not to be sent. */
    private volatile long accounted;
    /** Bytes that were sent and that the peer has not settled. Grows before what is accounted for does. */
    private volatile long owed;
    /** What it passes before this position its reader announces instead of sending it. */
    private volatile long announcedTo;
    /** What it passes is sent though its reader announces, until it has caught up. */
    private volatile boolean fetching;
    /** The number of the last message of this node that was there when it began. */
    private final long beganAfter;

    Cursor(SourceLog log, Waiting waiting) {
        this.log = log;
        this.waiting = waiting;
        this.segment = log.tail();
        this.at = segment.count();
        this.position = log.head();
        this.taken = position;
        this.accounted = position;
        this.beganAfter = log.numbers();
    }

    /** The log it reads. */
    public SourceLog log() {
        return log;
    }

    /** Whether others wait for it. Any thread. */
    public boolean isWaitedFor() {
        return waiting.isWaitedFor(this);
    }

    /** Whether what it passes is sent. Any thread. */
    public boolean isSending() {
        return waiting.isSending(this);
    }

    /** Whether what it sends is settled only when its peer says so. Any thread. */
    public boolean isSettling() {
        return waiting.isSettling(this);
    }

    /** Whether there is something it has not passed. */
    public boolean hasMore() {
        return log.head() > position;
    }

    /** What is before this position is passed. */
    public long position() {
        return position;
    }

    /** What is before this position has been passed, and the socket has taken what of it was to be sent. Any thread. */
    public long taken() {
        return taken;
    }

    /** Bytes it has not passed, and those that were sent and not settled by the peer, or more. Any thread. */
    public long unsettled() {
        return log.head() - accounted + owed;
    }

    /** The segment it stands in, pinned; null at the end of the log. */
    public Segment pin() {
        while (true) {
            Segment here = segment;
            // Before its entries are counted: with another one behind it there will be no more.
            Segment next = here.next();
            if (here.isGone()) {
                leave(here);
            } else if (at < here.count()) {
                if (here.pin()) {
                    return here;
                }
            } else if (next != null) {
                segment = next;
                at = 0;
            } else if (!here.isGone()) {
                return null;
            }
        }
    }

    /** Goes on with what is left behind a segment that is gone. */
    private void leave(Segment gone) {
        Segment left = log.after(gone);
        long missed = left.startEntry() - gone.startEntry() - at;
        if (missed > 0) {
            log.overrun(missed);
            position = Math.min(left.start(), log.head());
        }
        segment = left;
        at = 0;
    }

    /** Index of the next entry in the segment it stands in. */
    public int at() {
        return at;
    }

    /** Passes entries of the pinned segment up to this one. */
    public void pass(Segment pinned, int upTo) {
        at = upTo;
        position = pinned.position(upTo);
    }

    /** What it has passed since was handed to the socket: until that is taken its place counts as before. */
    public void sent() {
        underWay++;
    }

    /** The socket took what was sent up to a position; perhaps before this went back. */
    public void taken(long upTo) {
        underWay--;
        taken = underWay == 0 ? position : Math.max(taken, Math.min(upTo, position));
    }

    /** Of what it passed so many bytes are to be settled by the peer. */
    public void owes(long bytes) {
        owed += bytes;
        accounted = position;
    }

    /** The peer settled so many of these. */
    public void settled(long bytes) {
        owed -= bytes;
    }

    /** Nothing of what it passed last had to be sent. */
    public void passed() {
        accounted = position;
        if (underWay == 0) {
            taken = position;
        }
    }

    /** Goes on at the head of the log; what it leaves out counts as overrun. */
    public void jump() {
        synchronized (log) {
            Segment tail = log.tail();
            log.overrun((int) (tail.startEntry() + tail.count() - segment.startEntry() - at));
            segment = tail;
            at = tail.count();
            position = log.head();
        }
        passed();
    }

    /** Where it stands, to be put back there. */
    public Mark mark() {
        return new Mark(segment, at, position);
    }

    /** Goes back to where it stood; nothing it passed since was handed to a socket. */
    public void reset(Mark mark) {
        segment = mark.segment;
        at = mark.at;
        position = mark.position;
    }

    /** A place of a cursor. */
    public record Mark(Segment segment, int at, long position) {
    }

    /** The number of the last message of this node that was there when it began. */
    public long beganAfter() {
        return beganAfter;
    }

    /** Goes back to an entry of a pinned segment. */
    public void back(Segment pinned, int entry) {
        segment = pinned;
        at = entry;
        position = pinned.position(entry);
        accounted = position;
        taken = position;
        log.review();
    }

    /** Whether what it passes is sent though its reader announces, until it has caught up. Any thread. */
    public boolean isFetching() {
        return fetching;
    }

    /** Has its reader send what it passes, until it has caught up. */
    public void fetching(boolean on) {
        fetching = on;
    }

    /** Whether its reader announces what it passes here instead of sending it. Any thread. */
    public boolean isAnnouncing() {
        return position < announcedTo;
    }

    /** Up to where its reader announces what it passes instead of sending it. */
    public long announcedTo() {
        return announcedTo;
    }

    /** Has its reader announce what there is now instead of sending it, or send again. What comes later is sent. */
    public void announcing(boolean on) {
        announcedTo = on ? log.head() : 0;
        // It may be waited for again, wherever it stands.
        log.review();
    }
}
