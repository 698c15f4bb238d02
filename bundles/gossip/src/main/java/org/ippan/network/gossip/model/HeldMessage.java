// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;
import org.ippan.network.gossip.wire.Seal;

/**
 * A message that came by a link and waits for a validator or a listener. It lives until both have had it: what links
 * send on is in the logs. Safe for any thread.
 */
public final class HeldMessage extends IdKey implements ReceivedMessage {

    /** Memory of a message beside its payload, measured roughly. */
    private static final int OVERHEAD = 200;
    private static final AtomicIntegerFieldUpdater<HeldMessage> HOLDS =
            AtomicIntegerFieldUpdater.newUpdater(HeldMessage.class, "holds");

    /** The link it came by. */
    public final GossipLink from;

    private final Topic topic;
    private final byte[] payload;
    /** Null if it came as it is. */
    private final Packed packed;
    private final Priority priority;
    private final long nonce;
    private final long number;
    /** Null if it has none. */
    private final byte[] seal;
    private final boolean genuine;
    private final int hops;
    private final long ageMillis;
    private final long bornMillis;
    private final boolean solicited;
    /** Null while it is being validated. */
    private volatile Verdict verdict;
    private volatile int holds;
    /** Where it waits to be judged or delivered; who hands it on, hands this on too. */
    private Room.Share waitsIn;
    /** Who else delivered it before the verdict; null for most. Guarded by this. */
    private List<GossipLink> deliverers;

    /**
     * A message that came.
     *
     * @param payload as it was published
     * @param packed as it came, if that is different, or null
     */
    public HeldMessage(IdKey id, MessageHeader header, byte[] payload, Packed packed, GossipLink from,
            long bornMillis) {
        super(id);
        this.from = from;
        this.topic = header.topic;
        this.payload = payload;
        this.packed = packed;
        this.priority = header.priority;
        this.nonce = header.nonce;
        this.number = header.number;
        this.seal = header.seal;
        this.genuine = header.genuine;
        this.hops = header.hops;
        this.ageMillis = header.ageMillis + from.halfRoundTripMillis();
        this.bornMillis = bornMillis;
        this.solicited = header.solicited;
    }

    /** The compressed form it came in; null if it came as it is. */
    public Packed packed() {
        return packed;
    }

    /** The payload; not to be changed. */
    public byte[] content() {
        return payload;
    }

    /** Who published it, and when, as it came; null if it did not say. */
    public byte[] seal() {
        return seal;
    }

    /** The number its publisher gave it: neighbours that miss messages ask for what comes after a number. */
    public long number() {
        return number;
    }

    /** When it was zero milliseconds old, in milliseconds of the ticker. */
    public long bornMillis() {
        return bornMillis;
    }

    /** What it is counted with wherever memory is bounded: both forms of a compressed payload are held. */
    public int cost() {
        return payload.length + (packed == null ? 0 : packed.bytes().length) + OVERHEAD;
    }

    /** What they are counted with together. */
    public static long cost(HeldMessage[] messages) {
        long cost = 0;
        for (HeldMessage message : messages) {
            cost += message.cost();
        }
        return cost;
    }

    /** What validators said; null while it is being validated. */
    public Verdict verdict() {
        return verdict;
    }

    /** The verdict, once. Who else delivered it before that. */
    public synchronized List<GossipLink> decide(Verdict decision) {
        verdict = decision;
        List<GossipLink> others = deliverers == null ? List.of() : deliverers;
        deliverers = null;
        return others;
    }

    /** It needs no verdict. Before any other thread knows it. */
    public void accept() {
        verdict = Verdict.ACCEPT;
    }

    /** Notes another deliverer, while there is no verdict. Whether it was not known before. */
    public synchronized boolean deliveredAlsoBy(GossipLink link) {
        if (verdict != null || deliverers != null && deliverers.contains(link)) {
            return false;
        }
        deliverers = deliverers == null ? new ArrayList<>() : deliverers;
        return deliverers.add(link);
    }

    /** The links known to have it, a bit each: who brought it, and who else did before the verdict. */
    public synchronized long known() {
        long known = bit(from);
        if (deliverers != null) {
            for (GossipLink link : deliverers) {
                known |= bit(link);
            }
        }
        return known;
    }

    /** The bit of a link that ended while this waited may be that of another by now. */
    private static long bit(GossipLink link) {
        return link.isUp() ? link.bit() : 0;
    }

    /** Whether it came because it was asked for: then others that bring it are no worse than who did. */
    public boolean wasSolicited() {
        return solicited;
    }

    /** Waits in a room from now on, and no longer in the one before. */
    public void enter(Room.Share share) {
        share.take(cost());
        leave();
        waitsIn = share;
    }

    /** Waits no longer. */
    public void leave() {
        Room.Share before = waitsIn;
        waitsIn = null;
        if (before != null) {
            before.giveBack(cost());
        }
    }

    /** Keeps room for listeners until {@link #release} was called as often. */
    public void hold() {
        if (HOLDS.getAndIncrement(this) == 0) {
            from.share().take(cost());
        }
    }

    /** Ends a {@link #hold}. */
    public void release() {
        if (HOLDS.decrementAndGet(this) == 0) {
            from.share().giveBack(cost());
        }
    }

    @Override
    public MessageId id() {
        return toId();
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    @Override
    public byte[] payloadBytes() {
        return payload.clone();
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public long nonce() {
        return nonce;
    }

    @Override
    public PeerId deliveredBy() {
        return from.peer();
    }

    @Override
    public Optional<PeerId> publisher() {
        return genuine ? Optional.of(Seal.publisher(seal)) : Optional.empty();
    }

    @Override
    public int hops() {
        return hops;
    }

    @Override
    public Duration age() {
        return Duration.ofMillis(ageMillis);
    }
}
