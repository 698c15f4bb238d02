// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.api.snapshot.ReasonCounts;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTrace.Phase;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.api.survey.TraceIgnored;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.survey.own.OwnStatus;

/**
 * Asks the network after a message, and answers such questions: in networks of up to 200 nodes all, in larger ones each
 * by chance, spread over time, at most once in 30 seconds whichever node asks. Questions and answers come on threads of
 * validators, several at once; clients ask on theirs.
 */
public final class NetworkTracing implements MessageValidator, NetworkTracer {

    /** Of questions and answers. */
    public static final Topic TOPIC = Topic.of("ippan/trace");

    /** A node asks no more often: longer than the others demand, for a question that is held up on its way. */
    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(32);
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** A minute, after which a message has left most caches, is how long answers are of use. */
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MOST_ANSWERING = 200;
    private static final long ANSWERS_PER_SECOND = 50;
    /** The question is to be at all nodes before the first answer is. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** An answer is under way for so long, in slow networks. */
    private static final long UNDER_WAY_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Signatures that are checked, whatever comes: 4 % of a processor. */
    private static final Rate CHECKS = Rate.perSecond(2 * ANSWERS_PER_SECOND, TimeUnit.SECONDS.toNanos(4));

    private final Here here;
    private final Function<MessageId, Optional<MessageTrace>> find;
    private final Ticker ticker;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final TokenBucket checks;
    private final Heeded heeded = new Heeded();
    private final LongAdder questions = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final ReasonCounts<TraceIgnored> ignored = new ReasonCounts<>(TraceIgnored.class);
    private Asked asked;
    private boolean hasAnswered;
    private long answeredNanos;

    /** What is known of this node and of the network. */
    public interface Here {

        /** This node; empty while it has no key. */
        Optional<OwnStatus.Moment> moment();

        /** How many nodes take part. */
        int telling();

        /** All nodes. */
        List<NetworkNode> nodes();

        /** Sends to all nodes; false if that was not possible. */
        boolean publish(Topic topic, byte[] payload);
    }

    private record Asked(Question question, long nanos, int nodes, Optional<Told> own, Map<Long, Told> answers) {
    }

    /**
     * Knows nothing yet.
     *
     * @param here this node
     * @param find what became of a message at this node
     * @param ticker time
     * @param timer on which answers are sent
     * @param random spreads them
     */
    public NetworkTracing(Here here, Function<MessageId, Optional<MessageTrace>> find, Ticker ticker,
            ScheduledExecutorService timer, RandomGenerator random) {
        this.here = here;
        this.find = find;
        this.ticker = ticker;
        this.timer = timer;
        this.random = random;
        this.checks = new TokenBucket(CHECKS, ticker.nanos());
    }

    @Override
    public synchronized NetworkTrace trace(MessageId id) {
        Optional<OwnStatus.Moment> moment = here.moment();
        if (moment.isEmpty()) {
            return new NetworkTrace(id, Phase.OFF, "This node has no key yet.", List.of());
        }
        long now = ticker.nanos();
        if (asked != null && asked.question.message().equals(id) && now - asked.nanos < KEPT_NANOS) {
            return told(moment.get(), now);
        }
        if (!moment.get().sharing().on()) {
            return own(id, moment.get(), Phase.OFF, "The network is not asked, as this node tells it nothing either: "
                    + moment.get().sharing().reason());
        }
        long wait = asked == null ? 0 : asked.nanos + EACH_NANOS - now;
        return wait > 0 ? own(id, moment.get(), Phase.WAITING, "The network was asked after another message; it is"
                + " asked after this one in " + (TimeUnit.NANOSECONDS.toSeconds(wait) + 1) + " s.")
                : ask(id, moment.get(), now);
    }

    private NetworkTrace ask(MessageId id, OwnStatus.Moment moment, long now) {
        Question question = new Question(moment.identity().id(), random.nextLong(), id);
        Optional<Told> own = find.apply(id).map(Told::of);
        Asked before = asked;
        // Known before an answer can come.
        asked = new Asked(question, now, here.telling(), own, new HashMap<>());
        if (here.publish(TOPIC, TraceFormat.write(question, moment.identity(), moment.networkTag()))) {
            questions.increment();
            heeded.take(question, spread(), now);
            return told(moment, now);
        }
        asked = before;
        return own(id, moment, Phase.OFF, "The network cannot be asked: no peer is connected, or gossip is absent.");
    }

    private NetworkTrace own(MessageId id, OwnStatus.Moment moment, Phase phase, String note) {
        Map<Long, Told> own = new HashMap<>();
        find.apply(id).map(Told::of).ifPresent(told -> own.put(moment.identity().id().word0(), told));
        return new NetworkTrace(id, phase, note, Way.of(own, here.nodes(), moment.identity().id().word0()));
    }

    private NetworkTrace told(OwnStatus.Moment moment, long now) {
        Map<Long, Told> all = new LinkedHashMap<>(asked.answers);
        long self = moment.identity().id().word0();
        asked.own.ifPresent(told -> all.put(self, told));
        boolean allIn = asked.answers.size() >= asked.nodes - 1 && asked.nodes <= MOST_ANSWERING && asked.nodes > 1;
        boolean done = allIn || now - asked.nanos > LEAST_NANOS + spread() + UNDER_WAY_NANOS;
        return new NetworkTrace(asked.question.message(), done ? Phase.DONE : Phase.ASKING, note(done),
                Way.of(all, here.nodes(), self));
    }

    private String note(boolean done) {
        int others = Math.max(asked.nodes - 1, asked.answers.size());
        String told = asked.answers.size() + " of " + others + " other nodes told";
        if (!done) {
            return told + " so far.";
        }
        String rest = asked.nodes > MOST_ANSWERING ? "about 200 are asked by chance" : "the others do not have the"
                + " message, or no longer, or told of another one less than 30 s ago";
        return told + (asked.answers.size() < others ? "; " + rest + "." : ".");
    }

    /** In which time the answers of all nodes come. */
    private long spread() {
        return TimeUnit.SECONDS.toNanos(here.telling()) / ANSWERS_PER_SECOND;
    }

    @Override
    public Verdict validate(ReceivedMessage message) {
        Optional<TraceIgnored> refusal = message.payload().remaining() > TraceFormat.MAX_LENGTH
                ? Optional.of(TraceIgnored.MALFORMED) : heed(message.payloadBytes(), ticker.nanos());
        refusal.ifPresent(ignored::count);
        return refusal.isEmpty() ? Verdict.ACCEPT : Verdict.IGNORE;
    }

    /** Cheap questions first: a signature takes longer to check than all the rest. */
    Optional<TraceIgnored> heed(byte[] bytes, long now) {
        Optional<OwnStatus.Moment> moment = here.moment();
        if (moment.isEmpty()) {
            return Optional.of(TraceIgnored.UNASKED);
        }
        Optional<Asking> asking = TraceFormat.read(bytes);
        if (asking.isEmpty()) {
            return Optional.of(TraceIgnored.MALFORMED);
        }
        Optional<TraceIgnored> refusal = refusal(asking.get(), now);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!checks.tryTake(1, now)) {
            return Optional.of(TraceIgnored.BUSY);
        }
        if (!TraceFormat.isGenuine(bytes, moment.get().networkTag())) {
            return Optional.of(TraceIgnored.FORGED);
        }
        return asking.get() instanceof Question question ? heed(question, moment.get(), now)
                : heed((Answer) asking.get(), now);
    }

    private synchronized Optional<TraceIgnored> refusal(Asking asking, long now) {
        return heeded.refusal(asking, now);
    }

    private synchronized Optional<TraceIgnored> heed(Question question, OwnStatus.Moment moment, long now) {
        Optional<TraceIgnored> refusal = heeded.take(question, spread(), now);
        boolean mayAnswer = moment.sharing().on() && (!hasAnswered || now - answeredNanos >= ANSWER_NANOS);
        boolean drawn = here.telling() <= MOST_ANSWERING || random.nextInt(here.telling()) < MOST_ANSWERING;
        if (refusal.isEmpty() && mayAnswer && drawn) {
            // At once, before the message leaves the cache; sent later.
            find.apply(question.message()).map(Told::of).ifPresent(told -> {
                hasAnswered = true;
                answeredNanos = now;
                Answer answer = new Answer(moment.identity().id(), question.key(), told);
                timer.schedule(() -> send(answer, moment), LEAST_NANOS + (long) (random.nextDouble() * spread()),
                        TimeUnit.NANOSECONDS);
            });
        }
        return refusal;
    }

    private void send(Answer answer, OwnStatus.Moment moment) {
        if (here.publish(TOPIC, TraceFormat.write(answer, moment.identity(), moment.networkTag()))) {
            answered.increment();
        }
    }

    private synchronized Optional<TraceIgnored> heed(Answer answer, long now) {
        Optional<TraceIgnored> refusal = heeded.take(answer, now);
        if (refusal.isEmpty() && asked != null && asked.question.key().equals(answer.to())) {
            asked.answers.put(answer.node().word0(), answer.told());
        }
        return refusal;
    }

    /** Questions of this node. */
    public long questions() {
        return questions.sum();
    }

    /** Questions of others that this node answered. */
    public long answered() {
        return answered.sum();
    }

    /** What was not heeded. */
    public Map<TraceIgnored, Long> ignoredSoFar() {
        return ignored.counts();
    }
}
