// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NetworkChanges;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.survey.own.OwnStatus;
import org.ippan.network.survey.own.Sharing;
import org.ippan.network.survey.record.RecordException;
import org.ippan.network.survey.record.RecordFormat;
import org.ippan.network.survey.record.RecordReader;
import org.ippan.network.survey.record.RecordWriter;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.ToldLink;
import org.ippan.network.survey.retell.Retelling;
import org.ippan.network.survey.retell.Retold;
import org.ippan.network.survey.settings.Share;
import org.ippan.network.survey.settings.SurveySettings;
import org.ippan.network.survey.table.Picture;
import org.ippan.network.survey.table.RecordTable;
import org.ippan.network.survey.table.View;
import org.ippan.network.survey.trace.NetworkTracing;

/**
 * The survey of the network: sends the record of this node, takes those of others in, and makes the view. Records come
 * on the threads of validators, several at once; a timer calls {@link #tick} once a second. The view is read without a
 * lock.
 */
final class Survey implements MessageValidator, NetworkView, NetworkTracer, Retelling.Known, NetworkTracing.Here {

    static final Topic TOPIC = Topic.of("ippan/status");

    /** The age that a peer states is believed up to this: a greater one could make a node look stale. */
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int REVISIONS_PER_MILLI = 1000;

    private final OwnStatus status;
    private final Ticker ticker;
    private final Clock clock;
    private final RecordTable table;
    private final Picture picture;
    private final Pace pace;
    private final RecordCounts tally = new RecordCounts();
    private final Checks checks;
    final NetworkTracing tracing;
    private final Soon again;
    private volatile SurveySettings settings;
    private StatusRecord own;
    private long ownNanos;
    private final Lives lives;
    private News told = News.NONE;
    private volatile ReservedGossip gossip;
    private volatile Sharing sharing = new Sharing(false, "This node has no key yet.");
    private volatile OwnStatus.Moment moment;
    private volatile View view;

    Survey(OwnStatus status, Ticker ticker, Clock clock, RandomGenerator random, ScheduledExecutorService timer,
            SurveySettings settings) {
        this.status = status;
        this.ticker = ticker;
        this.clock = clock;
        this.settings = settings;
        long revision = clock.millis() * REVISIONS_PER_MILLI;
        this.table = new RecordTable(random, settings.maxNodes());
        this.picture = new Picture(table, ticker.nanos(), revision);
        this.pace = new Pace(random, settings, ticker.nanos());
        this.checks = new Checks(settings, ticker.nanos());
        this.view = View.empty(revision);
        this.lives = new Lives(clock.millis());
        this.tracing = new NetworkTracing(this, status::trace, ticker, timer, random);
        this.again = new Soon(timer, this::lookAgain);
    }

    synchronized void apply(SurveySettings changed) {
        settings = changed;
        tally.ignored(IgnoreReason.EVICTED, table.resize(changed.maxNodes()));
        pace.adapt(settings, telling());
        checks.apply(settings);
        if (changed.share() == Share.OFF && sharing.on()) {
            goodbye();
        }
    }

    /** Messages can be sent from now on. */
    void begin(ReservedGossip service) {
        gossip = service;
    }

    /**
     * Looks at this node and at all others, and sends what is due. Other services are asked without the lock: the
     * doctor asks this one.
     */
    void tick() {
        SurveySettings now = settings;
        status.moment(now).ifPresent(known ->
                look(known, status.record(known, now, (int) Math.ceil(pace.seconds()), ticker.nanos())));
    }

    private synchronized void look(OwnStatus.Moment known, StatusRecord record) {
        long now = ticker.nanos();
        checks.tick(now);
        moment = known;
        sharing = known.sharing();
        renew(record, now);
        table.ownPeers(own.links().stream().map(ToldLink::to).collect(Collectors.toSet()));
        view = picture.look(own, ownNanos, settings.maxNodes(), now);
        pace.adapt(settings, telling());
        News news = News.of(own);
        boolean changed = !news.equals(told) || lives.isNew();
        if (sharing.on() && !own.links().isEmpty() && pace.isDue(changed, now) && send(false)) {
            told = news;
            pace.sent(now);
        }
    }

    /** Shows others as they are by now. */
    private synchronized void lookAgain() {
        if (own != null) {
            view = picture.look(own, ownNanos, settings.maxNodes(), ticker.nanos());
        }
    }

    /** Keeps the record that is there as long as nothing but time has passed. */
    private void renew(StatusRecord next, long now) {
        if (own == null || !own.findings().equals(next.findings()) || !own.links().equals(next.links())
                || own.numbers() != next.numbers() || !own.topics().equals(next.topics())
                || !own.name().equals(next.name()) || own.intervalSeconds() != next.intervalSeconds()) {
            own = next;
            ownNanos = now;
        }
    }

    @Override
    public boolean publish(Topic topic, byte[] payload) {
        ReservedGossip service = gossip;
        return service != null && service.publishReserved(new Message(topic, payload, Priority.LOW, 0)).accepted();
    }

    private boolean send(boolean leaving) {
        if (gossip == null) {
            return false;
        }
        StatusRecord record = new StatusRecord(own.id(), lives.next(leaving), own.intervalSeconds(), own.uptimeSeconds()
                + TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - ownNanos), own.told(), own.name(), own.version(),
                own.findings(), own.numbers(), own.links(), own.topics());
        boolean accepted = publish(TOPIC, RecordWriter.write(record, moment.identity(), moment.networkTag()));
        if (accepted) {
            tally.sent();
        }
        return accepted;
    }

    /** Says that this node stops, and sends nothing any more until messages can be sent again. */
    synchronized void leave() {
        goodbye();
        gossip = null;
    }

    /** What comes after it is of another life: nothing is newer than the last record of one. */
    private void goodbye() {
        if (!told.equals(News.NONE)) {
            send(true);
            pace.left(ticker.nanos());
        }
        lives.begin(clock.millis());
        told = News.NONE;
    }

    @Override
    public Verdict validate(ReceivedMessage message) {
        long now = ticker.nanos();
        long age = Math.max(0, Math.min(MAX_AGE_NANOS, message.age().toNanos()));
        Optional<IgnoreReason> refusal = message.payload().remaining() > RecordFormat.MAX_LENGTH
                ? Optional.of(IgnoreReason.MALFORMED)
                : take(message.deliveredBy(), message.payloadBytes(), now - age, now);
        refusal.ifPresent(reason -> tally.ignored(reason, 1));
        boolean passedOn = refusal.isEmpty() || refusal.get() == IgnoreReason.NEWER_FORMAT
                || refusal.get() == IgnoreReason.NO_ROOM || refusal.get() == IgnoreReason.EVICTED;
        return passedOn ? Verdict.ACCEPT : Verdict.IGNORE;
    }

    @Override
    public boolean shares() {
        return sharing.on();
    }

    @Override
    public synchronized List<Retold> records(PeerId asking) {
        return table.records(asking, ticker.nanos());
    }

    /** As if it had come by gossip when it was signed: the next one of that node is not too fast after it. */
    @Override
    public void hear(PeerId from, Retold retold) {
        long signed = ticker.nanos() - TimeUnit.MILLISECONDS.toNanos(retold.ageMillis());
        take(from, retold.record(), signed, signed).ifPresent(reason -> tally.ignored(reason, 1));
    }

    /** Cheap questions first: a signature takes longer to check than all the rest. */
    private Optional<IgnoreReason> take(PeerId from, byte[] bytes, long signedNanos, long now) {
        OwnStatus.Moment here = moment;
        if (here == null) {
            return Optional.of(IgnoreReason.NO_ROOM);
        }
        try {
            PeerId owner = RecordReader.owner(bytes);
            if (owner.equals(here.identity().id())) {
                lives.outlive(bytes, here.networkTag(), () -> checks.allow(from, ticker.nanos()));
                return Optional.of(IgnoreReason.OWN);
            }
            Optional<StatusRecord> record = RecordReader.isReadable(bytes) ? Optional.of(RecordReader.read(bytes))
                    : Optional.empty();
            Optional<IgnoreReason> refusal = refusal(owner, record, now);
            if (refusal.isEmpty() && !checks.allow(from, ticker.nanos())) {
                refusal = Optional.of(IgnoreReason.UNCHECKED);
            } else if (refusal.isEmpty() && !RecordReader.isGenuine(bytes, here.networkTag())) {
                refusal = Optional.of(IgnoreReason.FORGED);
            }
            return refusal.isPresent() ? refusal : take(owner,
                    record.map(read -> new RecordTable.Arrived(read, bytes, signedNanos, now)), now);
        } catch (RecordException e) {
            return Optional.of(e.reason());
        }
    }

    private synchronized Optional<IgnoreReason> refusal(PeerId owner, Optional<StatusRecord> record, long now) {
        return record.isPresent() ? table.refusal(record.get(), now) : table.tooFast(owner, now);
    }

    private synchronized Optional<IgnoreReason> take(PeerId owner, Optional<RecordTable.Arrived> arrived, long now) {
        if (arrived.isEmpty()) {
            table.unreadable(owner, now);
            return Optional.of(IgnoreReason.NEWER_FORMAT);
        }
        Optional<IgnoreReason> refusal = table.take(arrived.get());
        if (refusal.isEmpty() || refusal.get() == IgnoreReason.EVICTED) {
            tally.taken();
            if (arrived.get().record().life().leaving()) {
                again.ask();
            }
        }
        return refusal;
    }

    @Override
    public NetworkTrace trace(MessageId id) {
        return tracing.trace(id);
    }

    @Override
    public Optional<OwnStatus.Moment> moment() {
        return Optional.ofNullable(moment);
    }

    @Override
    public int telling() {
        return Math.max(1, view.telling());
    }

    @Override
    public List<NetworkNode> nodes() {
        return view.nodes();
    }

    @Override
    public NetworkChanges changes(long since) {
        return view.changes(since);
    }

    /** Takes no lock: the doctor asks it for its findings, which this one asks for. */
    @Override
    public NetworkSnapshot snapshot() {
        View now = view;
        Sharing shares = sharing;
        return new NetworkSnapshot(now.counts(), table.size(), pace.seconds(), shares.on(), shares.reason(),
                tally.sentSoFar(), tally.takenSoFar(), tally.ignoredSoFar(), tracing.questions(),
                tracing.answered(), tracing.ignoredSoFar(), now.gone(), now.split());
    }
}
