// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.survey.TraceIgnored;

/**
 * The questions that this node heeds: four at a time, and one of each node in 30 seconds, so that all nodes together
 * can cause no more than 1 600 answers in that time. Guarded by the lock of its owner.
 */
final class Heeded {

    /** How long a question is open, without the time in which answers are spread. */
    static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(30);
    static final int MOST_OPEN = 4;
    /** Twice what nodes of large networks send by chance. */
    static final int MOST_ANSWERS = 400;

    private final List<Open> open = new ArrayList<>(MOST_OPEN);

    private record Open(Question question, long heardNanos, long endNanos, Set<PeerId> answered) {
    }

    /** Why a question or an answer is not heeded; empty if it is. */
    Optional<TraceIgnored> refusal(Asking asking, long now) {
        return asking instanceof Question question ? refusal(question, now) : refusal((Answer) asking, now);
    }

    private Optional<TraceIgnored> refusal(Question question, long now) {
        open.removeIf(each -> now - each.endNanos >= 0);
        if (open.stream().anyMatch(each -> each.question.asker().equals(question.asker())
                && now - each.heardNanos < OPEN_NANOS)) {
            return Optional.of(TraceIgnored.TOO_FAST);
        }
        return open.size() >= MOST_OPEN ? Optional.of(TraceIgnored.BUSY) : Optional.empty();
    }

    /** Opens a genuine question, unless it is refused by now. */
    Optional<TraceIgnored> take(Question question, long spreadNanos, long now) {
        Optional<TraceIgnored> refusal = refusal(question, now);
        if (refusal.isEmpty()) {
            open.add(new Open(question, now, now + OPEN_NANOS + spreadNanos, new HashSet<>()));
        }
        return refusal;
    }

    private Optional<TraceIgnored> refusal(Answer answer, long now) {
        return find(answer, now).filter(each -> each.answered.size() < MOST_ANSWERS
                && !each.answered.contains(answer.node())).isPresent() ? Optional.empty()
                : Optional.of(TraceIgnored.UNASKED);
    }

    /** Notes a genuine answer, unless it is refused by now. */
    Optional<TraceIgnored> take(Answer answer, long now) {
        Optional<TraceIgnored> refusal = refusal(answer, now);
        if (refusal.isEmpty()) {
            find(answer, now).ifPresent(each -> each.answered.add(answer.node()));
        }
        return refusal;
    }

    private Optional<Open> find(Answer answer, long now) {
        return open.stream().filter(each -> now - each.endNanos < 0 && each.question.key().equals(answer.to()))
                .findFirst();
    }
}
