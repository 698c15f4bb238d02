// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;

/** What applications publish. Runs on their threads; only an accepted message is kept or marked. */
final class Publisher {

    private final GossipContext context;
    private final GossipCore core;
    /** Hashers are used one at a time; more publishers at once make their own. */
    private final AtomicReference<MessageHasher> spare = new AtomicReference<>();
    private final AtomicInteger tracked = new AtomicInteger();

    Publisher(GossipCore core) {
        this.core = core;
        this.context = core.context;
    }

    PublishResult publish(Message message) {
        return publish(message, null);
    }

    CompletionStage<PublishResult> publishAsync(Message message) {
        PublishTracker tracker = new PublishTracker(context.settings.minPeers(), context.callbacks);
        tracked.incrementAndGet();
        CompletableFuture<PublishResult> future = tracker.future();
        future.whenComplete((result, failure) -> tracked.decrementAndGet());
        PublishResult result = publish(message, tracker);
        if (!result.accepted()) {
            future.complete(result);
        }
        return future;
    }

    private PublishResult publish(Message message, PublishTracker tracker) {
        Status refusal = refusal(message);
        if (refusal != null) {
            return new PublishResult(refusal, Optional.empty());
        }
        IdKey id = new IdKey();
        hash(message, id);
        if (context.cache.get(id) != null || !context.services.checkAndMark(id)) {
            return new PublishResult(Status.DUPLICATE, Optional.of(id.toId()));
        }
        HeldMessage held = new HeldMessage(id, new HeldMessage.Content(message.topic(), message.payload(),
                packed(message.payload()), message.priority(), message.nonce()), context.ticker.nanos());
        if (context.cache.begin(held) != null) {
            return new PublishResult(Status.DUPLICATE, Optional.of(id.toId()));
        }
        PublishResult accepted = new PublishResult(Status.ACCEPTED, Optional.of(held.frame().id()));
        if (tracker != null) {
            tracker.accepted(accepted);
            held.track(tracker);
        }
        context.counters.published.increment();
        context.keep(held);
        core.relay.push(held);
        return accepted;
    }

    /** Why a message cannot be taken; null if it can. */
    private Status refusal(Message message) {
        if (!context.serving()) {
            return Status.CLOSED;
        }
        if (message.payload().length > context.settings.maxMessageBytes()) {
            return Status.TOO_LARGE;
        }
        if (context.links.all().length == 0) {
            return Status.NO_PEERS;
        }
        if (core.backpressure.isOn(message.priority())) {
            context.counters.publishRefused.increment();
            return Status.BACKPRESSURE;
        }
        return null;
    }

    /** The compressed form in the codec that most links know, or null if the payload goes as it is. */
    private Packed packed(byte[] payload) {
        int codec = context.links.codec();
        byte[] bytes = codec == 0 ? null : context.services.codecs.compress(codec, payload);
        return bytes == null ? null : new Packed(codec, bytes);
    }

    private void hash(Message message, IdKey id) {
        byte[] tag = core.networkTag();
        MessageHasher hasher = spare.getAndSet(null);
        if (hasher == null || !hasher.isFor(tag)) {
            hasher = new MessageHasher(tag);
        }
        hasher.hash(message.topic(), message.nonce(), message.payload(), id);
        spare.set(hasher);
    }

    /** Whether anybody waits for messages to be taken by sockets. */
    boolean isTracking() {
        return tracked.get() > 0;
    }

    /** A message can no longer be sent to anybody. */
    void gone(HeldMessage message) {
        PublishTracker tracker = message.tracker();
        if (tracker != null) {
            tracker.complete(new PublishResult(Status.CLOSED, Optional.of(message.id())));
        }
    }
}
