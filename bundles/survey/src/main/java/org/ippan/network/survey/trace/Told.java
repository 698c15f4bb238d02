// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.trace;

import java.util.List;
import org.ippan.network.api.survey.NodeTrace.Fate;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.TracedLink.Reach;

/**
 * What a node tells of a message: nothing of its content or topic.
 *
 * @param fate what became of it there
 * @param asked whether it came because the node missed and asked for it
 * @param from first 8 bytes of the id of the peer that brought it first; 0 if there is none
 * @param hops how many nodes relayed it before
 * @param ageMillis how long it was under way when it came
 * @param copies how many further peers brought or announced it
 * @param listening how many listeners of the node take its topic
 * @param listeners names of some of them
 */
record Told(Fate fate, boolean asked, long from, int hops, long ageMillis, int copies, int listening,
        List<String> listeners) {

    /** What this node tells. */
    static Told of(MessageTrace trace) {
        return new Told(fate(trace), trace.asked(), trace.from().map(peer -> peer.word0()).orElse(0L), trace.hops(),
                trace.from().isEmpty() ? 0 : trace.age().toMillis(),
                (int) trace.links().stream().filter(link -> link.reach() == Reach.HAS).count(),
                trace.listeners().size(),
                trace.listeners().subList(0, Math.min(TraceFormat.MAX_LISTENERS, trace.listeners().size())));
    }

    private static Fate fate(MessageTrace trace) {
        return switch (trace.verdict()) {
            case WAITING -> Fate.WAITING;
            case REJECTED -> Fate.REJECTED;
            case ACCEPTED -> trace.from().isEmpty() ? Fate.PUBLISHED
                    : trace.listeners().isEmpty() ? Fate.NO_LISTENER : Fate.DELIVERED;
        };
    }
}
