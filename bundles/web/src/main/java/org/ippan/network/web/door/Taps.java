// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.door;

import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.web.http.Answer;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;

/**
 * The samples that clients look at: one for each topic, which ends by itself. Whether a client has the token is judged
 * before. Safe for any thread.
 */
public final class Taps {

    /** Where samples are looked at. */
    public static final String PATH = "/api/v1/tap";

    private static final int MOST = 4;

    private final BiFunction<GossipListener, List<String>, Runnable> listeners;
    private final Clock clock;
    private final Ticker ticker;
    /** By topic; guarded by this. */
    private final Map<String, Open> open = new TreeMap<>();

    /** A sample, and what ends it. */
    private record Open(Tap tap, Runnable end) {
    }

    /**
     * Listens to nothing yet.
     *
     * @param listeners registers a listener for topics, and gives what ends that
     * @param clock of this node
     * @param ticker of this node
     */
    public Taps(BiFunction<GossipListener, List<String>, Runnable> listeners, Clock clock, Ticker ticker) {
        this.listeners = listeners;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** What came of a topic since the last look; the first one begins to listen. */
    public Answer answer(Request request) {
        String topic = request.parameter("topic");
        if (!Topic.isPattern(topic)) {
            throw Refusal.badRequest("topic = " + topic + ": must be a topic's name, prefix/* or *");
        }
        return Answer.json(tap(topic).look(request.number("after", 0)));
    }

    private synchronized Tap tap(String topic) {
        expire();
        Open known = open.get(topic);
        if (known == null) {
            if (open.size() == MOST) {
                throw Refusal.unavailable("there are " + MOST + " samples of other topics; each ends 10 s after the"
                        + " last look at it");
            }
            Tap tap = new Tap(clock, ticker);
            known = new Open(tap, listeners.apply(tap, List.of(topic)));
            open.put(topic, known);
        }
        return known.tap;
    }

    /** Ends those that no client looks at any more. */
    public synchronized void expire() {
        for (Iterator<Open> each = open.values().iterator(); each.hasNext();) {
            Open one = each.next();
            if (one.tap.isOver()) {
                each.remove();
                one.end.run();
            }
        }
    }

    /** Ends all of them. */
    public synchronized void endAll() {
        open.values().forEach(each -> each.end.run());
        open.clear();
    }
}
