// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.gossip.Signatures;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.TopicCounts.Concern;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.settle.Settlements;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHasher;
import org.ippan.network.gossip.wire.Seal;

/** What applications publish. Runs on their threads; only an accepted message is kept or marked. */
public final class Publisher {

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);

    private final GossipContext context;
    private final Sources sources;
    private final Sources.Source own;
    private final PublishGate gate;
    private final Tracking tracking;
    private final Settlements settlements;
    private final Supplier<byte[]> networkTag;
    private final List<Step> steps;
    private final PeerWait peerWait;
    /** What hashing and appending need is used one at a time; more publishers at once make their own. */
    private final AtomicReference<Desk> spare = new AtomicReference<>();

    /**
     * A part of publishing. There are more than the compiler puts in line, so that each is compiled by itself, soon and
     * in little time.
     */
    private interface Step {

        /** Why the message is not taken; null if it goes on. */
        Status take(Desk desk);
    }

    /** What one publisher works with. */
    private static final class Desk {

        private final MessageHasher hasher;
        private final IdKey id = new IdKey();
        private final Draft draft = new Draft();
        private final ByteBuffer head = ByteBuffer.allocate(MessageCodec.MAX_HEAD_LENGTH);
        private final EntryIndex.Found found = new EntryIndex.Found();
        private Message message;
        private PublishTracker tracker;
        private boolean marked;

        Desk(byte[] tag) {
            hasher = new MessageHasher(tag);
        }
    }

    /**
     * Publishes into the node's own logs.
     *
     * @param gate says when publishers have to wait
     * @param tracking knows who waits for peers to have taken what
     * @param settlements knows who waits for messages to be settled
     * @param networkTag what ids begin with
     */
    public Publisher(GossipContext context, Sources sources, PublishGate gate, Tracking tracking,
            Settlements settlements, Supplier<byte[]> networkTag) {
        this.context = context;
        this.sources = sources;
        this.own = gate.own();
        this.gate = gate;
        this.tracking = tracking;
        this.settlements = settlements;
        this.networkTag = networkTag;
        this.steps = List.of(
                desk -> context.serving() ? null : Status.CLOSED,
                desk -> desk.message.payload().length > context.settings().maxMessageBytes() ? Status.TOO_LARGE : null,
                desk -> context.links.all().length == 0 ? Status.NO_PEERS : null,
                this::waitForRoom, this::hash, this::mark, this::append);
        this.peerWait = new PeerWait(context, this::obstacle, this::publish);
    }

    /** Publishes a message, if there is a peer and room. */
    public PublishResult publish(Message message) {
        return publish(message, null);
    }

    /** Publishes a message, at the latest when the first peer is there; told when enough sockets have taken it. */
    public CompletionStage<PublishResult> publishAsync(Message message) {
        PublishTracker tracker = new PublishTracker(context.settings().minPeers(), context.publishers);
        CompletableFuture<PublishResult> future = tracker.future();
        // Behind those that wait, so that none is overtaken.
        boolean last = peerWait.isBusy();
        PublishResult result = last ? new PublishResult(
                context.links.all().length == 0 ? Status.NO_PEERS : Status.BACKPRESSURE, Optional.empty())
                : publish(message, tracker);
        boolean waits = (last || result.status() == Status.NO_PEERS) && peerWait.add(message, tracker);
        if (!result.accepted() && !waits) {
            future.complete(result);
        }
        return future;
    }

    /** What a message that waits for the first peer has to wait for; null if it can be tried. */
    private Status obstacle(Message message) {
        if (!context.serving()) {
            return null;
        }
        if (context.links.all().length == 0) {
            return Status.NO_PEERS;
        }
        return gate.isShut(message.priority()) ? Status.BACKPRESSURE : null;
    }

    /** Looks again at what publishers wait for. Confined to the relay. */
    public void tick() {
        gate.tick();
        peerWait.tick();
    }

    /** Whether a publisher waits. */
    public boolean isBusy() {
        return gate.isBusy() || peerWait.isBusy();
    }

    /** Publishes a message; told when it is settled at every node it could reach, or after a time-out. */
    public CompletionStage<SettledResult> publishSettled(Message message, Duration timeout) {
        if (timeout.compareTo(LEAST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("timeout is " + timeout + ", must be at least a millisecond");
        }
        return settlements.begin(publish(message, null), timeout);
    }

    private PublishResult publish(Message message, PublishTracker tracker) {
        Desk desk = desk();
        desk.message = message;
        desk.tracker = tracker;
        Status refusal = take(desk);
        PublishResult result = refusal == null ? new PublishResult(Status.ACCEPTED, Optional.of(desk.id.toId()))
                : new PublishResult(refusal,
                        refusal == Status.DUPLICATE ? Optional.of(desk.id.toId()) : Optional.empty());
        desk.message = null;
        desk.tracker = null;
        spare.set(desk);
        if (refusal == null) {
            if (tracker != null) {
                tracker.accepted(result);
            }
            if (!message.topic().isReserved()) {
                context.counters.published.increment();
            }
            context.topics.of(message.topic(), Concern.PUBLISHED)
                    .add(TopicEvent.PUBLISHED, 1, message.payload().length);
            own.wake();
        }
        return result;
    }

    private Status take(Desk desk) {
        for (Step step : steps) {
            Status refusal = step.take(desk);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private Status waitForRoom(Desk desk) {
        if (gate.isShut(desk.message.priority())) {
            context.counters.publishRefused.increment();
            return Status.BACKPRESSURE;
        }
        return null;
    }

    private Status hash(Desk desk) {
        Message message = desk.message;
        desk.hasher.hash(message.topic(), message.nonce(), message.payload(), desk.id);
        return null;
    }

    /** Without a deduplicator it is marked by being appended. */
    private Status mark(Desk desk) {
        desk.marked = context.services.dedup != null;
        return desk.marked && isKnown(desk) ? Status.DUPLICATE : null;
    }

    private Status append(Desk desk) {
        if (desk.marked) {
            write(desk);
            return null;
        }
        synchronized (context.services.unmarked) {
            if (isKnown(desk)) {
                return Status.DUPLICATE;
            }
            write(desk);
            return null;
        }
    }

    /** Whether it was there before; it is marked from now on. */
    private boolean isKnown(Desk desk) {
        IdKey id = desk.id;
        if (sources.index().find(id.word0(), id.word1(), id.word2(), id.word3(), desk.found)) {
            desk.found.unpin();
            return true;
        }
        return !context.services.checkAndMark(id);
    }

    private void write(Desk desk) {
        Message message = desk.message;
        byte[] payload = message.payload();
        int codec = context.links.codec();
        byte[] packed = codec == 0 ? null : context.services.codecs.compress(codec, payload);
        ByteBuffer head = desk.head;
        MessageCodec.putHead(head, 0, message.priority(), message.topic(), message.nonce(), payload.length);
        head.put(MessageCodec.CODEC_OFFSET, (byte) (packed == null ? 0 : codec));
        MessageCodec.putSeal(head, seal(desk.id));
        desk.draft.body(head.flip(), packed == null ? payload : packed, 0);
        long now = context.nanos();
        desk.draft.appended(now);
        desk.draft.note(TimeUnit.NANOSECONDS.toMillis(now), 0, 0);
        if (desk.tracker == null) {
            own.append(message.priority(), desk.id, desk.draft);
        } else {
            desk.tracker.published(now, payload.length);
            tracking.append(own, message.priority(), desk.id, desk.draft, desk.tracker);
        }
    }

    /** Who publishes a message, and when; null where messages carry nothing of that. */
    private byte[] seal(IdKey id) {
        return context.settings().signatures() == Signatures.OFF ? null : context.services.identity.get()
                .map(identity -> Seal.seal(identity, id, context.wallMillis())).orElse(null);
    }

    private Desk desk() {
        byte[] tag = networkTag.get();
        Desk desk = spare.getAndSet(null);
        return desk != null && desk.hasher.isFor(tag) ? desk : new Desk(tag);
    }
}
