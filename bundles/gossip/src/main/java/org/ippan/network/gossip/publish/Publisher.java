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
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.settle.Settlements;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHasher;

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
    /** In this order. */
    private final List<Check> checks;
    /** What hashing and appending need is used one at a time; more publishers at once make their own. */
    private final AtomicReference<Desk> spare = new AtomicReference<>();

    /**
     * A reason not to take a message. There are more than the compiler puts in line, so that each is compiled by
     * itself, and not with all that publishes.
     */
    private interface Check {

        /** Null if there is none. */
        Status refusal(Message message);
    }

    /** What one publisher works with. */
    private static final class Desk {

        private final MessageHasher hasher;
        private final IdKey id = new IdKey();
        private final Draft draft = new Draft();
        private final EntryIndex.Found found = new EntryIndex.Found();

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
        this.checks = List.of(
                message -> context.serving() ? null : Status.CLOSED,
                message -> message.payload().length > context.settings().maxMessageBytes() ? Status.TOO_LARGE : null,
                message -> context.links.all().length == 0 ? Status.NO_PEERS : null,
                this::pressure);
    }

    /** Publishes a message, if there is a peer and room. */
    public PublishResult publish(Message message) {
        return publish(message, null);
    }

    /** Publishes a message; told when enough peers' sockets have taken it. */
    public CompletionStage<PublishResult> publishAsync(Message message) {
        PublishTracker tracker = new PublishTracker(context.settings().minPeers(), context.publishers);
        CompletableFuture<PublishResult> future = tracker.future();
        PublishResult result = publish(message, tracker);
        if (!result.accepted()) {
            future.complete(result);
        }
        return future;
    }

    /** Publishes a message; told when it is settled at every node it could reach, or after a time-out. */
    public CompletionStage<SettledResult> publishSettled(Message message, Duration timeout) {
        if (timeout.compareTo(LEAST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("timeout is " + timeout + ", must be at least a millisecond");
        }
        return settlements.begin(publish(message, null), timeout);
    }

    private PublishResult publish(Message message, PublishTracker tracker) {
        Status refusal = refusal(message);
        if (refusal != null) {
            return new PublishResult(refusal, Optional.empty());
        }
        Desk desk = desk();
        desk.hasher.hash(message.topic(), message.nonce(), message.payload(), desk.id);
        boolean fresh = appendFresh(message, desk, tracker);
        PublishResult result =
                new PublishResult(fresh ? Status.ACCEPTED : Status.DUPLICATE, Optional.of(desk.id.toId()));
        if (tracker != null && fresh) {
            tracker.accepted(result);
        }
        spare.set(desk);
        if (fresh) {
            context.counters.published.increment();
            own.wake();
        }
        return result;
    }

    /** Why a message cannot be taken; null if it can. */
    private Status refusal(Message message) {
        for (Check check : checks) {
            Status refusal = check.refusal(message);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private Status pressure(Message message) {
        if (gate.isShut(message.priority())) {
            context.counters.publishRefused.increment();
            return Status.BACKPRESSURE;
        }
        return null;
    }

    /** Appends a message unless it is known. Whether that was done. */
    private boolean appendFresh(Message message, Desk desk, PublishTracker tracker) {
        if (context.services.dedup == null) {
            synchronized (context.services.unmarked) {
                return mark(desk) && append(message, desk, tracker);
            }
        }
        return mark(desk) && append(message, desk, tracker);
    }

    private boolean mark(Desk desk) {
        IdKey id = desk.id;
        if (sources.index().find(id.word0(), id.word1(), id.word2(), id.word3(), desk.found)) {
            desk.found.unpin();
            return false;
        }
        return context.services.checkAndMark(id);
    }

    private boolean append(Message message, Desk desk, PublishTracker tracker) {
        byte[] payload = message.payload();
        int codec = context.links.codec();
        byte[] packed = codec == 0 ? null : context.services.codecs.compress(codec, payload);
        byte[] head = MessageCodec.head(0, message.priority(), message.topic(), message.nonce(), payload.length);
        head[MessageCodec.CODEC_OFFSET] = (byte) (packed == null ? 0 : codec);
        desk.draft.body(ByteBuffer.wrap(head), ByteBuffer.wrap(packed == null ? payload : packed), 0);
        long now = context.nanos();
        desk.draft.appended(now);
        desk.draft.note(TimeUnit.NANOSECONDS.toMillis(now), 0, 0);
        if (tracker == null) {
            own.append(message.priority(), desk.id, desk.draft);
        } else {
            tracking.append(own, message.priority(), desk.id, desk.draft, tracker);
        }
        return true;
    }

    private Desk desk() {
        byte[] tag = networkTag.get();
        Desk desk = spare.getAndSet(null);
        return desk != null && desk.hasher.isFor(tag) ? desk : new Desk(tag);
    }
}
