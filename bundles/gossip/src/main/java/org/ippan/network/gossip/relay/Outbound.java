// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;

/**
 * What goes out over one link: a cursor in each log, and what the peer asked for. The transport pulls when the socket
 * has room. A link that sends writes what its cursors pass, one that announces leaves them to the announcer. Safe for
 * any thread: the link's I/O thread and the relay's take turns by this object's lock.
 */
public final class Outbound implements Cursor.Waiting {

    private static final int PRIORITIES = Priority.values().length;
    private static final FrameClass[] CLASSES = {FrameClass.HIGH, FrameClass.NORMAL, FrameClass.LOW};
    /** Most requests of the peer that wait. */
    private static final int MAX_ASKED = 65_536;

    /** Is told of progress, on the link's I/O thread. */
    public interface Progress {

        /** The socket took what is between two positions of one of this node's logs. */
        void sent(SourceLog log, GossipLink link, long from, long to);

        /** Cursors moved: who waits for them may look again. */
        void moved();
    }

    private final GossipContext context;
    private final GossipLink link;
    private final Sources sources;
    private final Progress progress;
    private final Carriage carriage;
    private final FrameWriter writer;
    private final Turns turns = new Turns(PRIORITIES);
    private final List<List<Cursor>> cursors = new ArrayList<>();
    private final List<Queue<Asked>> asked = new ArrayList<>();
    private final Queue<SentFill> underWay = new ArrayDeque<>();
    /** Which log of each priority is next to be first. */
    private final int[] rotation = new int[PRIORITIES];
    private int askedCount;
    private volatile long askedBytes;
    private volatile Cursor[] all = {};
    private volatile boolean fetching;

    /** A link that came up; it reads every log from its head. */
    public Outbound(GossipContext context, GossipLink link, Sources sources, Progress progress) {
        this.context = context;
        this.link = link;
        this.sources = sources;
        this.progress = progress;
        this.carriage = new Carriage(context, link);
        this.writer = new FrameWriter(context, link);
        for (int i = 0; i < PRIORITIES; i++) {
            cursors.add(new ArrayList<>());
            asked.add(new ArrayDeque<>());
        }
        sources.add(this);
    }

    /** The link. */
    public GossipLink link() {
        return link;
    }

    /** What may go over it. */
    Carriage carriage() {
        return carriage;
    }

    /** Has the transport pull, if there is anything to be sent. */
    void wake() {
        if (link.isEager() || askedCount > 0 || fetching) {
            link.wake();
        }
    }

    /** Reads a log from now on, unless it is that of its own peer. */
    synchronized void follow(SourceLog log) {
        if (log.source() != link) {
            cursors.get(log.priority()).add(log.read(this));
            list();
        }
    }

    /** Reads a log no more. */
    synchronized void leave(SourceLog log) {
        cursors.get(log.priority()).removeIf(cursor -> {
            if (cursor.log() == log) {
                log.leave(cursor);
            }
            return cursor.log() == log;
        });
        list();
    }

    private void list() {
        all = cursors.stream().flatMap(List::stream).toArray(Cursor[]::new);
    }

    /** Its cursors; not to be changed. */
    public Cursor[] cursors() {
        return all;
    }

    @Override
    public boolean isWaitedFor(Cursor cursor) {
        return link.isEager() && !link.isSlow() && !cursor.isAnnouncing() && link.isUp()
                && (cursor.log().isOwn() || context.settings().relayMode() != RelayMode.DIRECT) && !link.isBanned();
    }

    /** Whether a cursor's entries are sent now; if not, they are announced. */
    boolean isSending(Cursor cursor) {
        return cursor.isFetching() || link.isEager() && !cursor.isAnnouncing();
    }

    /**
     * Writes frames of one priority.
     *
     * @param lowest the least urgent class that may go
     * @return what was written; null if there is nothing
     */
    public synchronized Fill fill(FrameTarget target, FrameClass lowest) {
        if (!link.isUp() || link.isBanned()) {
            return null;
        }
        int yielded = 0;
        int last = lowest.ordinal() - FrameClass.HIGH.ordinal();
        for (int priority = 0; priority <= last; priority++) {
            if (!waits(priority + 1, last)) {
                turns.alone(priority);
            } else if (turns.yields(priority) && hasMore(priority)) {
                yielded |= 1 << priority;
                continue;
            }
            Fill fill = fill(priority, target, yielded);
            if (fill != null) {
                return fill;
            }
        }
        return yielded == 0 ? null : fill(Integer.numberOfTrailingZeros(yielded), target, 0);
    }

    private boolean waits(int first, int last) {
        for (int priority = first; priority <= last; priority++) {
            if (hasMore(priority)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasMore(int priority) {
        if (!asked.get(priority).isEmpty()) {
            return true;
        }
        for (Cursor cursor : cursors.get(priority)) {
            if (cursor.hasMore() && isSending(cursor)) {
                return true;
            }
        }
        return false;
    }

    private Fill fill(int priority, FrameTarget target, int yielded) {
        SentFill fill = new SentFill(this, CLASSES[priority]);
        serve(asked.get(priority), target, fill);
        List<Cursor> some = cursors.get(priority);
        int first = rotation[priority]++;
        for (int i = 0; i < some.size() && target.room() > 0; i++) {
            Cursor cursor = some.get((first + i & Integer.MAX_VALUE) % some.size());
            if (isSending(cursor) && cursor.hasMore()) {
                send(cursor, target, fill);
            }
        }
        if (target.length() == 0) {
            return null;
        }
        turns.took(priority, target.length(), yielded);
        underWay.add(fill);
        return fill;
    }

    private void serve(Queue<Asked> queue, FrameTarget target, SentFill fill) {
        Asked next;
        while ((next = queue.peek()) != null && (target.length() == 0 || next.bytes() <= target.room())) {
            queue.remove();
            askedCount--;
            askedBytes -= next.bytes();
            Segment segment = next.segment();
            if (segment.pin()) {
                single(segment, next.entry(), true, target, fill);
                segment.unpin();
            }
            segment.release();
        }
    }

    /** Writes one entry of a pinned segment; nothing if it is in a codec that is not here any more. */
    private void single(Segment segment, int entry, boolean solicited, FrameTarget target, SentFill fill) {
        int before = target.length();
        if (writer.single(segment, entry, solicited, target)) {
            segment.pin();
            fill.lent.add(segment);
        }
        if (target.length() > before) {
            fill.wrote(segment, entry, 1);
        }
    }

    private void send(Cursor cursor, FrameTarget target, SentFill fill) {
        int before = fill.messages;
        Segment segment;
        boolean room = true;
        while (room && target.room() > 0 && (segment = cursor.pin()) != null) {
            try {
                room = pass(cursor, segment, target, fill);
            } finally {
                segment.unpin();
            }
        }
        if (cursor.isFetching() && !cursor.hasMore()) {
            cursor.fetching(false);
        }
        if (fill.messages > before) {
            cursor.sent();
            fill.moves.add(new SentFill.Move(cursor, cursor.position()));
        } else {
            cursor.passed();
        }
    }

    /** Passes entries of one segment. Whether the target takes more. */
    private boolean pass(Cursor cursor, Segment segment, FrameTarget target, SentFill fill) {
        int count = segment.count();
        int entry = cursor.at();
        boolean room = true;
        while (room && entry < count) {
            int first = entry;
            int space = target.room();
            while (entry < count && carriage.isSent(segment, entry) && !writer.standsAlone(segment, entry)
                    && (segment.offset(entry + 1) - segment.offset(first) <= space || target.length() == 0
                            && entry == first)) {
                entry++;
            }
            if (entry > first) {
                writer.run(segment, first, entry, target);
                fill.wrote(segment, first, entry - first);
            } else if (!carriage.isSent(segment, entry)) {
                entry++;
            } else if (writer.standsAlone(segment, entry)
                    && (target.length() == 0 || segment.offset(entry + 1) - segment.offset(entry) <= space)) {
                single(segment, entry, false, target, fill);
                entry++;
            } else {
                room = false;
            }
        }
        cursor.pass(segment, entry);
        return room;
    }

    /** The socket took a fill. */
    void taken(SentFill fill) {
        synchronized (this) {
            underWay.remove(fill);
            fill.moves.forEach(move -> move.cursor().taken(move.to()));
            fill.lent.forEach(Segment::unpin);
        }
        context.counters.relayed.add(fill.messages);
        context.services.metrics.recordMessagesSent(fill.messages, fill.bytes);
        if (fill.ownMessages > 0) {
            context.services.metrics.recordLatency(TimeUnit.MILLISECONDS.toNanos((int) context.millis() - fill.ownBorn));
        }
        for (int i = 0; i < fill.messages && context.settings().relayMode() == RelayMode.DIRECT; i++) {
            link.standing().recordSuccess(Cause.MESSAGE_SENT);
        }
        fill.runs.forEach(run -> progress.sent(run.log(), link, run.from(), run.to()));
        progress.moved();
    }

    /**
     * A peer asked for an entry, whose segment is pinned.
     *
     * @return whether it will be served
     */
    synchronized boolean ask(Segment segment, int entry) {
        if (!link.isUp() || askedCount >= MAX_ASKED) {
            return false;
        }
        int bytes = segment.offset(entry + 1) - segment.offset(entry);
        segment.hold();
        asked.get(segment.log().priority()).add(new Asked(segment, entry, bytes));
        askedCount++;
        askedBytes += bytes;
        return true;
    }

    /**
     * Goes back in the log of a publisher that is a neighbour, to what came after a number.
     *
     * @param log the log
     * @param number the last the peer has
     * @param sends whether to send what follows, or to announce it
     */
    synchronized void back(SourceLog log, long number, boolean sends) {
        for (Cursor cursor : cursors.get(log.priority())) {
            if (cursor.log() == log) {
                sources.findNumber(log, number, (segment, entry) -> {
                    if (segment.position(entry) < cursor.position()) {
                        cursor.back(segment, entry);
                    }
                });
                cursor.fetching(sends && cursor.hasMore());
                cursor.announcing(!sends && cursor.hasMore());
                fetching |= sends;
            }
        }
        if (sends) {
            link.wake();
        }
    }

    /** Numbers of this node's messages, by priority, after which the link was sent all. */
    synchronized long[] beganAfter() {
        long[] numbers = new long[PRIORITIES];
        for (Cursor cursor : all) {
            if (cursor.log().isOwn()) {
                numbers[cursor.log().priority()] = cursor.beganAfter();
            }
        }
        return numbers;
    }

    /** Bytes the peer asked for and was not sent. Any thread. */
    public long askedBytes() {
        return askedBytes;
    }

    /** Bytes that are to be sent and that no socket has taken yet, of all logs. Any thread. */
    public long lagBytes() {
        long lag = askedBytes;
        for (Cursor cursor : all) {
            if (isWaitedFor(cursor) || link.isSlow()) {
                lag += cursor.log().head() - cursor.taken();
            }
        }
        return lag;
    }

    /** Whether all that is to be sent has been taken by the socket, as far as somebody waits for that. */
    public boolean isDrained() {
        for (Cursor cursor : all) {
            if (isWaitedFor(cursor) && cursor.taken() < cursor.log().head()) {
                return false;
            }
        }
        return askedBytes == 0 || link.isSlow();
    }

    /** The link goes on at the head of every log; what it leaves out is told in a digest. */
    public synchronized void jump() {
        for (Cursor cursor : all) {
            cursor.jump();
        }
    }

    /** The link ended. */
    public void end() {
        sources.remove(this);
        synchronized (this) {
            Arrays.stream(all).forEach(cursor -> cursor.log().leave(cursor));
            cursors.forEach(List::clear);
            list();
            asked.forEach(queue -> {
                queue.forEach(each -> each.segment().release());
                queue.clear();
            });
            askedCount = 0;
            askedBytes = 0;
            underWay.forEach(fill -> fill.lent.forEach(Segment::unpin));
            underWay.clear();
        }
    }
}
