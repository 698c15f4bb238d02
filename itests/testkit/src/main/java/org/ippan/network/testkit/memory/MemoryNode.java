// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.testkit.Records;

/** One node of a {@link MemoryNetwork}: what an application gets as its {@link Gossip} service. */
public final class MemoryNode implements Gossip, AutoCloseable {

    /** The default of {@code maxMessageBytes}. */
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final MemoryNetwork network;
    private final PeerId id;
    private final List<Interest<GossipListener>> listeners = new ArrayList<>();
    private final List<Interest<MessageValidator>> validators = new ArrayList<>();
    private final Map<MessageId, Long> seen = new LinkedHashMap<>();
    private final List<Kept> cache = new ArrayList<>();
    private final List<Runnable> waitForPeer = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private CompletableFuture<Void> writable = CompletableFuture.completedFuture(null);
    private boolean closed;

    /** Who wants the messages of which topics. */
    private record Interest<T>(String topic, T who) {
    }

    MemoryNode(MemoryNetwork network, PeerId id) {
        this.network = network;
        this.id = id;
    }

    /** Who it is. */
    public PeerId id() {
        return id;
    }

    /** Receives messages of other nodes: a topic's name, {@code prefix/*}, or {@code *}. */
    public void subscribe(String topic, GossipListener listener) {
        listeners.add(new Interest<>(topic, listener));
    }

    /** Judges messages before they are delivered or relayed; those that were added first are asked first. */
    public void validate(String topic, MessageValidator validator) {
        validators.add(new Interest<>(topic, validator));
    }

    /** What listeners and validators threw; nodes isolate them, so that no test fails by itself for it. */
    public List<RuntimeException> failures() {
        return List.copyOf(failures);
    }

    /** Whether publishers get BACKPRESSURE from now on. */
    public void busy(boolean shut) {
        if (shut && writable.isDone()) {
            writable = new CompletableFuture<>();
        } else if (!shut) {
            writable.complete(null);
        }
    }

    /** Leaves the network. */
    @Override
    public void close() {
        closed = true;
        network.leave(this);
    }

    @Override
    public PublishResult publish(Message message) {
        MessageId messageId = MemoryMessage.id(message);
        Status refusal = refusal(message, messageId);
        if (refusal != null) {
            return new PublishResult(refusal,
                    refusal == Status.DUPLICATE ? Optional.of(messageId) : Optional.empty());
        }
        spread(new Kept(messageId, message, 0, now()), null);
        return new PublishResult(Status.ACCEPTED, Optional.of(messageId));
    }

    private Status refusal(Message message, MessageId messageId) {
        if (closed) {
            return Status.CLOSED;
        }
        if (message.payload().length > MAX_MESSAGE_BYTES) {
            return Status.TOO_LARGE;
        }
        if (network.peersOf(this).isEmpty()) {
            return Status.NO_PEERS;
        }
        if (!writable.isDone()) {
            return Status.BACKPRESSURE;
        }
        return knows(messageId) ? Status.DUPLICATE : null;
    }

    @Override
    public CompletionStage<PublishResult> publishAsync(Message message) {
        CompletableFuture<PublishResult> future = new CompletableFuture<>();
        PublishResult result = publish(message);
        if (result.accepted()) {
            network.time().after(network.delay().toNanos(), () -> future.complete(result));
        } else if (result.status() == Status.NO_PEERS) {
            waitForPeer.add(() -> {
                if (!future.isDone()) {
                    future.complete(publish(message));
                }
            });
            network.time().after(MemoryNetwork.CACHED.toNanos(), () -> future.complete(result));
        } else {
            future.complete(result);
        }
        return future;
    }

    @Override
    public CompletionStage<SettledResult> publishSettled(Message message, Duration timeout) {
        MessageId messageId = MemoryMessage.id(message);
        Status refusal = refusal(message, messageId);
        if (refusal != null) {
            return CompletableFuture.completedFuture(new SettledResult(publish(message), 0, 0));
        }
        Journey journey = new Journey(new PublishResult(Status.ACCEPTED, Optional.of(messageId)));
        network.follow(messageId, journey);
        publish(message);
        network.time().schedule(journey::end, timeout.toNanos(), TimeUnit.NANOSECONDS);
        return journey.future;
    }

    @Override
    public CompletionStage<Void> whenWritable(Priority priority) {
        return writable;
    }

    @Override
    public NetworkMetricsSnapshot metrics() {
        return NetworkMetricsSnapshot.EMPTY;
    }

    @Override
    public ReputationScore peerReputation(PeerId peer) {
        return ReputationScore.NEUTRAL;
    }

    @Override
    public PeerHealth peerHealth(PeerId peer) {
        return PeerHealth.UNKNOWN;
    }

    @Override
    public GossipSnapshot snapshot() {
        return Records.of(GossipSnapshot.class, Map.of("links", network.peersOf(this).size()));
    }

    private long now() {
        return network.time().nanos();
    }

    boolean knows(MessageId messageId) {
        Long when = seen.get(messageId);
        return when != null && now() - when < MemoryNetwork.WINDOW.toNanos();
    }

    /** A message came that is new here; whether it was accepted. */
    boolean take(MemoryNode from, Kept kept) {
        seen.put(kept.id(), now());
        MemoryMessage message =
                new MemoryMessage(kept.message(), from.id, kept.hops(), Duration.ofNanos(now() - kept.bornNanos()));
        for (MessageValidator validator : interested(validators, message)) {
            if (judge(validator, message) != Verdict.ACCEPT) {
                return false;
            }
        }
        spread(kept.relayed(), from);
        for (GossipListener listener : interested(listeners, message)) {
            try {
                listener.onMessage(message);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        return true;
    }

    private static <T> List<T> interested(List<Interest<T>> all, ReceivedMessage message) {
        return all.stream().filter(each -> message.topic().matches(each.topic)).map(Interest::who).toList();
    }

    private Verdict judge(MessageValidator validator, ReceivedMessage message) {
        try {
            return validator.validate(message);
        } catch (RuntimeException e) {
            failures.add(e);
            return Verdict.IGNORE;
        }
    }

    private void spread(Kept kept, MemoryNode from) {
        seen.put(kept.id(), now());
        cache.add(kept);
        network.peersOf(this).stream().filter(peer -> peer != from).forEach(peer -> network.send(this, peer, kept));
    }

    /** There may be other peers now. */
    void met() {
        cache.removeIf(kept -> now() - kept.bornNanos() > MemoryNetwork.CACHED.toNanos());
        for (MemoryNode peer : network.peersOf(this)) {
            cache.stream().filter(kept -> !peer.knows(kept.id())).forEach(kept -> network.send(this, peer, kept));
        }
        if (!network.peersOf(this).isEmpty()) {
            List.copyOf(waitForPeer).forEach(Runnable::run);
            waitForPeer.clear();
        }
    }
}
