// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.HeldMessage;

/** Who listens to what and who judges it. Read without a lock; changed when services come and go. */
public final class Subscriptions {

    /** Topics whose route is remembered; peers choose topics, so there is a bound. */
    private static final int MAX_ROUTES = 1024;

    /** A validator as it registered. */
    public record Judge(MessageValidator validator, List<String> topics, int ranking) {
    }

    /** Whom the messages of one topic concern; the arrays are not to be changed. */
    public record Route(ListenerQueue[] listeners, Judge[] validators) {

        void wake() {
            for (ListenerQueue listener : listeners) {
                listener.wake();
            }
        }
    }

    /** Everybody, with the routes derived from them. */
    private record Table(List<ListenerQueue> listeners, List<Judge> judges, Map<Topic, Route> routes) {

        Table(List<ListenerQueue> listeners, List<Judge> judges) {
            this(listeners, judges, new ConcurrentHashMap<>());
        }

        Route route(Topic topic) {
            Route known = routes.get(topic);
            if (known == null) {
                known = new Route(
                        listeners.stream().filter(each -> matches(topic, each.topics())).toArray(ListenerQueue[]::new),
                        judges.stream().filter(each -> matches(topic, each.topics())).toArray(Judge[]::new));
                if (routes.size() < MAX_ROUTES) {
                    routes.put(topic, known);
                }
            }
            return known;
        }

        private static boolean matches(Topic topic, List<String> patterns) {
            return patterns.stream().anyMatch(topic::matches);
        }
    }

    private final GossipContext context;
    private volatile Table table = new Table(List.of(), List.of());

    /** No listeners and no validators. */
    public Subscriptions(GossipContext context) {
        this.context = context;
    }

    /** Whom a topic concerns. */
    public Route route(Topic topic) {
        return table.route(topic);
    }

    /** Hands an accepted message to those who listen to its topic. */
    public void deliver(HeldMessage message) {
        Route route = table.route(message.topic());
        offer(route, message);
        route.wake();
    }

    /** Queues an accepted message for those who listen to its topic, and does not wake them. */
    void offer(Route route, HeldMessage message) {
        for (ListenerQueue listener : route.listeners()) {
            listener.offer(message);
        }
        if (route.listeners().length > 0) {
            context.counters.delivered.increment();
        }
    }

    /** A listener came. */
    public synchronized void addListener(GossipListener listener, Subscription subscription) {
        List<ListenerQueue> listeners = new ArrayList<>(table.listeners);
        listeners.add(new ListenerQueue(context, listener, subscription));
        table = new Table(listeners, table.judges);
    }

    /** A listener went: what waits for it is dropped. */
    public synchronized void removeListener(GossipListener listener) {
        List<ListenerQueue> listeners = new ArrayList<>(table.listeners);
        listeners.removeIf(queue -> {
            if (queue.listener() == listener) {
                queue.close();
                return true;
            }
            return false;
        });
        table = new Table(listeners, table.judges);
    }

    /** A validator came; the highest ranking judges first. */
    public synchronized void addValidator(MessageValidator validator, List<String> topics, int ranking) {
        List<Judge> judges = new ArrayList<>(table.judges);
        judges.add(new Judge(validator, topics, ranking));
        judges.sort(Comparator.comparingInt(Judge::ranking).reversed());
        table = new Table(table.listeners, judges);
    }

    /** A validator went. */
    public synchronized void removeValidator(MessageValidator validator) {
        List<Judge> judges = new ArrayList<>(table.judges);
        judges.removeIf(judge -> judge.validator() == validator);
        table = new Table(table.listeners, judges);
    }

    /** Whether every listener has taken all it was given. */
    public boolean isDrained() {
        return table.listeners.stream().allMatch(ListenerQueue::isDrained);
    }

    /** How things stand with each listener. */
    public List<ListenerSnapshot> snapshot() {
        return table.listeners.stream().map(ListenerQueue::snapshot).toList();
    }
}
