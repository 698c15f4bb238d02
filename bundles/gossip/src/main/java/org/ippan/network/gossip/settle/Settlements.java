// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.settle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.TableShare;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.SettleCodec.Answer;
import org.ippan.network.gossip.wire.SettleCodec.Question;

/**
 * Tells publishers and peers when messages are settled ({@code docs/protocol.md} §6): here, and at all peers they are
 * sent on to. Who is asked for a message a second time answers that at once with nothing, so that each node is counted
 * by the one that asked it first, and circles end: the termination of diffusing computations (Dijkstra and Scholten
 * 1980). Amounts, as ACK has them, cannot tell this: they do not say which messages they are of. Confined to the
 * relay's thread unless said otherwise.
 */
public final class Settlements {

    /** What this node's publishers ask for may be this part of what peers may, and is counted for itself. */
    private static final int OWN_PART = 2;
    /** For so long it is known that a message was asked for: by then all others have asked. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Between its mark and its log a message is nowhere, for less than this. */
    private static final long APPENDING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final GossipContext context;
    private final Sources sources;
    private final Predicate<IdKey> isWaiting;
    private final EntryIndex.Found found = new EntryIndex.Found();
    private final Map<IdKey, Settlement> all = new HashMap<>();
    /** What is to be looked at again, by the time of that. */
    private final PriorityQueue<Settlement> open = new PriorityQueue<>(Comparator.comparingLong(Settlement::lookAt));
    private final Queue<Kept> kept = new ArrayDeque<>();
    /** How many of each asker are known; the key of this node's publishers is null. */
    private final Map<GossipLink, Integer> shares = new HashMap<>();
    private final int most;
    private final TableShare peers;
    private final Mail mail;
    /** What this node's publishers wait for. Any thread. */
    private final Set<Settlement> mine = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** A message that was asked for, and until when that is known. */
    private record Kept(Settlement settlement, long until) {
    }

    /**
     * Nothing is asked for.
     *
     * @param isWaiting whether a message waits for its verdict
     */
    public Settlements(GossipContext context, Sources sources, Predicate<IdKey> isWaiting) {
        this.context = context;
        this.sources = sources;
        this.isWaiting = isWaiting;
        this.most = context.mostEntries();
        this.peers = new TableShare(most);
        this.mail = new Mail(context, this::unasked);
    }

    /**
     * A message was published; tells when it is settled everywhere. Any thread.
     *
     * @param result what became of it here
     */
    public CompletableFuture<SettledResult> begin(PublishResult result, Duration timeout) {
        CompletableFuture<SettledResult> future = new CompletableFuture<>();
        if (!result.accepted()) {
            future.complete(new SettledResult(result, 0, 0));
            return future;
        }
        Duration longest = Duration.ofMillis(context.settings().maxAgeMillis());
        long nanos = (timeout.compareTo(longest) < 0 ? timeout : longest).toNanos();
        long now = context.nanos();
        Settlement settlement = new Settlement(new IdKey(result.id().orElseThrow()), null, now, now + nanos,
                (nodes, leftOut) -> context.publishers.run(
                        () -> future.complete(new SettledResult(result, cut(nodes), cut(leftOut)))));
        mine.add(settlement);
        context.relay.post(() -> begin(settlement));
        if (closed) {
            // It was published just as the node closed.
            close();
        }
        return future;
    }

    private static int cut(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    private void begin(Settlement settlement) {
        Settlement other = all.get(settlement);
        if (other != null) {
            // A peer asked for it before it could have it: it gets no part in it.
            finish(other);
            forget(other);
        }
        if (hasRoom(null)) {
            add(settlement);
        } else {
            settlement.here();
            for (GossipLink link : context.links.all()) {
                settlement.asks(link);
            }
            settlement.finish();
            mine.remove(settlement);
        }
    }

    private boolean hasRoom(GossipLink asker) {
        int its = shares.getOrDefault(asker, 0);
        int own = shares.getOrDefault(null, 0);
        return asker == null ? own < most / OWN_PART : peers.admits(asker.dialled(), its, all.size() - own);
    }

    private void add(Settlement settlement) {
        all.put(settlement, settlement);
        shares.merge(settlement.asker, 1, Integer::sum);
        look(settlement, context.nanos());
        if (!settlement.isDone()) {
            open.add(settlement);
            context.wake();
        }
    }

    /** A peer asks when messages are settled. */
    public void asked(GossipLink link, List<Question> questions) {
        long now = context.nanos();
        for (Question question : questions) {
            Settlement known = all.get(question);
            BiConsumer<Long, Long> answer = (nodes, leftOut) -> mail.answer(link, new Answer(question, nodes, leftOut));
            if (known == null && hasRoom(link)) {
                long millis = Math.min(question.millis(), context.settings().maxAgeMillis());
                add(new Settlement(question, link, now, now + TimeUnit.MILLISECONDS.toNanos(millis), answer));
            } else if (known == null) {
                answer.accept(0L, 1L);
            } else if (known.asker != link || known.isDone()) {
                answer.accept(0L, 0L);
            }
        }
    }

    /** A peer answers. */
    public void answered(GossipLink link, List<Answer> answers) {
        for (Answer answer : answers) {
            Settlement settlement = all.get(answer);
            if (settlement != null) {
                settlement.answered(link, answer.nodes(), answer.leftOut());
                look(settlement, context.nanos());
            }
        }
    }

    /** A question could not be sent. */
    private void unasked(GossipLink link, IdKey id) {
        Settlement settlement = all.get(id);
        if (settlement != null) {
            settlement.leavesOut(link);
        }
    }

    /** Looks what has changed by itself: messages that came, links that ended, time that ran out. */
    public void tick(long now) {
        while (!open.isEmpty() && now - open.peek().lookAt() >= 0) {
            Settlement settlement = open.remove();
            look(settlement, now);
            if (!settlement.isDone()) {
                settlement.looksAfter(now);
                open.add(settlement);
            }
        }
        while (!kept.isEmpty() && now - kept.peek().until >= 0) {
            forget(kept.remove().settlement);
        }
    }

    private void forget(Settlement settlement) {
        if (all.get(settlement) == settlement) {
            all.remove(settlement);
            shares.computeIfPresent(settlement.asker, (asker, count) -> count > 1 ? count - 1 : null);
        }
    }

    private void look(Settlement settlement, long now) {
        if (settlement.isDone()) {
            return;
        }
        if (!settlement.isHere()) {
            askWhoIsSentIt(settlement, now);
        }
        settlement.review();
        if (settlement.isComplete() || now - settlement.deadline >= 0 || !settlement.isAwaited()
                || isGone(settlement, now)) {
            finish(settlement);
        }
    }

    /** Whether the message is in no log, and will not be. */
    private boolean isGone(Settlement settlement, long now) {
        return !settlement.isHere() && !isWaiting.test(settlement) && context.services.hasSeen(settlement)
                && settlement.isGone(now, APPENDING_NANOS);
    }

    private void finish(Settlement settlement) {
        if (!settlement.isDone()) {
            settlement.finish();
            mine.remove(settlement);
            kept.add(new Kept(settlement, context.nanos() + KEPT_NANOS));
        }
    }

    /** Asks the peers the message is sent on to, if it is in a log by now. */
    private void askWhoIsSentIt(Settlement settlement, long now) {
        if (!sources.index().find(settlement.word0(), settlement.word1(), settlement.word2(), settlement.word3(),
                found)) {
            return;
        }
        settlement.here();
        for (Outbound outbound : sources.readers()) {
            GossipLink link = outbound.link();
            if (link != settlement.asker && outbound.carriage().concerns(found.segment(), found.entry())) {
                ask(settlement, link, now);
            }
        }
        found.unpin();
    }

    private void ask(Settlement settlement, GossipLink link, long now) {
        long millis = Mail.millisLeft(settlement.deadline - now);
        if (millis > 0 && Settlement.mayWaitFor(link)) {
            settlement.asks(link);
            mail.ask(link, new Question(settlement, millis));
        } else {
            settlement.leavesOut();
        }
    }

    /** How many messages are known. */
    public int size() {
        return all.size();
    }

    /** Whether something is waited for. */
    public boolean isBusy() {
        return !open.isEmpty();
    }

    /** Nothing more is sent or comes: publishers are told what is known. Any thread, when the relay has ended. */
    public void close() {
        closed = true;
        mine.forEach(Settlement::finish);
        mine.clear();
    }
}
