// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.gossip.deliver.Deliveries;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.TopicCounts;
import org.ippan.network.gossip.relay.TreeLink;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.MessageHasher;
import org.ippan.network.gossip.wire.TopicCache;

/**
 * What one link needs to take messages in, reused for each. Confined to the link's I/O thread; while reading is paused
 * it is not used there, and the relay may go on with what was set aside.
 */
public final class Inbound {

    /** The longest payload that is kept as room for the next: there are many links. */
    private static final int MAX_KEPT = 1 << 14;
    private static final byte[] NOTHING = {};
    /** So many bytes wait for links that have only to pass over them. */
    private static final int MOST_UNHEARD = 8 * 1024;

    final GossipLink link;
    final Sources.Source source;
    final TreeLink tree;
    final DeliveryOrder order;
    final Deliveries deliveries;
    final Receipts receipts;
    final MessageHasher hasher;
    final TopicCache topics = new TopicCache();
    final Draft draft = new Draft();
    final EntryIndex.Found found = new EntryIndex.Found();
    /** Messages there was no room for: the one that came, and any that still came after reading was paused. */
    final ArrayDeque<Aside> aside = new ArrayDeque<>();
    /** What its messages unpacked to lately, if that counts; null until some did. */
    TokenBucket unpacked;
    /** Whether it is not read because of that alone. */
    volatile boolean rationed;
    /** Whether it may have more than its share, as it would stand still else; until it has little. */
    volatile boolean mayExceedShare;
    /** What came and is not taken in; null if there is nothing. */
    Arrivals arrivals;
    /** Bytes that were appended since others were woken, and whether all of them came straight from their publisher. */
    private int appended;
    private boolean straight = true;
    /** Those for which links were not woken whose peers get them from their publisher. Any thread. */
    private volatile int unheard;
    /** Whether a verdict had something appended since it was last looked whether the others follow. Any thread. */
    volatile boolean judged;
    /** When what is being taken in was decided on, and who knew what was seen before; null if there was none. */
    long nowNanos;
    MessageDeduplicator dedup;
    /** Age and topic of the last messages that were accepted, how many had both in a row, and their payloads' bytes. */
    long ageMillis;
    TopicCounts.Count topicCount;
    int alike;
    long alikeBytes;
    private final byte[] networkTag;
    /** Takes what is inflated; used again if it is not kept. */
    private byte[] raw = NOTHING;

    /** A body that waits for room. */
    record Aside(ByteBuffer body, boolean solicited) {

        static Aside of(Arrival arrival) {
            ByteBuffer body = arrival.body;
            return new Aside(ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip(),
                    arrival.header.solicited);
        }
    }

    /**
     * A link that came up.
     *
     * @param link the link
     * @param source its logs
     * @param tree what the tree remembers of it
     * @param order keeps its messages in order
     * @param deliveries takes those that need no verdict to listeners
     * @param receipts what of it is settled
     * @param networkTag what ids begin with
     */
    public Inbound(GossipLink link, Sources.Source source, TreeLink tree, DeliveryOrder order,
            Deliveries deliveries, Receipts receipts, byte[] networkTag) {
        this.link = link;
        this.source = source;
        this.tree = tree;
        this.order = order;
        this.deliveries = deliveries;
        this.receipts = receipts;
        this.networkTag = networkTag;
        this.hasher = newHasher();
    }

    /** The link. */
    public GossipLink link() {
        return link;
    }

    /** The logs of what came by the link. */
    public Sources.Source source() {
        return source;
    }

    /** Makes the ids of this link's messages, for what may run beside its reading. */
    public MessageHasher newHasher() {
        return new MessageHasher(networkTag);
    }

    /** A message was appended. */
    void appended(int bytes, boolean fromPublisher) {
        appended += bytes;
        straight &= fromPublisher;
    }

    /**
     * Has links pull what was appended. Those whose peers get it from its publisher have only to pass over it, and are
     * not woken for each message, but by {@link #wakeAll()}, soon. Whether there was something.
     */
    boolean wake() {
        if (appended == 0) {
            return false;
        }
        unheard += appended;
        appended = 0;
        if (straight && unheard < MOST_UNHEARD) {
            source.wakeUnserved();
        } else {
            straight = true;
            wakeAll();
        }
        return true;
    }

    /** Has all links pull, if some were not woken. Any thread. */
    void wakeAll() {
        if (unheard > 0) {
            unheard = 0;
            source.wake();
        }
    }

    /** Room for the payload that is to be inflated, of exactly its length. */
    byte[] raw(int length) {
        if (raw.length != length) {
            raw = new byte[length];
        }
        return raw;
    }

    /** What was inflated belongs to a message from now on. */
    byte[] takeRaw() {
        byte[] taken = raw;
        raw = NOTHING;
        return taken;
    }

    /** What was inflated is not needed. */
    void keepRaw() {
        if (raw.length > MAX_KEPT) {
            raw = NOTHING;
        }
    }
}
