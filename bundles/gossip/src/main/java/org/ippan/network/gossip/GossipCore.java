// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.ippan.network.api.Priority;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.deliver.Deliveries;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.Environment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.publish.PublishGate;
import org.ippan.network.gossip.publish.Publisher;
import org.ippan.network.gossip.publish.Tracking;
import org.ippan.network.gossip.receive.Acks;
import org.ippan.network.gossip.receive.Admission;
import org.ippan.network.gossip.receive.DeliveryOrder;
import org.ippan.network.gossip.receive.Inbound;
import org.ippan.network.gossip.receive.Intake;
import org.ippan.network.gossip.receive.ReadingGate;
import org.ippan.network.gossip.receive.Verdicts;
import org.ippan.network.gossip.relay.Announcer;
import org.ippan.network.gossip.relay.Neighbours;
import org.ippan.network.gossip.relay.Serving;
import org.ippan.network.gossip.relay.Slowness;
import org.ippan.network.gossip.relay.Tree;
import org.ippan.network.gossip.relay.TreeLink;
import org.ippan.network.gossip.repair.Wanted;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.gossip.settle.Settlements;
import org.ippan.network.gossip.validate.Validation;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.MessageCodec;

/**
 * Gossip without OSGi: wires the parts, gives them links and time.
 *
 * <p>Two paths. What every message takes runs on the thread it comes by (an I/O thread or a publisher's): check, mark,
 * append, deliver; links pull from the logs on theirs. Everything else, what repairs and what throttles, is confined to
 * one thread ({@link GossipContext#relay}): deterministic in a simulation.
 */
final class GossipCore implements ProtocolHandler, Outbound.Progress {

    private static final int HARD_MAX_MESSAGE = 16 << 20;
    private static final Set<FrameType> TYPES = Set.of(FrameType.GOSSIP, FrameType.IHAVE, FrameType.IWANT,
            FrameType.GRAFT, FrameType.PRUNE, FrameType.MISSING, FrameType.NEIGHBOURS, FrameType.FETCH,
            FrameType.ACK, FrameType.SETTLE, FrameType.SETTLED, FrameType.PROBE);
    /** What a thread that is just sending to a link which went down still notes must not be noted for the next one. */
    private static final long SLOT_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    final GossipContext context;
    final Room room;
    final Subscriptions subscriptions;
    final Sources sources;
    final Verdicts verdicts = new Verdicts();
    final Announcer announcer;
    final Serving serving;
    final Tree tree;
    final Wanted wanted;
    final Neighbours neighbours;
    final ReadingGate readingGate;
    final Acks acks;
    final Slowness slowness;
    final Validation validation;
    final Intake intake;
    final PublishGate publishGate;
    final Publisher publisher;
    final Tracking tracking = new Tracking();
    final Settlements settlements;
    final Takers takers;
    private final Environment environment;
    private final Supplier<byte[]> networkTag;
    private final Marking marking;
    private final Clockwork clockwork;
    private final Snapshots snapshots;
    private volatile byte[] tag;

    /**
     * A core that waits for links.
     *
     * @param environment time, chance and threads
     * @param settings the first settings
     * @param networkTag what ids begin with
     * @param events is told of overload
     */
    GossipCore(Environment environment, GossipSettings settings, Supplier<byte[]> networkTag,
            BiConsumer<EventType, String> events) {
        this.environment = environment;
        this.networkTag = networkTag;
        this.context = new GossipContext(environment, settings);
        this.validation = new Validation(context, environment.validators(), this::roomGivenBack);
        this.subscriptions = new Subscriptions(context, validation);
        LogSpace space = new LogSpace(environment.ticker(), environment.segmentBytes());
        long secret = context.random.nextLong();
        this.sources = new Sources(space, new EntryIndex(space, secret), context.mostEntries());
        this.announcer = new Announcer(context, sources);
        this.serving = new Serving(sources.index(), context.mostEntries());
        this.tree = new Tree(context, sources, announcer, serving);
        this.wanted = new Wanted(context, tree, sources.index(), verdicts::knows);
        this.neighbours = new Neighbours(context, tree, announcer, secret);
        this.readingGate = new ReadingGate(context, events);
        this.acks = new Acks(context, environment.relay(), readingGate);
        this.room = new Room(this::roomGivenBack);
        this.intake = new Intake(context, new Admission(context, subscriptions, sources.index(), tree, wanted, verdicts,
                validation), readingGate, acks);
        this.publishGate = new PublishGate(context, sources, acks::isPressed);
        this.slowness = new Slowness(context, sources, announcer, publishGate::fullWindow);
        this.settlements = new Settlements(context, sources, verdicts::isWaiting);
        this.publisher = new Publisher(context, sources, publishGate, tracking, settlements, this::networkTag);
        this.takers = new Takers(context, intake, announcer, wanted, serving, tree, neighbours, settlements,
                new LinkEnds(context));
        this.marking = new Marking(context.services, space, verdicts);
        this.snapshots = new Snapshots(context, sources, subscriptions, validation, wanted, publishGate, readingGate,
                room);
        Expiry expiry = new Expiry(context, sources, publishGate.own(), tracking);
        this.clockwork = new Clockwork(context, environment.relay(),
                List.of(expiry::tick, validation::tick, slowness::tick, readingGate::tick, wanted::tick,
                        neighbours::tick, announcer::tick, settlements::tick, tree::tick, now -> publisher.tick()),
                List.of(wanted::isBusy, announcer::isBusy, readingGate::isBusy, validation::isBusy, publisher::isBusy,
                        slowness::isBusy, neighbours::isBusy, settlements::isBusy, tree::isBusy), neighbours::rest);
        readingGate.onResume(intake::retry);
        context.onWake(clockwork::wake);
        context.relay.post(clockwork::start);
        apply(settings);
    }

    /** Takes new settings over; nothing learnt is lost. */
    void apply(GossipSettings settings) {
        context.settings(settings);
        sources.space().limit(context.cacheLimit());
        room.resize(settings.validationQueueMessages(), context.validationLimit());
        subscriptions.review();
        context.relay.post(() -> {
            tree.review();
            clockwork.wake();
        });
    }

    PublishResult publish(Message message) {
        return publisher.publish(message);
    }

    CompletionStage<PublishResult> publishAsync(Message message) {
        return publisher.publishAsync(message);
    }

    CompletionStage<Void> whenWritable(Priority priority) {
        return publishGate.whenWritable(priority);
    }

    private byte[] networkTag() {
        byte[] known = tag;
        return known != null ? known : networkTag.get();
    }

    @Override
    public Set<FrameType> frameTypes() {
        return TYPES;
    }

    @Override
    public int maxMessageBytes() {
        return context.settings().maxMessageBytes();
    }

    @Override
    public FrameReceiver linkUp(PeerLink peerLink, boolean fresh) {
        byte[] current = networkTag.get();
        tag = current;
        // Over a link older than this handler the peer may have been told of a longer limit.
        int longest = fresh ? context.settings().maxMessageBytes() : HARD_MAX_MESSAGE;
        GossipLink link = new GossipLink(peerLink, context.links.takeSlot(),
                new MessageCodec.Limits(longest, peerLink.codecs()), room.share(peerLink.dialled()), context.services);
        slowness.admit(link);
        Outbound outbound = new Outbound(context, link, sources, this);
        TreeLink treeLink = tree.up(outbound);
        Sources.Source source = sources.of(link);
        Inbound inbound = new Inbound(link, source, treeLink, new DeliveryOrder(),
                new Deliveries(subscriptions), acks.receipts(source, fresh), current);
        acks.up(inbound);
        context.links.add(link);
        context.relay.post(() -> {
            if (!fresh) {
                // The first takes back what our predecessor said; to the second, being no news, the peer answers with
                // all it sent while no handler was here.
                link.offer(ControlCodec.GRAFT_NONE);
                link.offer(ControlCodec.GRAFT_NONE);
            }
            neighbours.up(outbound, inbound.source(), treeLink.level, fresh);
            announcer.digest(outbound);
        });
        return new LinkEnd(takers, inbound, outbound, treeLink, () -> down(outbound));
    }

    private void down(Outbound outbound) {
        GossipLink link = outbound.link();
        context.links.remove(link);
        acks.down(link);
        outbound.end();
        context.relay.post(() -> {
            neighbours.down(link);
            announcer.down(outbound);
            wanted.down(link);
            tree.down(link);
            readingGate.relieved();
            publishGate.tick();
            environment.relay().schedule(() -> forget(link), SLOT_REST_NANOS, TimeUnit.NANOSECONDS);
        });
    }

    private void forget(GossipLink link) {
        sources.space().forget(link.bit());
        context.links.freeSlot(link.slot());
    }

    @Override
    public void sent(SourceLog log, GossipLink link, long from, long to) {
        tracking.sent(log, link, from, to);
    }

    @Override
    public void moved() {
        publishGate.moved();
        readingGate.relieved();
    }

    @Override
    public void settled(SourceLog log) {
        if (log.isOwn()) {
            publishGate.moved();
        } else {
            acks.settled(log);
        }
    }

    private void roomGivenBack() {
        readingGate.relieved();
        if (wanted.isStarved()) {
            context.relay.post(() -> wanted.tick(context.nanos()));
        }
    }

    /** The deduplicator came, changed or went. */
    void deduplicator(MessageDeduplicator dedup) {
        marking.by(dedup);
    }

    /** The reputation service came, changed or went. */
    void reputation(ReputationManager reputation) {
        context.services.reputation = reputation;
        for (GossipLink link : context.links.all()) {
            link.standing(context.services.standing(link.peer()));
        }
    }

    /** Stops taking messages in. What was taken is still delivered, and sent to those who miss it. */
    void stop() {
        context.stop();
        context.relay.post(() -> {
            clockwork.rest(announcer::tick);
            readingGate.letGo();
            publisher.tick();
        });
    }

    /** Nothing more is sent. */
    void close() {
        tracking.close();
        settlements.close();
    }

    /** What is not done yet. */
    Remainder remainder() {
        return new Remainder(context, validation, subscriptions, sources, publishGate, takers.ends());
    }

    GossipSnapshot snapshot() {
        return snapshots.take();
    }
}
