// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.door;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.json.Json;
import org.ippan.network.web.http.EventSource;
import org.ippan.network.web.http.WebCounters;

/**
 * What one client is told: messages wait here until its connection takes them. It never makes gossip wait: when the
 * client is too slow the oldest message is dropped, and the client is told how many were. Safe for any thread.
 */
final class MessageStream implements GossipListener, EventSource {

    static final int MOST_MESSAGES = 256;
    /** Of payload. A longer message still passes, alone. */
    static final long MOST_BYTES = 4 << 20;

    private final WebCounters counters;
    private final Runnable whenClosed;
    /** The rest is guarded by it. */
    private final Deque<ReceivedMessage> waiting = new ArrayDeque<>();
    private long bytes;
    private long lost;
    private boolean ended;
    private Runnable ready = () -> { };

    /** What an event tells of a message. */
    private record Told(String topic, Priority priority, int hops, long ageMs, String payload) {
    }

    MessageStream(WebCounters counters, Runnable whenClosed) {
        this.counters = counters;
        this.whenClosed = whenClosed;
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        Runnable wake;
        synchronized (waiting) {
            if (ended) {
                return;
            }
            waiting.add(message);
            bytes += size(message);
            while (waiting.size() > MOST_MESSAGES || bytes > MOST_BYTES && waiting.size() > 1) {
                bytes -= size(waiting.poll());
                lost++;
                counters.lost.increment();
            }
            wake = ready;
        }
        wake.run();
    }

    private static int size(ReceivedMessage message) {
        return message.payload().remaining();
    }

    @Override
    public void open(Runnable whenReady) {
        synchronized (waiting) {
            ready = whenReady;
        }
        whenReady.run();
    }

    /** Losses first: what was dropped is older than what waits. */
    @Override
    public Optional<String> next() {
        ReceivedMessage message;
        synchronized (waiting) {
            if (lost > 0) {
                String event = "event: lost\ndata: " + Json.of(Map.of("count", lost)) + "\n\n";
                lost = 0;
                return Optional.of(event);
            }
            message = waiting.poll();
            if (message == null) {
                return Optional.empty();
            }
            bytes -= size(message);
        }
        counters.told.increment();
        return Optional.of("id: " + message.id() + "\ndata: " + Json.of(new Told(message.topic().name(),
                message.priority(), message.hops(), message.age().toMillis(),
                Base64.getEncoder().encodeToString(message.payloadBytes()))) + "\n\n");
    }

    /** What waits, and what is on its way, never reaches the client. */
    @Override
    public void stalled(int unsent) {
        synchronized (waiting) {
            counters.lost.add(waiting.size() + unsent);
            waiting.clear();
            bytes = 0;
        }
    }

    /** Has the connection closed. */
    void end() {
        Runnable wake;
        synchronized (waiting) {
            ended = true;
            waiting.clear();
            wake = ready;
        }
        wake.run();
    }

    @Override
    public boolean ended() {
        synchronized (waiting) {
            return ended;
        }
    }

    @Override
    public void close() {
        end();
        whenClosed.run();
    }
}
