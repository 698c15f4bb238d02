// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.memory.MemoryNetwork;
import org.ippan.network.testkit.memory.MemoryNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events between nodes in memory. */
class EventBridgeTest {

    private static final String ORDERS = "com/acme/orders";

    private final ManualScheduler time = new ManualScheduler();
    private final MemoryNetwork network = new MemoryNetwork(time);
    private final Station paris = new Station(network.join(), 1);
    private final Station tokyo = new Station(network.join(), 2);
    private final List<String> errors = new ArrayList<>();

    /** A node with a bridge, whose Event Admin hands each event back to the bridge, as handlers of the topic get it. */
    private static final class Station {

        private final MemoryNode node;
        private final List<String> handled = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final EventBridge bridge;

        Station(MemoryNode node, int seed) {
            this.node = node;
            bridge = new EventBridge(node::publish, this::post, new Random(seed), log::add,
                    new EventAdminSettings(new EventTopics(List.of("com/acme/*")), 1000));
            node.subscribe("event-admin", bridge);
        }

        void post(String topic, Map<String, Object> properties) {
            handled.add(topic + " " + new TreeMap<>(properties));
            bridge.onEvent(topic, properties);
        }
    }

    private void pass() {
        time.advance(Duration.ofSeconds(1));
    }

    @Test
    void shouldCarryAnEventToAllOthersOnceAndNotBack() {
        Station quito = new Station(network.join(), 3);

        paris.post(ORDERS, Map.of("number", 42));
        pass();

        String arrived = ORDERS + " {" + EventBridge.ORIGIN + "=" + paris.node.id() + ", number=42}";
        assertEquals(List.of(ORDERS + " {number=42}"), paris.handled);
        assertEquals(List.of(arrived), tokyo.handled);
        assertEquals(List.of(arrived), quito.handled);
        assertEquals(1, paris.bridge.snapshot().sent());
        assertEquals(0, tokyo.bridge.snapshot().sent());
        assertEquals(1, tokyo.bridge.snapshot().received());
    }

    @Test
    void shouldCarryEqualEventsEachTime() {
        paris.post(ORDERS, Map.of());
        paris.post(ORDERS, Map.of());
        pass();

        assertEquals(2, tokyo.handled.size());
    }

    @Test
    void shouldCarryChosenTopicsOnlyInBothDirections() {
        tokyo.bridge.apply(new EventAdminSettings(new EventTopics(List.of("com/acme/bills")), 1000));

        paris.post(ORDERS, Map.of());
        paris.post("com/other", Map.of());
        pass();

        assertEquals(List.of(), tokyo.handled);
        assertEquals(1, paris.bridge.snapshot().sent());
        assertEquals(1, tokyo.bridge.snapshot().unwanted());
    }

    @Test
    void shouldSayWhyAnEventIsNotSent() {
        paris.post(ORDERS, Map.of("when", Duration.ZERO));
        paris.post(ORDERS, Map.of("text", "x".repeat(1000)));
        paris.node.busy(true);
        paris.post(ORDERS, Map.of());

        assertEquals(List.of("Event not sent to other nodes: property when has the type java.time.Duration; carried"
                + " are " + EventCodec.TYPES + "; topic=" + ORDERS,
                "Event not sent to other nodes: it has 1038 bytes, more than maxEventBytes = 1000; topic=" + ORDERS,
                "Event not sent to other nodes: the network takes no more just now (try again in a second); topic="
                        + ORDERS), paris.log);
        assertEquals(List.of(1L, 1L, 1L), List.of(paris.bridge.snapshot().refusedTypes(),
                paris.bridge.snapshot().tooLong(), paris.bridge.snapshot().notPublished()));
        assertEquals(paris.log.get(2), paris.bridge.snapshot().lastProblem());
    }

    @Test
    void shouldDropWhatIsNoEventAndNameThePeer() {
        paris.node.publish(Message.of(EventBridge.MESSAGES, "hello".getBytes(UTF_8)));
        pass();

        assertEquals(List.of(), tokyo.handled);
        assertEquals(1, tokyo.bridge.snapshot().malformed());
        assertEquals(List.of("Message is no event: its version is 104, this node knows 1; peer="
                + paris.node.id().shortForm()), tokyo.log);
    }

    private LiveSettings<EventAdminSettings> settings() {
        return new LiveSettings<>(EventAdminSettings.SCHEMA, EventAdminSettings::of, errors::add, errors::add);
    }

    @Test
    void shouldDescribeEveryKeyTheSameEverywhere() {
        assertEquals(List.of(), Descriptions.disagreements(EventAdminConfig.class, EventAdminSettings.SCHEMA));
        assertEquals(new EventAdminSettings(new EventTopics(List.of()), 65_536), settings().current());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "org/osgi/framework/*", "org/osgi", "org/*", "com/acme/", "com//acme", "/com", "com*",
        "com/*/x", "com acme"})
    void shouldRefuseTopicsThatAreNoneOrOfOneContainerAndKeepTheLastGoodOnes(String topic) {
        LiveSettings<EventAdminSettings> settings = settings();
        settings.update(Map.of("topics", "com/acme/*"), good -> { });

        assertFalse(settings.update(Map.of("topics", topic), bad -> { }));

        assertEquals(List.of("com/acme/*"), settings.current().topics().patterns());
        assertTrue(errors.get(0).contains("topics = " + topic + ": must be at most 64 " + EventTopics.RULE),
                errors.toString());
    }

    @Test
    void shouldRefuseAnEventOfThisNodeThatNamesATopicOfOneContainer() {
        EventTopics all = new EventTopics(List.of("com/*"));

        assertTrue(all.carries(ORDERS));
        assertFalse(all.carries("com"));
        assertFalse(all.carries("com/acme orders"));
    }
}
