// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ValidatorSnapshot;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.JudgedMessage;

/** The validators there are, and how many messages they still have to judge. Safe for any thread. */
public final class Validation {

    private final GossipContext context;
    private final Callbacks threads;
    private final Runnable onRelief;
    private final AtomicInteger undecided = new AtomicInteger();
    private volatile List<ValidatorLine> lines = List.of();

    /**
     * No validators.
     *
     * @param threads run them
     * @param onRelief called by any thread when there is room for messages again
     */
    public Validation(GossipContext context, Callbacks threads, Runnable onRelief) {
        this.context = context;
        this.threads = threads;
        this.onRelief = onRelief;
    }

    /** A line for a validator that came. */
    public ValidatorLine line(MessageValidator validator, Registration registration) {
        return new ValidatorLine(context, validator, registration, threads, onRelief);
    }

    /** These are all lines now; one that left has been taken out of all routes. */
    public void lines(List<ValidatorLine> now) {
        List<ValidatorLine> before = lines;
        lines = now;
        resize();
        before.stream().filter(line -> !now.contains(line)).forEach(ValidatorLine::close);
    }

    /** Takes changed settings over. The bytes are shared by all validators, so that they bound memory. */
    public void resize() {
        List<ValidatorLine> now = lines;
        for (ValidatorLine line : now) {
            line.room().resize(context.settings().validationQueueMessages(), context.validationLimit() / now.size());
            line.start();
        }
    }

    /** Whether there is room for a message of this cost that these have to judge. */
    public Vacancy vacancy(ValidatorLine[] judges, GossipLink link, Topic topic, int cost) {
        Vacancy worst = Vacancy.FREE;
        for (ValidatorLine judge : judges) {
            worst = worst.or(judge.vacancy(link, topic, cost));
        }
        return worst;
    }

    /** Whether a message is ignored because a validator is too slow for what comes. If so, that is noted. */
    public boolean isIgnored(ValidatorLine[] judges, GossipLink link, Topic topic, int cost) {
        for (ValidatorLine judge : judges) {
            if (judge.vacancy(link, topic, cost) == Vacancy.NONE) {
                judge.ignores(1);
                return true;
            }
        }
        return false;
    }

    /** Has a message judged; the verdict is told once, by any thread. */
    public void submit(JudgedMessage message, Function<Topic, ValidatorLine[]> route, Consumer<Verdict> decided) {
        undecided.incrementAndGet();
        new Attempt(message, route, verdict -> {
            decided.accept(verdict);
            undecided.decrementAndGet();
        }).start();
    }

    /** Looks at time-outs. The relay's thread. */
    public void tick(long now) {
        lines.forEach(line -> line.tick(now));
    }

    /** The node stops: names the validators that have not returned. */
    public void stop() {
        lines.forEach(ValidatorLine::stop);
    }

    /** Whether any message has no verdict yet. */
    public boolean isBusy() {
        return undecided.get() > 0;
    }

    /** Messages without a verdict. */
    public int undecided() {
        return undecided.get();
    }

    /** Messages that hold room: those to be judged, and those that wait for their turn to be delivered. */
    public int messages() {
        return lines.stream().mapToInt(line -> line.room().messages()).sum();
    }

    /** The validators as operators see them. */
    public List<ValidatorSnapshot> snapshot() {
        return lines.stream().map(ValidatorLine::snapshot).toList();
    }

    /** Their bytes. */
    public long bytes() {
        return lines.stream().mapToLong(line -> line.room().bytes()).sum();
    }
}
