// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Topic;
import org.ippan.network.api.eventadmin.EventAdminSnapshot;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;

/**
 * Carries events to other nodes and takes theirs. An event that came from another node has the property
 * {@link #ORIGIN} and is not sent again, so that there are no circles. Safe for any thread.
 */
final class EventBridge implements GossipListener {

    /** The topic of the messages. */
    static final Topic MESSAGES = Topic.of("event-admin");
    /** Property of an event that came from another node: the peer that delivered it. */
    static final String ORIGIN = "ippan.delivered.by";

    private final Function<Message, PublishResult> publish;
    private final BiConsumer<String, Map<String, Object>> post;
    private final RandomGenerator random;
    private final Consumer<String> log;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder refusedTypes = new LongAdder();
    private final LongAdder tooLong = new LongAdder();
    private final LongAdder notPublished = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder unwanted = new LongAdder();
    private volatile String lastProblem = "";
    private volatile EventAdminSettings settings;

    /**
     * A bridge.
     *
     * @param publish publishes messages
     * @param post hands events to Event Admin, and returns when its handlers have had them
     * @param random tells equal events apart
     * @param log takes lines about events that are not carried
     */
    EventBridge(Function<Message, PublishResult> publish, BiConsumer<String, Map<String, Object>> post,
            RandomGenerator random, Consumer<String> log, EventAdminSettings settings) {
        this.publish = publish;
        this.post = post;
        this.random = random;
        this.log = log;
        this.settings = settings;
    }

    void apply(EventAdminSettings changed) {
        settings = changed;
    }

    /** An event of this node, or one that came from another. */
    void onEvent(String topic, Map<String, Object> properties) {
        EventAdminSettings now = settings;
        if (properties.containsKey(ORIGIN) || !now.topics().carries(topic)) {
            return;
        }
        byte[] bytes;
        try {
            bytes = EventCodec.encode(new RemoteEvent(topic, properties));
        } catch (IllegalArgumentException e) {
            refuse(refusedTypes, topic, e.getMessage());
            return;
        }
        if (bytes.length > now.maxEventBytes()) {
            refuse(tooLong, topic, "it has " + bytes.length + " bytes, more than maxEventBytes = "
                    + now.maxEventBytes());
            return;
        }
        PublishResult.Status status =
                publish.apply(Message.of(MESSAGES, bytes).withNonce(random.nextLong())).status();
        if (status == PublishResult.Status.ACCEPTED) {
            sent.increment();
        } else {
            refuse(notPublished, topic, status.text());
        }
    }

    private void refuse(LongAdder counter, String topic, String why) {
        tell(counter, "Event not sent to other nodes: " + why + "; topic=" + topic);
    }

    private void tell(LongAdder counter, String line) {
        counter.increment();
        lastProblem = line;
        log.accept(line);
    }

    /** An event of another node. Handlers are called before this returns, so that a slow one slows its senders. */
    @Override
    public void onMessage(ReceivedMessage message) {
        RemoteEvent event;
        try {
            event = EventCodec.decode(message.payload());
        } catch (IllegalArgumentException e) {
            tell(malformed, "Message is no event: " + e.getMessage() + "; peer=" + message.deliveredBy().shortForm());
            return;
        }
        if (!settings.topics().carries(event.topic())) {
            unwanted.increment();
            return;
        }
        Map<String, Object> properties = new HashMap<>(event.properties());
        properties.put(ORIGIN, message.deliveredBy().toString());
        post.accept(event.topic(), properties);
        received.increment();
    }

    EventAdminSnapshot snapshot() {
        return new EventAdminSnapshot(String.join(", ", settings.topics().patterns()), sent.sum(), received.sum(),
                refusedTypes.sum(), tooLong.sum(), notPublished.sum(), malformed.sum(), unwanted.sum(), lastProblem);
    }
}
