// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.Contexts;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.HeldMessage;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.model.StillLink;
import org.ippan.network.gossip.validate.Validation;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;

/** Listeners whose threads run when the test says so, and a link that messages come by. */
abstract class ListeningFixture {

    static final Topic TOPIC = Topic.of("t");

    final ManualScheduler time = new ManualScheduler();
    final Queue<Runnable> tasks = new ArrayDeque<>();
    final CallbackFaults faults;
    final Map<String, Object> settings = new HashMap<>(Map.of("maxMessageBytes", 1024));
    final GossipContext context;
    final Subscriptions subscriptions;
    final Room room = new Room(() -> { });
    final List<Long> delivered = new ArrayList<>();
    /** Whether tasks wait for a thread. */
    boolean crowded;
    /** What a listener does in each call. */
    Runnable inCall = () -> { };
    private final GossipLink link;
    private int number;

    ListeningFixture() {
        Callbacks threads = new Callbacks(this::execute, () -> crowded);
        context = Contexts.context(time, threads, settings);
        faults = context.faults();
        subscriptions = new Subscriptions(context, new Validation(context, threads, () -> { }));
        link = new StillLink(Peers.peer(2)).gossip(0, 0, room.share(true), context.services);
    }

    void execute(Runnable task) {
        tasks.add(task);
    }

    /** Changes a setting as the core does. */
    void set(String key, Object value) {
        settings.put(key, value);
        context.settings(Contexts.settings(settings));
        subscriptions.review();
    }

    /** A listener with these properties. */
    final GossipListener listener = this::heard;

    private void heard(ReceivedMessage message) {
        delivered.add(((HeldMessage) message).word0());
        inCall.run();
    }

    /** Registers the listener, or changes its properties. */
    ListenerQueue listen(Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(Map.of(GossipListener.TOPIC, "*"));
        all.putAll(properties);
        subscriptions.listener(listener, all);
        return subscriptions.route(TOPIC).listeners()[0];
    }

    /** The next message, with a payload of this length; they are numbered from 1. */
    HeldMessage message(int length) {
        return StillLink.held(++number, new MessageHeader(), length, null, link);
    }

    /** So many empty messages. */
    HeldMessage[] messages(int count) {
        HeldMessage[] messages = new HeldMessage[count];
        for (int i = 0; i < count; i++) {
            messages[i] = message(0);
        }
        return messages;
    }

    /** Delivers so many empty messages, each by itself. */
    void deliver(int count) {
        for (HeldMessage message : messages(count)) {
            subscriptions.deliver(message);
        }
    }

    /** Delivers messages that came together. */
    void deliverTogether(HeldMessage... messages) {
        Subscriptions.Route route = subscriptions.route(TOPIC);
        subscriptions.offer(route, messages, HeldMessage.cost(messages));
        route.wake();
    }

    /** Lets a thread do what is due first. */
    void runOne() {
        tasks.remove().run();
    }

    /** Lets threads do all. */
    void runAll() {
        while (!tasks.isEmpty()) {
            runOne();
        }
    }
}
