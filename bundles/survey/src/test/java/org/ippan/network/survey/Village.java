// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.survey.own.Bound;
import org.ippan.network.survey.own.Counted;
import org.ippan.network.survey.own.OwnStatus;
import org.ippan.network.survey.settings.SurveySettings;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.ippan.network.testkit.TestIdentity;

/** Surveys of several nodes in manual time. Records go to every node that links lead to, as far as each passes on. */
final class Village {

    static final byte[] TAG = new byte[16];
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    final ManualScheduler time = new ManualScheduler();
    final List<House> houses = new ArrayList<>();
    /** Bytes of records that a node got. */
    final Map<House, Long> received = new HashMap<>();

    /** One node. */
    final class House {

        final TestIdentity identity;
        final Bound bound = new Bound();
        final Set<Integer> links = new TreeSet<>();
        final List<Finding> findings = new ArrayList<>();
        final List<byte[]> sent = new ArrayList<>();
        /** Questions after messages, and answers. */
        final List<byte[]> traces = new ArrayList<>();
        final Survey survey;
        /** What is in the cache of the node. */
        final Map<MessageId, MessageTrace> cache = new HashMap<>();
        boolean alive = true;

        House(int number, Map<String, ?> settings) {
            identity = TestIdentity.of(number + 1);
            bound.services.bind("Peers", service(PeerDirectory.class, Map.of("identity", () -> Optional.of(identity),
                    "networkTag", TAG::clone, "connected", this::connected,
                    "snapshot", () -> Records.of(PeersSnapshot.class, Map.of()))));
            bound.services.bind("Gossip", new Cache(cache));
            bound.services.bind(service(Doctor.class, Map.of("glance", () -> List.copyOf(findings))));
            SurveySettings values = SurveySettings.of(SurveySettings.SCHEMA.parse(settings));
            survey = new Survey(new OwnStatus(bound, new Counted.Machine(() -> Duration.ZERO, () -> 0, 2), "1.0.0",
                    time.nanos()), time, time.clock(EPOCH), new Random(number), time, values);
            bound.gossip = gossip();
            survey.begin(bound.gossip);
        }

        private ReservedGossip gossip() {
            return (ReservedGossip) Proxy.newProxyInstance(ReservedGossip.class.getClassLoader(),
                    new Class<?>[] {ReservedGossip.class}, (proxy, method, arguments) -> switch (method.getName()) {
                        case "publishReserved" -> publish((Message) arguments[0]);
                        case "snapshot" -> Records.of(GossipSnapshot.class, Map.of());
                        case "metrics" -> NetworkMetricsSnapshot.EMPTY;
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        private PublishResult publish(Message message) {
            (message.topic().equals(Survey.TOPIC) ? sent : traces).add(message.payload());
            flood(this, message.topic(), message.payload());
            return new PublishResult(PublishResult.Status.ACCEPTED, Optional.of(Peers.messageId(sent.size())));
        }

        private List<Peer> connected() {
            return links.stream().map(houses::get).filter(other -> other.alive).map(other ->
                    Records.of(Peer.class, Map.of("id", Optional.of(other.identity.id()),
                            "address", PeerAddress.parse("127.0.0.1:1"), "roundTrip", Duration.ofMillis(2)))).toList();
        }

        Verdict hear(Topic topic, byte[] bytes) {
            MessageValidator validator = topic.equals(Survey.TOPIC) ? survey : survey.tracing;
            return validator.validate(new Heard(bytes, Duration.ofMillis(5)));
        }

        NetworkNode sees(House other) {
            String id = other.identity.id().toString().substring(0, 16);
            return survey.nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
        }

        NodeState state(House other) {
            return sees(other).state();
        }
    }

    /** Looks messages up, as gossip does. */
    private record Cache(Map<MessageId, MessageTrace> known) implements MessageTracer, SnapshotSource {

        @Override
        public Optional<MessageTrace> trace(MessageId id) {
            return Optional.ofNullable(known.get(id));
        }

        @Override
        public Record snapshot() {
            return this;
        }
    }

    /** An answer that is made anew for each call. */
    interface Answer {

        Object get();
    }

    private static <S> S service(Class<S> type, Map<String, Answer> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("equals") ? proxy == arguments[0]
                        : answers.get(method.getName()).get()));
    }

    /** Houses of which each is linked to the next {@code reach} ones, in a ring. */
    static Village ring(int size, int reach, Map<String, ?> settings) {
        Village village = new Village();
        for (int i = 0; i < size; i++) {
            village.houses.add(village.new House(i, settings));
        }
        for (int i = 0; i < size; i++) {
            for (int step = 1; step <= reach; step++) {
                village.link(i, (i + step) % size);
            }
        }
        return village;
    }

    /** Another node comes, linked to the first. */
    House join() {
        houses.add(new House(houses.size(), Map.of()));
        link(0, houses.size() - 1);
        return houses.get(houses.size() - 1);
    }

    void link(int one, int other) {
        houses.get(one).links.add(other);
        houses.get(other).links.add(one);
    }

    void cut(int one, int other) {
        houses.get(one).links.remove(other);
        houses.get(other).links.remove(one);
    }

    /** Time passes; each looks once a second. */
    void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            time.advance(Duration.ofSeconds(1));
            houses.stream().filter(house -> house.alive).forEach(house -> house.survey.tick());
        }
    }

    /** Whether something comes true within so many seconds, which then end. */
    boolean within(int seconds, BooleanSupplier condition) {
        for (int second = 0; second < seconds && !condition.getAsBoolean(); second++) {
            pass(1);
        }
        return condition.getAsBoolean();
    }

    /** Delivers a message from one node to all that it reaches over nodes that pass it on. */
    void flood(House from, Topic topic, byte[] record) {
        Set<House> had = new HashSet<>(Set.of(from));
        Deque<House> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            for (int link : next.poll().links) {
                House to = houses.get(link);
                if (to.alive && had.add(to)) {
                    received.merge(to, (long) record.length, Long::sum);
                    if (to.hear(topic, record) == Verdict.ACCEPT) {
                        next.add(to);
                    }
                }
            }
        }
    }
}
