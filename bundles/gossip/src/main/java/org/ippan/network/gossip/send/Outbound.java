// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

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

    /** Is told of progress, on the link's I/O thread. */
    public interface Progress {

        /** The socket took what is between two positions of one of this node's logs. */
        void sent(SourceLog log, GossipLink link, long from, long to);

        /** Cursors moved: who waits for them may look again. */
        void moved();

        /** The peer settled more of a log. */
        void settled(SourceLog log);
    }

    private final GossipContext context;
    private final GossipLink link;
    private final Sources sources;
    private final Progress progress;
    private final Carriage carriage;
    private final Passage passage;
    private final Turns turns = new Turns(PRIORITIES);
    private final Cursors cursors = new Cursors();
    private final Requests requests;
    private final Unsettled unsettled;
    private final UnderWay underWay = new UnderWay(this::taken);
    private volatile boolean fetching;

    /** A link that came up; it reads every log from its head. */
    public Outbound(GossipContext context, GossipLink link, Sources sources, Progress progress) {
        this.context = context;
        this.link = link;
        this.sources = sources;
        this.progress = progress;
        this.requests = new Requests(link.dialled(), sources.requests());
        this.carriage = new Carriage(context, link);
        this.unsettled = new Unsettled(progress);
        this.passage = new Passage(carriage, new FrameWriter(context, link));
        sources.add(this);
    }

    /** The link. */
    public GossipLink link() {
        return link;
    }

    /** What may go over it. */
    public Carriage carriage() {
        return carriage;
    }

    /** Has the transport pull, if there is anything to be sent. */
    public void wake() {
        if (link.sendsOwn() || !requests.isEmpty() || fetching) {
            link.wake();
        }
    }

    /** Reads a log from now on, unless it is that of its own peer. */
    synchronized void follow(SourceLog log) {
        if (log.source() != link) {
            cursors.add(log.read(this));
        }
    }

    /** Reads a log no more. */
    synchronized void leave(SourceLog log) {
        cursors.remove(log);
    }

    /** Its cursors; not to be changed. */
    public Cursor[] cursors() {
        return cursors.all();
    }

    /** Its cursor in a log; null if it does not read it. Any thread. */
    public Cursor cursor(SourceLog log) {
        return cursors.of(log);
    }

    @Override
    public boolean isWaitedFor(Cursor cursor) {
        return sendsBodies(cursor) && !link.isSlow() && !link.isLeftOut() && !cursor.isAnnouncing() && link.isUp()
                && (cursor.log().isOwn() || context.settings().relayMode() != RelayMode.DIRECT) && !link.isBanned();
    }

    @Override
    public boolean isSettling(Cursor cursor) {
        return isWaitedFor(cursor) && !link.isUnsettling();
    }

    @Override
    public boolean isSending(Cursor cursor) {
        return cursor.isFetching() || sendsBodies(cursor) && !cursor.isAnnouncing();
    }

    private boolean sendsBodies(Cursor cursor) {
        return cursor.log().isOwn() ? link.sendsOwn() : link.isEager();
    }

    /** Writes frames of one priority, none less urgent than the lowest class. What was written; null if nothing. */
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
            Fill fill = hasMore(priority) ? fill(priority, target, yielded) : null;
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
        return requests.has(priority) || cursors.hasMore(priority);
    }

    private Fill fill(int priority, FrameTarget target, int yielded) {
        SentFill fill = underWay.next(CLASSES[priority]);
        Asked asked;
        while ((asked = requests.take(priority, target)) != null) {
            passage.serve(asked, target, fill);
        }
        int first = cursors.round(priority);
        int count = cursors.of(priority).size();
        for (int i = 0; i < count && target.room() > 0; i++) {
            Cursor cursor = cursors.at(priority, first + i);
            if (isSending(cursor) && cursor.hasMore()) {
                passage.pass(cursor, target, fill);
            }
        }
        if (target.length() == 0) {
            return null;
        }
        turns.took(priority, target.length(), yielded);
        unsettled.wrote(priority, target.length(), fill.moves, context.nanos());
        underWay.add(fill);
        return fill;
    }

    /** The socket took a fill. */
    private void taken(SentFill fill) {
        synchronized (this) {
            underWay.taken(fill);
        }
        context.counters.relayed.add(fill.messages);
        context.services.metrics.recordMessagesSent(fill.messages, fill.bytes);
        int micros = (int) TimeUnit.NANOSECONDS.toMicros(context.nanos()) - fill.appendedMicros;
        context.services.metrics.recordLatency(TimeUnit.MICROSECONDS.toNanos(micros));
        for (int i = 0; i < fill.messages && context.settings().relayMode() == RelayMode.DIRECT; i++) {
            link.standing().recordSuccess(Cause.MESSAGE_SENT);
        }
        fill.runs.forEach(run -> progress.sent(run.log(), link, run.from(), run.to()));
        progress.moved();
        underWay.done(fill);
    }

    /**
     * A peer asked for an entry, whose segment is pinned.
     *
     * @return whether it will be served
     */
    public synchronized boolean ask(Segment segment, int entry) {
        return link.isUp() && requests.add(segment, entry);
    }

    /**
     * Goes back in the log of a publisher that is a neighbour, to what came after a number.
     *
     * @param log the log
     * @param number the last the peer has
     * @param sends whether to send what follows, or to announce it
     */
    public synchronized void back(SourceLog log, long number, boolean sends) {
        Cursor cursor = cursors.of(log);
        if (cursor != null) {
            sources.findNumber(log, number, (segment, entry) -> {
                if (segment.position(entry) < cursor.position()) {
                    cursor.back(segment, entry);
                }
            });
            cursor.fetching(sends && cursor.hasMore());
            cursor.announcing(!sends && cursor.hasMore());
            fetching |= sends;
        }
        if (sends) {
            link.wake();
        }
    }

    /** Numbers of this node's messages, by priority, after which the link was sent all. */
    public synchronized long[] beganAfter() {
        long[] numbers = new long[PRIORITIES];
        for (Cursor cursor : cursors.all()) {
            if (cursor.log().isOwn()) {
                numbers[cursor.log().priority()] = cursor.beganAfter();
            }
        }
        return numbers;
    }

    /** Bytes the peer asked for and was not sent. Any thread. */
    public long askedBytes() {
        return requests.bytes();
    }

    /** Bytes that are to be sent and that no socket has taken yet, of all logs. Any thread. */
    public long lagBytes() {
        long lag = requests.bytes();
        for (Cursor cursor : cursors.all()) {
            if (isWaitedFor(cursor) || link.isSlow() || link.isLeftOut()) {
                lag += cursor.log().head() - cursor.taken();
            }
        }
        return lag;
    }

    /** What its peer has not settled yet. */
    public Unsettled unsettled() {
        return unsettled;
    }

    /** Whether the peer has settled all that is to be sent, as far as the node waits for that. */
    public boolean isDrained() {
        for (Cursor cursor : cursors.all()) {
            boolean owed = isWaitedFor(cursor) || link.isLeftOut() && isSending(cursor);
            if (owed && cursor.taken() < cursor.log().head()) {
                return false;
            }
        }
        return link.isSlow() || requests.isEmpty() && (link.isUnsettling() || unsettled.bytes() == 0);
    }

    /** The link goes on at the head of every log; what it leaves out is told in a digest. */
    public synchronized void jump() {
        for (Cursor cursor : cursors.all()) {
            cursor.jump();
        }
    }

    /** The link ended. */
    public void end() {
        sources.remove(this);
        synchronized (this) {
            cursors.clear();
            requests.clear();
            underWay.clear();
        }
    }
}
