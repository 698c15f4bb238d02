// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget;
import org.ippan.network.gossip.log.Draft;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.Contexts;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.model.StillLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;

/** Links of a node without a network: what sockets take and peers settle is up to the test. */
abstract class LinksFixture {

    /** Bytes of each message as a frame. */
    static final int FRAME = 8 * 1024;
    /** The same of messages of which there are many. */
    private static final int SHORT = 64;
    private static final Topic TOPIC = Topic.of("t");

    final ManualScheduler time = new ManualScheduler();
    final Map<String, Object> settings = new HashMap<>();
    final GossipContext context =
            Contexts.context(time, new Callbacks(Runnable::run, () -> false), settings);
    final LogSpace space = new LogSpace(time, 64 * 1024);
    final Sources sources = new Sources(space, new EntryIndex(space, 1), context.mostEntries());
    final Announcer announcer = new Announcer(context, sources);
    private final Map<Outbound, StillLink> ends = new HashMap<>();
    private final Map<Outbound, Sources.Source> brought = new HashMap<>();
    private final Draft draft = new Draft();
    private int number;

    /** Nothing is noted of what links send. */
    private static final class Unwatched implements Outbound.Progress {

        @Override
        public void sent(SourceLog log, GossipLink link, long from, long to) {
            // No publisher waits.
        }

        @Override
        public void moved() {
            // As above.
        }

        @Override
        public void settled(SourceLog log) {
            // As above.
        }
    }

    LinksFixture() {
        space.limit(64L << 20);
    }

    void set(String key, Object value) {
        settings.put(key, value);
        context.settings(Contexts.settings(settings));
    }

    static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** A link with a member that this node dialled. */
    Outbound link() {
        return link(true);
    }

    /** A link that a stranger opened. */
    Outbound stranger() {
        return link(false);
    }

    private Outbound link(boolean known) {
        int slot = context.links.takeSlot();
        StillLink far = new StillLink(Peers.peer(slot + 1));
        far.dialled = known;
        far.member = known;
        far.maxMessageBytes = 1 << 20;
        GossipLink link = far.gossip(slot, 0, new Room(() -> { }).share(known), context.services);
        Outbound outbound = new Outbound(context, link, sources, new Unwatched());
        ends.put(outbound, far);
        brought.put(outbound, sources.of(link));
        context.links.add(link);
        return outbound;
    }

    StillLink end(Outbound outbound) {
        return ends.get(outbound);
    }

    Sources.Source source(Outbound outbound) {
        return brought.get(outbound);
    }

    /** This node publishes so many messages. */
    void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            append(sources.own(), 0, FRAME, 1);
        }
    }

    /** A link brings so many messages. */
    void bring(Outbound from, int messages) {
        for (int i = 0; i < messages; i++) {
            append(source(from), from.link().bit(), FRAME, 1);
        }
    }

    /** A link brings a message to which its peer, which published it, gave a number. */
    void bringNumbered(Outbound from, long numbered, int flags) {
        byte[] head = Heads.head(0, Priority.NORMAL, TOPIC, 0, 0);
        append(source(from), from.link().bit(), ByteBuffer.wrap(head).putLong(MessageCodec.NUMBER_OFFSET, numbered)
                .rewind(), 1, flags);
    }

    /** A link brings so many messages of a neighbour of its peer, which these links are known to have, a bit each. */
    void bringOfNeighbour(Outbound from, int messages, long knownTo) {
        for (int i = 0; i < messages; i++) {
            append(source(from), from.link().bit() | knownTo, SHORT, 2);
        }
    }

    /** This node publishes a message that is so long as a frame. */
    void publishLong(int bytes) {
        append(sources.own(), 0, bytes, 1);
    }

    private void append(Sources.Source to, long knownTo, int bytes, int hops) {
        byte[] head = Heads.head(0, Priority.NORMAL, TOPIC, 0, 1);
        int payload = bytes - FrameType.HEADER_LENGTH - head.length;
        head = Heads.head(0, Priority.NORMAL, TOPIC, 0, payload);
        append(to, knownTo, ByteBuffer.allocate(head.length + payload).put(head).rewind(), hops, 0);
    }

    private void append(Sources.Source to, long knownTo, ByteBuffer body, int hops, int flags) {
        draft.body(body, hops);
        draft.appended(time.nanos());
        draft.note(context.millis(), knownTo, flags);
        to.append(Priority.NORMAL, id(++number), draft);
    }

    static IdKey id(long number) {
        IdKey id = new IdKey();
        id.set(number, 2, 3, 4);
        return id;
    }

    /** The socket of a link takes so many messages. */
    void take(Outbound outbound, int messages) {
        for (int i = 0; i < messages; i++) {
            hand(outbound, FRAME).taken();
        }
    }

    /** Hands the socket of a link so many bytes, which it has not taken yet. */
    static Fill hand(Outbound outbound, int bytes) {
        return outbound.fill(new FakeTarget(bytes), FrameClass.LOW);
    }

    /** The peer has settled so many messages since the link came up. */
    void settle(Outbound outbound, int messages) {
        outbound.unsettled().acknowledged(new Ack(0, new long[] {0, (long) messages * FRAME, 0}), 0);
    }
}
