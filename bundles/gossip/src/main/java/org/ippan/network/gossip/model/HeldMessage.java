// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Seal;

/**
 * A message that came by a link and waits for listeners: what links send on is in the logs. One is made for each
 * delivery, so that what only validators need is in {@link JudgedMessage}. Safe for any thread.
 */
public class HeldMessage extends IdKey implements ReceivedMessage {

    /** Memory of a message beside its payload, measured roughly. */
    private static final int OVERHEAD = 200;
    private static final AtomicIntegerFieldUpdater<HeldMessage> HOLDS =
            AtomicIntegerFieldUpdater.newUpdater(HeldMessage.class, "holds");

    /** The link it came by. */
    public final GossipLink from;

    private final Topic topic;
    private final byte[] payload;
    private final Priority priority;
    private final long nonce;
    /** Null if it has none that was found to be genuine. */
    private final byte[] genuineSeal;
    private final int hops;
    private final long ageMillis;
    private volatile int holds;

    /**
     * A message that came.
     *
     * @param payload as it was published
     */
    public HeldMessage(IdKey id, MessageHeader header, byte[] payload, GossipLink from) {
        super(id);
        this.from = from;
        this.topic = header.topic;
        this.payload = payload;
        this.priority = header.priority;
        this.nonce = header.nonce;
        this.genuineSeal = header.genuine ? header.seal : null;
        this.hops = header.hops;
        this.ageMillis = header.ageMillis + from.halfRoundTripMillis();
    }

    /** The payload; not to be changed. */
    public final byte[] content() {
        return payload;
    }

    /** What it is counted with wherever memory is bounded. */
    public int cost() {
        return payload.length + OVERHEAD;
    }

    /** What they are counted with together. */
    public static long cost(HeldMessage[] messages) {
        long cost = 0;
        for (HeldMessage message : messages) {
            cost += message.cost();
        }
        return cost;
    }

    /** Keeps room for listeners until {@link #release} was called as often. */
    public final void hold() {
        if (HOLDS.getAndIncrement(this) == 0) {
            from.share().take(cost());
        }
    }

    /** Ends a {@link #hold}. */
    public final void release() {
        if (HOLDS.decrementAndGet(this) == 0) {
            from.share().giveBack(cost());
        }
    }

    @Override
    public final MessageId id() {
        return toId();
    }

    @Override
    public final Topic topic() {
        return topic;
    }

    @Override
    public final ByteBuffer payload() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    @Override
    public final byte[] payloadBytes() {
        return payload.clone();
    }

    @Override
    public final Priority priority() {
        return priority;
    }

    @Override
    public final long nonce() {
        return nonce;
    }

    @Override
    public final PeerId deliveredBy() {
        return from.peer();
    }

    @Override
    public final Optional<PeerId> publisher() {
        return Optional.ofNullable(genuineSeal).map(Seal::publisher);
    }

    @Override
    public final int hops() {
        return hops;
    }

    @Override
    public final Duration age() {
        return Duration.ofMillis(ageMillis);
    }
}
