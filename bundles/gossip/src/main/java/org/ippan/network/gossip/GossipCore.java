// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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

/**
 * Gossip without OSGi: wires the parts, gives them links and time.
 *
 * <p>Two paths. What every message takes runs on the thread it comes by (an I/O thread or a publisher's): check, mark,
 * keep, send on, deliver; it reads volatile state and changes atomic state only. Everything else, what repairs and
 * what throttles, is confined to one thread ({@link GossipContext#relay}): no locks, and deterministic in a simulation.
 */
final class GossipCore implements ProtocolHandler {

    private static final int HARD_MAX_MESSAGE = 16 << 20;
    private static final Set<FrameType> TYPES = Set.of(FrameType.GOSSIP, FrameType.IHAVE, FrameType.IWANT,
            FrameType.GRAFT, FrameType.PRUNE, FrameType.MISSING);
    /** How often timers are looked at while there is something to do, and while there is not. */
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long IDLE_TICK = TimeUnit.MILLISECONDS.toNanos(500);

    final GossipContext context;
    final Room room;
    final Subscriptions subscriptions;
    final Wanted wanted;
    final Serving serving;
    final Announcer announcer;
    final Tree tree;
    final Throttle throttle;
    final Relay relay;
    final Intake intake;
    final Validation validation;
    final Publisher publisher;
    final Backpressure backpressure;

    /** A thread that is just sending to a link which went down must not note that for the next link of its slot. */
    private static final long SLOT_REST = TimeUnit.SECONDS.toNanos(1);

    private final Environment environment;
    private final Supplier<byte[]> networkTag;
    private volatile byte[] tag;
    private ScheduledFuture<?> nextTick;
    private boolean soon;

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
        this.subscriptions = new Subscriptions(context);
        this.tree = new Tree(this);
        this.wanted = new Wanted(context, tree);
        this.serving = new Serving(this);
        this.announcer = new Announcer(this);
        this.throttle = new Throttle(this, events);
        this.room = new Room(throttle::relieved);
        this.relay = new Relay(this);
        this.intake = new Intake(this);
        this.validation = new Validation(context, environment, intake::decided);
        this.publisher = new Publisher(this);
        this.backpressure = new Backpressure(context);
        context.wake = this::wake;
        context.expire = this::expire;
        context.relay.post(() -> schedule(IDLE_TICK));
        apply(settings);
    }

    /** Takes new settings over; nothing learnt is lost. */
    void apply(GossipSettings settings) {
        context.settings = settings;
        room.resize(settings.validationQueueMessages(), settings.validationLimit(context.heapBytes));
        validation.resize();
        context.relay.post(() -> {
            tree.review();
            wake();
        });
    }

    PublishResult publish(Message message) {
        return publisher.publish(message);
    }

    CompletionStage<PublishResult> publishAsync(Message message) {
        return publisher.publishAsync(message);
    }

    byte[] networkTag() {
        byte[] known = tag;
        return known != null ? known : networkTag.get();
    }

    @Override
    public Set<FrameType> frameTypes() {
        return TYPES;
    }

    @Override
    public int maxMessageBytes() {
        return context.settings.maxMessageBytes();
    }

    @Override
    public FrameReceiver linkUp(PeerLink peerLink, boolean fresh) {
        byte[] current = networkTag.get();
        tag = current;
        // Over a link older than this handler the peer may have been told of a longer limit.
        int longest = fresh ? context.settings.maxMessageBytes() : HARD_MAX_MESSAGE;
        GossipLink link = new GossipLink(this, peerLink, context.links.takeSlot(), longest, current);
        context.links.add(link);
        context.relay.post(() -> {
            if (!fresh) {
                // The first takes back what our predecessor said; to the second, being no news, the peer answers with
                // all it sent while nobody was here.
                link.offer(ControlCodec.GRAFT_NONE);
                link.offer(ControlCodec.GRAFT_NONE);
            }
            announcer.digest(link, false);
        });
        return link;
    }

    /** A link ended. */
    void down(GossipLink link) {
        context.links.remove(link);
        context.relay.post(() -> {
            wanted.down(link);
            tree.review();
            backpressure.tell();
            environment.relay().schedule(() -> forget(link.slot()), SLOT_REST, TimeUnit.NANOSECONDS);
        });
    }

    private void forget(int slot) {
        context.cache.forEach(message -> message.forget(slot));
        context.links.freeSlot(slot);
    }

    /** A link's queue has room again. */
    void writable(GossipLink link) {
        serving.drain(link);
        announcer.tick(context.ticker.nanos());
        backpressure.tell();
    }

    /** The deduplicator came, changed or went. */
    void deduplicator(MessageDeduplicator dedup) {
        if (dedup != null) {
            // Twice: what comes between the first time and the change is marked by the second.
            context.cache.forEach(message -> mark(dedup, message));
        }
        context.services.dedup = dedup;
        if (dedup != null) {
            context.cache.forEach(message -> mark(dedup, message));
            context.services.ready = true;
        }
    }

    private static void mark(MessageDeduplicator dedup, IdKey id) {
        dedup.checkAndMark(id.word0(), id.word1(), id.word2(), id.word3());
    }

    /** The reputation service came, changed or went. */
    void reputation(ReputationManager reputation) {
        context.services.reputation = reputation;
        for (GossipLink link : context.links.all()) {
            link.standing(context.services.standing(link.peer()));
        }
    }

    private void wake() {
        if (!soon) {
            nextTick.cancel(false);
            schedule(TICK);
        }
    }

    private void schedule(long delay) {
        soon = delay == TICK;
        nextTick = environment.relay().schedule(this::tick, delay, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        long now = context.ticker.nanos();
        try {
            expire();
            validation.tick(now);
            throttle.tick(now);
            wanted.tick(now);
            serving.tick();
            announcer.tick(now);
            backpressure.tick(now);
        } finally {
            if (!context.stopping) {
                schedule(isBusy() ? TICK : IDLE_TICK);
            }
        }
    }

    private void expire() {
        long now = context.ticker.nanos();
        BodyCache.Limits limits = new BodyCache.Limits(now - context.settings.cacheNanos(), context.cacheLimit(),
                message -> backpressure.isOwed(message, now));
        context.counters.cacheEvictedEarly.add(context.cache.expire(limits, this::gone));
        backpressure.protectOwed(now);
    }

    private boolean isBusy() {
        return wanted.isBusy() || announcer.isBusy() || serving.isBusy() || throttle.isBusy() || validation.isBusy()
                || backpressure.isBusy();
    }

    private void gone(HeldMessage message) {
        for (GossipLink link : context.links.all()) {
            link.state().settle(message);
        }
        publisher.gone(message);
    }

    /** Stops taking messages in. What was taken is still delivered and sent. */
    void stop() {
        context.stopping = true;
        context.relay.post(() -> {
            nextTick.cancel(false);
            throttle.letGo();
            context.cache.forEach(publisher::gone);
            backpressure.tell();
        });
    }

    /** Whether everything that was taken in has been validated, delivered and sent. */
    boolean isDrained() {
        return context.relay.isEmpty() && !validation.isBusy() && subscriptions.isDrained();
    }

    GossipSnapshot snapshot() {
        return Snapshots.of(this);
    }
}
