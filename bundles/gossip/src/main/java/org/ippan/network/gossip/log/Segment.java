// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stretch of a log: a small header, and arrays that are used again for another segment. Who sleeps at its end holds
 * the header only. Who reads it pins it first; arrays that are pinned when their segment goes are left to the garbage
 * collector. Pinning and reading are for any thread, appending for one at a time, everything about its going for
 * the thread that holds the lock of the {@link LogSpace}.
 */
public final class Segment {

    /** The entry came because it was asked for, or another peer was asked for it: copies of it are no peer's fault. */
    public static final int ASKED = 1;

    /** The entry had to wait for a validator. */
    public static final int JUDGED = 2;

    private static final int GONE = 1 << 30;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final SourceLog log;
    private final int number;
    private final int generation;
    private final long start;
    private final long startEntry;
    private final AtomicInteger pins = new AtomicInteger();
    private final AtomicInteger holds = new AtomicInteger();
    /** Null for the end of a log without memory. */
    private SegmentArrays arrays;
    private int used;
    private volatile int count;
    private volatile Segment next;
    private volatile long announcedAt;
    private volatile boolean announced;

    /** When it was begun, as a ticker reading; what comes after it is younger. */
    final long begunNanos;

    Segment(SourceLog log, Segment before, SegmentArrays arrays, int number, int generation, long nowNanos) {
        this.log = log;
        this.start = before == null ? 0 : before.end() + (arrays == null ? 0 : before.unused());
        this.startEntry = before == null ? 0 : before.startEntry + before.count;
        this.arrays = arrays;
        this.number = number;
        this.generation = generation;
        this.begunNanos = nowNanos;
        if (arrays != null) {
            arrays.offset[0] = 0;
        }
    }

    int number() {
        return number;
    }

    int generation() {
        return generation;
    }

    /** The log it is part of. */
    public SourceLog log() {
        return log;
    }

    /** How many entries may be read. */
    public int count() {
        return count;
    }

    /** The segment after this one; null at the end of the log, and of one that is gone. */
    Segment next() {
        return next;
    }

    void next(Segment follower) {
        next = follower;
    }

    /** The position in the log at which its entries end. */
    long end() {
        return start + used;
    }

    /** Bytes that entries left which are short, or too long for the rest: positions go on behind this memory, too. */
    private int unused() {
        return arrays == null ? 0 : arrays.data.length - used;
    }

    long startEntry() {
        return startEntry;
    }

    /** Position in the log of an entry, or of the end. To be called while it is pinned. */
    public long position(int entry) {
        return arrays == null ? start : start + arrays.offset[entry];
    }

    /** Position of the first entry. */
    public long start() {
        return start;
    }

    boolean hasRoom(int bytes) {
        return arrays != null && count < arrays.entries() && used + bytes <= arrays.data.length;
    }

    /** Whether it is of one body that is longer than others are. */
    boolean isAlone() {
        return arrays != null && arrays.isAlone();
    }

    /** Whether it is the last of its log, which has not rested. */
    boolean isEnd() {
        return log.tail() == this || log.endBytes > 0 && isClosed();
    }

    /** Whether nothing more has room behind it. */
    boolean isClosed() {
        Segment follower = next;
        return follower != null && log.tail() == follower && !follower.hasArrays();
    }

    /** Whether it is full and no reader that is waited for has still to read it. */
    boolean mayGo() {
        return log.tail() != this && !isHeld() && log.passed(end()) >= end();
    }

    boolean hasArrays() {
        return arrays != null;
    }

    long size() {
        return arrays == null ? 0 : arrays.size();
    }

    /** Keeps the arrays from being used again. False if they are gone already. */
    public boolean pin() {
        while (true) {
            int pinned = pins.get();
            if (pinned >= GONE || arrays == null) {
                return false;
            }
            if (pins.weakCompareAndSetVolatile(pinned, pinned + 1)) {
                return true;
            }
        }
    }

    /** Ends a {@link #pin}. */
    public void unpin() {
        pins.getAndDecrement();
    }

    boolean isGone() {
        return pins.get() >= GONE;
    }

    /** Lets the arrays go. They may be used again unless a reader has them pinned; then null is given. */
    SegmentArrays letGo() {
        boolean unread = pins.getAndAdd(GONE) == 0;
        // Who still holds it, as a reader that sleeps at its end, must not hold all that came after it.
        next = null;
        SegmentArrays mine = arrays;
        if (unread) {
            arrays = null;
        }
        return unread ? mine : null;
    }

    /** Something in it was asked for and has not been served yet. */
    public void hold() {
        holds.getAndIncrement();
    }

    /** Ends a {@link #hold}. */
    public void release() {
        holds.getAndDecrement();
    }

    boolean isHeld() {
        return holds.get() > 0;
    }

    /** Entries of it were announced just now: peers may ask for them. */
    public void announced(long nowNanos) {
        announcedAt = nowNanos;
        announced = true;
    }

    boolean wasAnnouncedAfter(long nanos) {
        return announced && announcedAt - nanos > 0;
    }

    /** The array its frames lie in. To be called, as all below, while it is pinned. */
    public byte[] data() {
        return arrays.data;
    }

    /** Where the frame of an entry begins in {@link #data}; that of {@link #count()} is where the last one ends. */
    public int offset(int entry) {
        return arrays.offset[entry];
    }

    /** When an entry was zero milliseconds old, in milliseconds of the ticker, cut to 32 bits. */
    public int born(int entry) {
        return arrays.born[entry];
    }

    /** When an entry was appended, in microseconds of the ticker, cut to 32 bits. */
    public int appended(int entry) {
        return arrays.appended[entry];
    }

    /** One of the four words of an entry's id. */
    public long word(int entry, int which) {
        return arrays.ids[4 * entry + which];
    }

    boolean is(int entry, long word0, long word1, long word2, long word3) {
        long[] ids = arrays.ids;
        int at = 4 * entry;
        return ids[at] == word0 && ids[at + 1] == word1 && ids[at + 2] == word2 && ids[at + 3] == word3;
    }

    /** The links known to have an entry, a bit each. */
    public long known(int entry) {
        return (long) WORD.getOpaque(arrays.known, entry);
    }

    /** Whether it was not known before that all of these links have an entry. */
    public boolean addKnown(int entry, long links) {
        return (known(entry) & links) != links
                && ((long) WORD.getAndBitwiseOr(arrays.known, entry, links) & links) != links;
    }

    void forget(long links) {
        for (int i = 0; i < count; i++) {
            // Few have them, of a link that was up for a moment.
            if (((long) WORD.getOpaque(arrays.known, i) & links) != 0) {
                WORD.getAndBitwiseAnd(arrays.known, i, ~links);
            }
        }
    }

    /** What is noted of an entry: {@link #ASKED}, {@link #JUDGED}. */
    public int flags(int entry) {
        return arrays.flags[entry];
    }

    /** Appends an entry, of which {@link #hasRoom} said that it fits. Its index. */
    int append(Draft draft) {
        SegmentArrays in = arrays;
        int entry = count;
        draft.write(in.data, used);
        in.born[entry] = draft.bornMillis;
        in.appended[entry] = draft.appendedMicros;
        in.known[entry] = draft.known;
        in.flags[entry] = (byte) draft.flags;
        int at = 4 * entry;
        in.ids[at] = draft.word0;
        in.ids[at + 1] = draft.word1;
        in.ids[at + 2] = draft.word2;
        in.ids[at + 3] = draft.word3;
        draft.position = start + used;
        used += draft.length();
        in.offset[entry + 1] = used;
        count = entry + 1;
        return entry;
    }
}
