// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.door;

import static org.ippan.network.api.settings.SettingDescription.word;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.web.http.Answer;
import org.ippan.network.web.http.EventSource;
import org.ippan.network.web.http.Refusal;
import org.ippan.network.web.http.Request;
import org.ippan.network.web.http.WebCounters;
import org.ippan.network.web.settings.WebConfig;
import org.ippan.network.web.settings.WebSettings;

/**
 * Publishes what programs send, and tells them messages of the topics they name. Whether a client has the token is
 * judged before. Safe for any thread.
 */
public final class Door {

    /** Where messages go in and come out. */
    public static final String PATH = "/api/v1/messages";

    /** What a message can be at most in the whole network; less where maxMessageBytes says so. */
    public static final int MOST_BYTES = 16 << 20;

    private static final int MOST_TOPICS = 16;
    private static final String TOPIC = "topic";
    private static final String PRIORITY = "priority";
    private static final String NONCE = "nonce";
    private static final String EVENTS = "text/event-stream; charset=utf-8";
    private static final String ERROR = "error";
    /** Links that are full take seconds at most, a node without peers dials every few seconds. */
    private static final Map<Status, String> RETRY_SECONDS =
            Map.of(Status.BACKPRESSURE, "1", Status.NO_PEERS, "5", Status.CLOSED, "5");

    private final Supplier<Gossip> gossip;
    private final BiFunction<GossipListener, List<String>, Runnable> listeners;
    private final WebCounters counters;
    private final Set<MessageStream> streams = ConcurrentHashMap.newKeySet();
    private volatile WebSettings settings;

    /**
     * Opens nothing before {@link #apply}.
     *
     * @param gossip the service; throws an {@link IllegalStateException} while it is absent
     * @param listeners registers a listener for topics, and gives what ends that
     * @param counters to count in
     */
    public Door(Supplier<Gossip> gossip, BiFunction<GossipListener, List<String>, Runnable> listeners,
            WebCounters counters) {
        this.gossip = gossip;
        this.listeners = listeners;
        this.counters = counters;
    }

    /** Takes over settings. Streams end when they were opened with what is no longer the token. */
    public void apply(WebSettings changed) {
        boolean sameKey = settings != null && settings.token().equals(changed.token());
        settings = changed;
        if (!sameKey || !changed.door() || !changed.enabled()) {
            endAll();
        }
    }

    /** Ends all streams. */
    public void endAll() {
        List.copyOf(streams).forEach(MessageStream::close);
    }

    /**
     * Judges a request before its body is read.
     *
     * @throws Refusal while the door is shut
     */
    public void admit() {
        if (!settings.door()) {
            throw new Refusal(HttpResponseStatus.FORBIDDEN, "programs may not publish or subscribe here until"
                    + " an operator sets the key door of " + WebConfig.PID + " to true");
        }
    }

    /** Answers a request with the token. */
    public Answer answer(Request request) {
        admit();
        if (request.isPost()) {
            return publish(request);
        }
        WebSettings then = settings;
        Answer answer = subscribe(request);
        if (settings != then) { // Streams were ended meanwhile, perhaps all but this one.
            answer.events().ifPresent(EventSource::close);
        }
        return answer;
    }

    private Answer publish(Request request) {
        refuseOthers(request, Set.of(TOPIC, PRIORITY, NONCE));
        List<String> topics = request.all(TOPIC);
        if (topics.size() != 1) {
            throw Refusal.badRequest("name one topic: POST " + PATH + "?topic=NAME, with the payload as the body");
        }
        Message message = new Message(topic(topics.get(0)), request.body(), priority(request.parameter(PRIORITY)),
                nonce(request.parameter(NONCE)));
        PublishResult result = gossip.get().publish(message);
        return switch (result.status()) {
            case ACCEPTED -> {
                counters.published.increment();
                yield published(HttpResponseStatus.ACCEPTED, result);
            }
            case DUPLICATE -> published(HttpResponseStatus.OK, result);
            case TOO_LARGE -> throw new Refusal(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the payload has "
                    + request.body().length + " bytes, more than maxMessageBytes of org.ippan.network.gossip allows");
            default -> retry("not published: " + result.status().text(), RETRY_SECONDS.get(result.status()));
        };
    }

    private static Answer published(HttpResponseStatus status, PublishResult result) {
        return Answer.json(status, Map.of("id", result.id().orElseThrow().toString()));
    }

    private static Answer retry(String reason, String seconds) {
        Answer answer = Answer.json(HttpResponseStatus.SERVICE_UNAVAILABLE, Map.of(ERROR, reason));
        return answer.with(Map.of(HttpHeaderNames.RETRY_AFTER, seconds));
    }

    private Answer subscribe(Request request) {
        refuseOthers(request, Set.of(TOPIC));
        List<String> topics = request.all(TOPIC);
        if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
            throw Refusal.badRequest("name 1 to " + MOST_TOPICS + " topics: GET " + PATH
                    + "?topic=NAME&topic=PREFIX/*");
        }
        for (String topic : topics) {
            if (!Topic.isPattern(topic)) {
                throw Refusal.badRequest(TOPIC + " = " + topic + ": must be a topic's name (1 to " + Topic.MAX_LENGTH
                        + " bytes without control characters), prefix/* or *");
            }
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            return Answer.of(EVENTS, new byte[0]);
        }
        if (counters.streams.incrementAndGet() > settings.maxStreams()) {
            counters.streams.decrementAndGet();
            return retry("there are as many streams as maxStreams of " + WebConfig.PID + " allows", "5");
        }
        // Registered before the answer begins: a client that sees the answer misses nothing that comes from then on.
        return Answer.stream(EVENTS, open(topics));
    }

    private MessageStream open(List<String> topics) {
        AtomicReference<Runnable> unregister = new AtomicReference<>();
        AtomicReference<MessageStream> itself = new AtomicReference<>();
        MessageStream stream = new MessageStream(counters, () -> {
            if (streams.remove(itself.get())) {
                unregister.get().run();
                counters.streams.decrementAndGet();
            }
        });
        itself.set(stream);
        try {
            unregister.set(listeners.apply(stream, topics));
        } catch (RuntimeException e) {
            counters.streams.decrementAndGet();
            throw e;
        }
        streams.add(stream);
        return stream;
    }

    private static void refuseOthers(Request request, Set<String> known) {
        Set<String> others = new TreeSet<>(request.parameters().keySet());
        others.removeAll(known);
        if (!others.isEmpty()) {
            throw Refusal.badRequest("unknown: " + String.join(", ", others) + "; known here: "
                    + String.join(", ", new TreeSet<>(known)));
        }
    }

    private static Topic topic(String name) {
        try {
            return Topic.of(name).ofApplications();
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(TOPIC + " = " + name + ": " + e.getMessage());
        }
    }

    private static Priority priority(String text) {
        if (text.isEmpty()) {
            return Priority.NORMAL;
        }
        return Arrays.stream(Priority.values()).filter(each -> word(each).equals(text)).findFirst()
                .orElseThrow(() -> Refusal.badRequest(PRIORITY + " = " + text + ": must be one of "
                        + Arrays.stream(Priority.values()).map(each -> word(each)).collect(Collectors.joining(", "))));
    }

    private static long nonce(String text) {
        try {
            return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(NONCE + " = " + text + ": must be a whole number from 0 to 18446744073709551615");
        }
    }
}
