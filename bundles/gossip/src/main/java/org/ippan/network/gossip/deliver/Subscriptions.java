// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.HeldMessage;
import org.ippan.network.gossip.model.TopicCounts;
import org.ippan.network.gossip.model.TopicCounts.Concern;
import org.ippan.network.gossip.validate.Registration;
import org.ippan.network.gossip.validate.Validation;
import org.ippan.network.gossip.validate.ValidatorLine;

/**
 * Who listens to what and who judges it. A registration is known by its id, not by its object, which may be registered
 * several times. Read without a lock; changed when services come, go and change their properties.
 */
public final class Subscriptions {

    /** Topics whose route is remembered; peers choose topics, so there is a bound. */
    private static final int MAX_ROUTES = 1024;
    private static final ValidatorLine[] NO_VALIDATORS = {};

    /** Whom the messages of one topic concern; the arrays are not to be changed. */
    public record Route(ListenerQueue[] listeners, ValidatorLine[] validators, TopicCounts.Count count) {

        void wake() {
            for (ListenerQueue listener : listeners) {
                listener.wake();
            }
        }
    }

    /** All registrations, with the routes derived from them. */
    private record Table(List<ListenerQueue> listeners, List<ValidatorLine> validators, TopicCounts topics,
            Map<Topic, Route> routes) {

        Table(List<ListenerQueue> listeners, List<ValidatorLine> validators, TopicCounts topics) {
            this(List.copyOf(listeners), List.copyOf(validators), topics, new ConcurrentHashMap<>());
        }

        Route route(Topic topic) {
            Route known = routes.get(topic);
            if (known == null) {
                ListenerQueue[] concerned = listeners.stream().filter(each -> matches(topic, each.topics()))
                        .toArray(ListenerQueue[]::new);
                ValidatorLine[] judges = validators.stream()
                        .filter(each -> matches(topic, each.registration().topics())).toArray(ValidatorLine[]::new);
                known = new Route(concerned, judges, topics.of(topic,
                        concerned.length + judges.length > 0 ? Concern.HEARD : Concern.RELAYED));
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
    private final Validation validation;
    private volatile Table table;

    /** No listeners and no validators. */
    public Subscriptions(GossipContext context, Validation validation) {
        this.context = context;
        this.validation = validation;
        table = new Table(List.of(), List.of(), context.topics);
    }

    /** Whom a topic concerns. */
    public Route route(Topic topic) {
        return table.route(topic);
    }

    /** Who judges the messages of a topic; not to be changed. */
    public ValidatorLine[] validators(Topic topic) {
        Table now = table;
        return now.validators.isEmpty() ? NO_VALIDATORS : now.route(topic).validators();
    }

    /** What the listeners of a topic are called. */
    public List<String> names(Topic topic) {
        return Arrays.stream(table.route(topic).listeners()).map(queue -> queue.snapshot().name()).toList();
    }

    /** Hands an accepted message to those who listen to its topic. */
    public void deliver(HeldMessage message) {
        Route route = table.route(message.topic());
        offer(route, new HeldMessage[] {message}, message.cost());
        route.wake();
    }

    /** Queues accepted messages for those whom they concern; what they are counted with is known. */
    void offer(Route route, HeldMessage[] messages, long cost) {
        for (ListenerQueue listener : route.listeners()) {
            listener.offer(messages, cost);
        }
        if (route.listeners().length > 0) {
            context.counters.delivered.add(messages.length);
            route.count().add(TopicEvent.DELIVERED, messages.length);
        }
    }

    /** A listener came, or has other properties: what waits for it stays. If they are wrong nothing changes. */
    public synchronized void listener(GossipListener listener, Map<String, ?> properties) {
        Subscription subscription = read(CallbackKind.LISTENER, listener, properties, Subscription::ofListener);
        if (subscription == null) {
            return;
        }
        Subject subject = subject(CallbackKind.LISTENER, listener, properties);
        List<ListenerQueue> listeners = new ArrayList<>(table.listeners);
        int known = listeners.stream().map(queue -> queue.subject().id()).toList().indexOf(subject.id());
        if (known < 0) {
            listeners.add(new ListenerQueue(context, listener, subject, subscription));
        } else {
            listeners.get(known).change(subject, subscription);
        }
        table = new Table(listeners, table.validators, context.topics);
    }

    /** A listener went: what waits for it is dropped. */
    public synchronized void removeListener(GossipListener listener, Map<String, ?> properties) {
        Subject gone = subject(CallbackKind.LISTENER, listener, properties);
        List<ListenerQueue> listeners = new ArrayList<>(table.listeners);
        listeners.removeIf(queue -> queue.subject().id().equals(gone.id()));
        List<ListenerQueue> before = table.listeners;
        table = new Table(listeners, table.validators, context.topics);
        before.stream().filter(queue -> !listeners.contains(queue)).forEach(ListenerQueue::close);
        context.faults().forget(gone);
    }

    /** A validator came, or has other properties: calls that hang still count. If they are wrong nothing changes. */
    public synchronized void validator(MessageValidator validator, Map<String, ?> properties) {
        Subscription subscription = read(CallbackKind.VALIDATOR, validator, properties, Subscription::ofValidator);
        if (subscription == null) {
            return;
        }
        Subject subject = subject(CallbackKind.VALIDATOR, validator, properties);
        Registration now = new Registration(subject, subscription.topics(), Ranked.ranking(properties));
        List<ValidatorLine> validators = without(subject);
        ValidatorLine line = table.validators.stream().filter(each -> !validators.contains(each)).findFirst()
                .orElseGet(() -> validation.line(validator, now));
        line.change(now);
        validators.add(line);
        // The highest ranking judges first.
        validators.sort(Comparator.comparingInt((ValidatorLine each) -> each.registration().ranking()).reversed());
        validators(validators);
        line.handOn();
    }

    /** A validator went. */
    public synchronized void removeValidator(MessageValidator validator, Map<String, ?> properties) {
        Subject gone = subject(CallbackKind.VALIDATOR, validator, properties);
        validators(without(gone));
        context.faults().forget(gone);
    }

    private List<ValidatorLine> without(Subject subject) {
        List<ValidatorLine> validators = new ArrayList<>(table.validators);
        validators.removeIf(line -> line.registration().subject().id().equals(subject.id()));
        return validators;
    }

    private void validators(List<ValidatorLine> validators) {
        table = new Table(table.listeners, validators, context.topics);
        validation.lines(table.validators);
    }

    /** What stands in service properties; null if any of it is wrong, which is told. */
    private Subscription read(CallbackKind kind, Object application, Map<String, ?> properties,
            Function<Map<String, ?>, Subscription> reader) {
        Subject subject = subject(kind, application, properties);
        try {
            Subscription read = reader.apply(properties);
            context.faults().forget(subject);
            context.faults().misspelt(subject, properties);
            return read;
        } catch (IllegalArgumentException e) {
            context.faults().lasting(subject, CallbackProblem.REFUSED, e.getMessage(), null);
            context.faults().misspelt(subject, properties);
            return null;
        }
    }

    private static Subject subject(CallbackKind kind, Object application, Map<String, ?> properties) {
        Object topics = properties.get(GossipListener.TOPIC);
        Object named = application instanceof StandIn standIn ? standIn.application() : application;
        return new Subject(kind, named.getClass().getName(), Subscription.shown(topics),
                Ranked.id(application, properties));
    }

    /** Takes changed settings over: bounds, and what listeners do that are beyond them. */
    public void resize() {
        validation.resize();
        table.listeners.forEach(ListenerQueue::relieve);
    }

    /** Whether every listener has taken all it was given. */
    public boolean isDrained() {
        return table.listeners.stream().allMatch(ListenerQueue::isDrained);
    }

    /** Messages that wait for listeners or that listeners are at. */
    public int undelivered() {
        return table.listeners.stream().mapToInt(ListenerQueue::undelivered).sum();
    }

    /** How things stand with each listener. */
    public List<ListenerSnapshot> snapshot() {
        return table.listeners.stream().map(ListenerQueue::snapshot).toList();
    }
}
