// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.send.Unsettled;

/**
 * How much of one priority this node's publishers may have under way: published, and not settled everywhere. It grows
 * by a part of what is settled, and is cut when there was little room on the way, or when messages take longer than the
 * way itself takes by what they wait in queues (as in LEDBAT, RFC 6817), once for what was under way then. More under
 * way would only wait: messages would be no faster, and come so late that nodes ask each other for them, or take each
 * other for gone. Safe for any thread.
 */
final class Window {

    private static final long LEAST = Unsettled.LITTLE;
    /** Part of the memory of logs that there may be at most. */
    private static final int MOST = 4;
    private static final int GROWTH = 4;
    /** Of what comes last so much may be told late that it is settled: it fills no window. */
    private static final long LAST = 8 * 1024;
    /** Peers may ask for what was announced to them for {@link #SLOTS} of these. */
    private static final long SLOT = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int SLOTS = 8;
    /** What messages may wait in queues. */
    private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(100);
    /**
     * The same where ways are short and more than enough may be under way: each node on a way holds what it tells of
     * settling for 10 ms, and urgent messages wait behind what is in sockets. With less it is not seen who is slow.
     */
    private static final long SHORT_WAIT = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long ENOUGH = 448 * 1024;
    /** For so long at least the shortest time counts for what the way itself takes. */
    private static final long WAY_PERIOD = TimeUnit.SECONDS.toNanos(10);

    /** What is known of the ways that messages take. */
    interface Ways {

        /** Bytes that may be under way until something is settled. */
        long first();

        /** Nanoseconds: what takes longer waits in queues, from the beginning. */
        long longest();

        /** Whether all peers of this node's peers are its own, so that each message goes over one link. */
        boolean areShort();
    }

    private final Ways ways;
    private final BooleanSupplier isPressed;
    private volatile long size;
    private volatile long underWay;
    private volatile long settled;
    /** What is before this position in the log tells nothing new of room on the way. */
    private long cutUpTo;

    /** Position whose settling is timed, and since when; 0 if none is. */
    private long timed;
    private long timedSince;
    /** The shortest times that it took lately, and in the period before. */
    private long way = Long.MAX_VALUE;
    private long wayBefore = Long.MAX_VALUE;
    private long waySince;
    private boolean waits;

    /** Where the log ended some slots ago, and when it was last looked at. */
    private final long[] heads = new long[SLOTS];
    private long last;
    private long notedAt;

    /**
     * Nothing is under way.
     *
     * @param isPressed whether there is little room for what links brought
     */
    Window(long now, Ways ways, BooleanSupplier isPressed) {
        this.ways = ways;
        size = ways.first();
        notedAt = now;
        waySince = now;
        this.isPressed = isPressed;
    }

    /**
     * Looks how much is settled.
     *
     * @param memory of all logs
     * @param now ticker reading
     */
    synchronized void look(SourceLog log, long memory, long now) {
        long head = log.head();
        long lately = announced(head, now);
        boolean sent = log.isSent();
        long unsettled = sent ? log.unsettled() : log.readers().length == 0 ? 0 : lately;
        long upTo = head - unsettled;
        if (settled == 0) {
            size = ways.first();
        } else if (lately == 0) {
            // What others have under way now is not known: as at the beginning.
            size = Math.max(size, ways.first());
        }
        time(head, upTo, sent, now);
        if (upTo > settled) {
            change(log, head, upTo - settled);
            settled = upTo;
        }
        size = Math.max(LEAST, Math.min(memory / MOST, size));
        underWay = unsettled;
    }

    /** Times one message after another, from when it is published until it is settled. */
    private void time(long head, long upTo, boolean sent, long now) {
        if (timed != 0 && upTo >= timed) {
            settledAfter(now - timedSince, head, now);
            timed = 0;
        }
        if (!sent) {
            timed = 0;
        } else if (timed == 0 && head - upTo >= LEAST / 2) {
            timed = head - LAST;
            timedSince = now;
        }
    }

    private void settledAfter(long nanos, long head, long now) {
        if (now - waySince >= WAY_PERIOD) {
            wayBefore = way;
            way = Long.MAX_VALUE;
            waySince = now;
        }
        way = Math.min(way, nanos);
        boolean quick = size > ENOUGH && ways.areShort();
        long allowed = Math.min(ways.longest(), Math.min(way, wayBefore)) + (quick ? SHORT_WAIT : WAIT);
        waits = nanos > allowed;
        if (waits && timed > cutUpTo) {
            cutUpTo = head;
            size = Math.max(size / 2, size * allowed / nanos);
        }
    }

    /** More under way is of use only if links wait for it, and not it for them. */
    private void change(SourceLog log, long head, long news) {
        if (log.pressed() > cutUpTo || settled > cutUpTo && isPressed.getAsBoolean()) {
            cutUpTo = head;
            size /= 2;
        } else if (!waits && log.held(size / 2) <= size / 2) {
            size += news / GROWTH;
        }
    }

    /** Bytes that were appended lately: where no link sends, peers may still ask for what was announced. */
    private long announced(long head, long now) {
        long slots = Math.min(heads.length, (now - notedAt) / SLOT);
        for (long i = 0; i < slots; i++) {
            System.arraycopy(heads, 0, heads, 1, heads.length - 1);
            heads[0] = last;
        }
        notedAt += (now - notedAt) / SLOT * SLOT;
        last = head;
        return head - heads[heads.length - 1];
    }

    /** Bytes that may be under way. */
    long size() {
        return size;
    }

    /** Bytes that were under way when it was last looked at. */
    long underWay() {
        return underWay;
    }

    /** Whether more is under way than may be. Bytes that came since it was last looked at count. */
    boolean isFull(SourceLog log) {
        return log.head() - settled > size;
    }
}
