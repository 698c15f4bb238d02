// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.ippan.network.api.HeapArrays;
import org.ippan.network.api.Ticker;

/**
 * The memory of all logs of a node, in bytes of segments. When a log needs a segment, or time passes, the oldest go:
 * beyond the size or the age only those no awaited reader is in, beyond nine eighths and two segments a log any; little
 * memory may be exceeded once more by as much. Asked once for each segment: a plain lock will do. Safe for any thread.
 */
public final class LogSpace {

    /** Part of the limit by which it may be exceeded for what is waited for. */
    private static final int EXCESS = 8;
    /** Part of the limit that has to be filled before it is looked again for what may go: to look takes long. */
    private static final int LOOK_AGAIN = 64;
    /** Numbers are not used again before so many others were. */
    private static final int FEWEST_NUMBERS = 1024;
    /** How long peers may ask for what was announced to them. */
    private static final long ANNOUNCED_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Part of the limit that free memory may be, and how many segments it may be in any case. */
    private static final int FREE = 16;
    /** With little memory segments are such a part of it: each log has two that are not full. But no less than this. */
    private static final int SEGMENTS = 64;
    private static final int SEGMENTS_A_LOG = 4;
    private static final int LEAST_SEGMENT = 4096;

    private final Ticker ticker;
    private final int longestSegment;
    private int segmentBytes;
    private final LongAdder overrun = new LongAdder();
    private final FreeArrays free = new FreeArrays();
    private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
    /** Of the segment that has each number, or that will have it next; written under the lock. */
    private volatile int[] generations = new int[16];
    private int numbers;
    /** In the order in which they were begun. */
    private final Set<Segment> filled = new LinkedHashSet<>();
    /** Bytes of the last segment of each log, which never go, and how many there are. */
    private long ends;
    private int logs;
    private long evictedEarly;
    private volatile Segment[] byNumber = new Segment[16];
    private volatile long limit;
    private volatile long bytes;
    /** With no more bytes it is not worth while to look for what may go, though there may be more than the limit. */
    private long enough;

    /** An empty space, whose segments have so many bytes of frames where there is memory for many. */
    public LogSpace(Ticker ticker, int longestSegment) {
        this.ticker = ticker;
        this.longestSegment = longestSegment;
        this.segmentBytes = longestSegment;
    }

    /** Sets how many bytes all logs may have, columns included. */
    public synchronized void limit(long most) {
        limit = most;
        measure();
        enough = 0;
    }

    private void measure() {
        long part = Long.highestOneBit(limit / Math.max(SEGMENTS, SEGMENTS_A_LOG * logs));
        segmentBytes = (int) Math.min(longestSegment, Math.max(LEAST_SEGMENT, part));
    }

    /** Bytes of all segments. */
    public long bytes() {
        return bytes;
    }

    /** Entries that cursors had not passed when they left. */
    public LongAdder overrun() {
        return overrun;
    }

    /** A log without entries, for what comes by a link, or, with null, from this node. */
    public SourceLog log(Object source, int priority) {
        return log(source, priority, false);
    }

    /** The same, and whether long messages in it give way to those of others. */
    public SourceLog log(Object source, int priority, boolean givesWay) {
        return new SourceLog(this, source, priority, givesWay, overrun);
    }

    synchronized boolean isEmpty(SourceLog log) {
        return log.segments == 0;
    }

    /** The segment of a place; null if it is gone. */
    Segment at(long place) {
        Segment[] segments = byNumber;
        int number = Place.number(place);
        Segment segment = number < segments.length ? segments[number] : null;
        return segment != null && Place.isOf(place, segment.generation()) ? segment : null;
    }

    /**
     * Zero if the segment of a place is there still, or was until just now. Reads no segment, which would be one more
     * line of memory for each. Bits above those of a place do not matter.
     */
    int staleBits(long place) {
        int[] known = generations;
        return Place.differs(place, known[Place.number(place) & known.length - 1]);
    }

    /**
     * Puts a segment with room behind the last one of a log, and lets the oldest go for it. All of this is one method,
     * of more than the 325 bytes of code that the compiler takes into its callers ({@code FreqInlineSize}): what is
     * seldom met here would else have it compile anew all that appends.
     */
    synchronized Segment next(SourceLog log, Segment last, int length) {
        long now = ticker.nanos();
        int data = Math.max(length, segmentBytes);
        long wanted = HeapArrays.taken(data);
        if (bytes + wanted > Math.max(enough, limit)) {
            long most = limit + limit / EXCESS;
            long kept = bytes + wanted > most ? most - limit / LOOK_AGAIN : most;
            evict(limit - wanted, segment -> {
                boolean announced = segment.wasAnnouncedAfter(now - ANNOUNCED_NANOS)
                        || isToBeAnnounced(segment, now - ANNOUNCED_NANOS);
                return !(announced && bytes + wanted <= kept) && segment.mayGo();
            });
            // A log is full only with its last message, and a segment stays until all of it is read. What is read in
            // one go before a link is not read any more is much of little memory.
            long end = most + (segmentBytes < longestSegment ? limit : Math.min(limit, 2 * ends));
            evict(end - wanted, segment -> !segment.isEnd());
            // Long bodies that are the last of their logs: of many links they would be more than all of the memory.
            evict(end - wanted, segment -> segment.isClosed() && segment.log().givesWay());
            evict(end - wanted, segment -> segment.isClosed() && !segment.log().isOwn());
            long bound = bytes + wanted > most ? end : most;
            enough = bytes + wanted > limit ? Math.min(bound, bytes + wanted + limit / LOOK_AGAIN) : 0;
        }
        SegmentArrays arrays = free.take(data, data > segmentBytes);
        int number = takeNumber();
        Segment segment = new Segment(log, last, arrays, number, generations[number], now);
        byNumber[number] = segment;
        bytes += segment.size();
        endsWith(log, segment.size());
        log.segments++;
        filled.add(segment);
        last.next(segment);
        log.tail(segment);
        return segment;
    }

    /** A silent log's last segment joins those that may go. */
    synchronized void rest(SourceLog log, Segment last) {
        endsWith(log, 0);
        close(log, last);
    }

    private void endsWith(SourceLog log, long size) {
        ends += size - log.endBytes;
        logs += Long.signum(size) - Long.signum(log.endBytes);
        log.endBytes = size;
        measure();
    }

    /** Nothing more has room behind a body that stands alone: its segment may go as soon as it was read. */
    synchronized void close(SourceLog log, Segment last) {
        Segment end = new Segment(log, last, null, 0, 0, ticker.nanos());
        last.next(end);
        log.tail(end);
    }

    private int takeNumber() {
        if (freeNumbers.size() >= FEWEST_NUMBERS || numbers == Place.MAX_SEGMENTS) {
            return freeNumbers.remove();
        }
        if (numbers == generations.length) {
            generations = Arrays.copyOf(generations, 2 * numbers);
            byNumber = Arrays.copyOf(byNumber, 2 * numbers);
        }
        generations[numbers] = 1;
        return numbers++;
    }

    private void evict(long most, Predicate<Segment> which) {
        for (Iterator<Segment> each = filled.iterator(); each.hasNext() && bytes > most;) {
            Segment segment = each.next();
            if (which.test(segment)) {
                evictedEarly += segment.count();
                each.remove();
                evict(segment);
            }
        }
    }

    /** If these went before those that were announced, nothing new would be announced while there is little room. */
    private static boolean isToBeAnnounced(Segment segment, long begunAfter) {
        return segment.begunNanos - begunAfter > 0 && segment.log().isToBeAnnounced(segment.end());
    }

    private void evict(Segment segment) {
        if (segment.isClosed()) {
            endsWith(segment.log(), 0);
        }
        bytes -= segment.size();
        segment.log().segments--;
        int number = segment.number();
        byNumber[number] = null;
        generations[number] = Place.generationAfter(generations[number]);
        freeNumbers.add(number);
        SegmentArrays arrays = segment.letGo();
        if (arrays != null) {
            free.keep(arrays, Math.max((long) FREE * segmentBytes, limit / FREE));
        }
    }

    /**
     * Lets go of what is old.
     *
     * @param begunBefore what was begun before goes, unless a reader that is waited for is before it
     * @param deadBefore what was begun before goes in any case: no peer would take it
     */
    public synchronized void expire(long begunBefore, long deadBefore) {
        enough = 0;
        long later = begunBefore - deadBefore > 0 ? begunBefore : deadBefore;
        for (Iterator<Segment> each = filled.iterator(); each.hasNext();) {
            Segment segment = each.next();
            if (segment.begunNanos - later >= 0) {
                return;
            }
            Segment follower = segment.next();
            // The youngest entry is about as old as what comes after it.
            boolean old = follower != null && follower.begunNanos - begunBefore < 0;
            boolean dead = follower != null && follower.begunNanos - deadBefore < 0;
            if (old && segment.mayGo() || dead) {
                each.remove();
                evict(segment);
            }
        }
    }

    /** Every segment with entries, in the order of their beginning. */
    public synchronized List<Segment> segments() {
        return new ArrayList<>(filled);
    }

    /** Forgets what links are known to have: others get their bits. */
    public void forget(long links) {
        for (Segment segment : segments()) {
            if (segment.pin()) {
                segment.forget(links);
                segment.unpin();
            }
        }
    }

    /** The first segment of a log with entries behind a position; null if there are none. */
    synchronized Segment segmentAt(SourceLog log, long position) {
        for (Segment segment : filled) {
            if (segment.log() == log && position < segment.end()) {
                return segment;
            }
        }
        return null;
    }

    /** The first segment that is left of a log behind one that is gone, or its end. */
    synchronized Segment after(SourceLog log, Segment gone) {
        Segment left = segmentAt(log, gone.end());
        return left == null ? log.tail() : left;
    }

    /** Position in a log before which nothing is left. */
    public synchronized long first(SourceLog log) {
        Segment first = segmentAt(log, Long.MIN_VALUE);
        return first == null ? log.head() : first.start();
    }

    /** Entries in all logs. */
    public int entries() {
        return segments().stream().mapToInt(Segment::count).sum();
    }

    /** Entries that left for want of room. */
    public synchronized long evictedEarly() {
        return evictedEarly;
    }
}
