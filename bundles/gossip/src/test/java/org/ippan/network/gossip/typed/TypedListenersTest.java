// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.typed.PayloadException;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.memory.MemoryMessage;
import org.junit.jupiter.api.Test;

/** Objects as payloads: which format is used, and when a listener gets objects. */
class TypedListenersTest {

    private static final Topic TOPIC = Topic.of("prices");
    private static final Map<String, Object> PROPERTIES = Map.of("ippan.topic", "prices", "service.id", 7L);

    private final CallbackFaults faults = new CallbackFaults(() -> 0, (text, trace) -> { });
    private final Formats formats = new Formats(faults);
    private final Map<GossipListener, Map<String, Object>> registered = new LinkedHashMap<>();
    private final List<String> logged = new ArrayList<>();
    private final TypedListeners listeners = new TypedListeners(formats, this::register, logged::add,
            faults);
    private final List<String> heard = new ArrayList<>();

    /** What is published. */
    private record Price(long cents) {
    }

    /** Writes prices with a word before them, so that a test sees which format was used. */
    private record Format(String word) implements PayloadFormat<Price> {

        @Override
        public Class<Price> type() {
            return Price.class;
        }

        @Override
        public byte[] encode(Price value) {
            return value.cents == 0 ? null : (word + value.cents).getBytes(UTF_8);
        }

        @Override
        public Price decode(ByteBuffer payload) {
            String text = UTF_8.decode(payload).toString();
            if (!text.startsWith(word)) {
                throw new IllegalArgumentException("it begins with another word");
            }
            return new Price(Long.parseLong(text.substring(word.length())));
        }
    }

    private final TypedListener<Price> listener = new TypedListener<>() {
        @Override
        public Class<Price> type() {
            return Price.class;
        }

        @Override
        public void onValue(Price value, ReceivedMessage message) {
            heard.add(value + " of " + message.topic());
        }
    };

    private TypedListeners.Registered register(GossipListener one, Map<String, Object> properties) {
        registered.put(one, properties);
        return new TypedListeners.Registered() {
            @Override
            public void change(Map<String, Object> changed) {
                registered.put(one, changed);
            }

            @Override
            public void end() {
                registered.remove(one);
            }
        };
    }

    private void add(Format format, int ranking) {
        formats.add(format, properties(format, ranking));
        listeners.review();
    }

    private static Map<String, Object> properties(Format format, int ranking) {
        return Map.of("service.id", (long) format.hashCode(), "service.ranking", ranking);
    }

    private void receive(String payload) {
        ReceivedMessage message = MemoryMessage.of(Message.of(TOPIC, payload.getBytes(UTF_8)), Peers.alice());
        List.copyOf(registered.keySet()).forEach(each -> each.onMessage(message));
    }

    private static String text(Message message) {
        return new String(message.payload(), UTF_8);
    }

    @Test
    void shouldDeliverObjectsWhileThereIsAFormat() {
        listeners.put(listener, PROPERTIES);
        int before = registered.size();
        List<CallbackFault> without = listeners.unserved();
        Format format = new Format("EUR ");
        add(format, 0);
        receive("EUR 420");
        List<CallbackFault> with = listeners.unserved();
        formats.remove(format, properties(format, 0));
        listeners.review();

        assertEquals(0, before);
        assertEquals(List.of(new CallbackFault(CallbackKind.LISTENER, listener.getClass().getName(), "prices",
                CallbackProblem.UNSERVED, 1, Price.class.getName())), without);
        assertEquals(List.of(), with);
        assertEquals(without, listeners.unserved());
        listeners.remove(listener, PROPERTIES);
        assertEquals(List.of(), listeners.unserved());
        assertEquals(List.of("Price[cents=420] of prices"), heard);
        assertEquals(Map.of(), registered);
        String waits = "Listener waits for a format: register a PayloadFormat of its type as a service; listener="
                + listener.getClass().getName() + " type=" + Price.class.getName();
        assertEquals(List.of(waits, waits), logged, "before there was a format, and when it went");
    }

    @Test
    void shouldUseTheFormatOfTheHighestRanking() {
        add(new Format("low "), 1);
        add(new Format("high "), 2);

        assertEquals("high 420", text(formats.message(TOPIC, new Price(420))));
    }

    @Test
    void shouldPassServicePropertiesOnAndTheirChanges() {
        add(new Format(""), 0);
        listeners.put(listener, PROPERTIES);
        assertEquals(List.of(Map.of("ippan.topic", "prices")), List.copyOf(registered.values()));

        listeners.put(listener, Map.of("ippan.topic", "prices", "ippan.queue", 5, "service.id", 7L));
        assertEquals(List.of(Map.of("ippan.topic", "prices", "ippan.queue", 5)), List.copyOf(registered.values()));

        listeners.remove(listener, PROPERTIES);
        assertEquals(Map.of(), registered);
    }

    @Test
    void shouldPassMisspeltPropertiesOnSoThatTheyAreNamed() {
        add(new Format(""), 0);
        listeners.put(listener, Map.of("topic", "prices", "service.id", 7L, "objectClass", new String[0]));

        assertEquals(List.of(Map.of("topic", "prices")), List.copyOf(registered.values()));
    }

    /** As one does whose class is in a bundle that is gone. */
    private record Broken() implements PayloadFormat<Price>, TypedListener<Price> {

        @Override
        public Class<Price> type() {
            throw new NoClassDefFoundError("org/example/Gone");
        }

        @Override
        public byte[] encode(Price value) {
            return new byte[0];
        }

        @Override
        public Price decode(ByteBuffer payload) {
            return new Price(0);
        }

        @Override
        public void onValue(Price value, ReceivedMessage message) {
            throw new AssertionError(value);
        }
    }

    private static CallbackFault dismissed(CallbackKind kind) {
        return new CallbackFault(kind, Broken.class.getName(), "", CallbackProblem.DISMISSED, 1,
                "java.lang.NoClassDefFoundError: org/example/Gone");
    }

    @Test
    void shouldGoOnWithoutAFormatThatCannotSayWhatItIsFor() {
        Map<String, Object> properties = Map.of("service.id", 1L, "service.ranking", 100);
        formats.add(new Broken(), properties);
        listeners.review();
        add(new Format("EUR "), 0);
        listeners.put(listener, PROPERTIES);

        receive("EUR 420");

        assertEquals(List.of("Price[cents=420] of prices"), heard);
        assertEquals("EUR 420", text(formats.message(TOPIC, new Price(420))));
        assertEquals(List.of(dismissed(CallbackKind.FORMAT)), faults.callbackFaults());
        formats.remove(new Broken(), properties);
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldGoOnWithoutListenersThatCannotSayWhatTheyWant() {
        List<Map<String, Object>> broken = List.of(Map.of("service.id", 1L), Map.of("service.id", 9L));
        broken.forEach(properties -> listeners.put(new Broken(), properties));
        listeners.put(listener, PROPERTIES);
        add(new Format("EUR "), 0);

        receive("EUR 420");

        assertEquals(List.of("Price[cents=420] of prices"), heard);
        assertEquals(List.of(dismissed(CallbackKind.LISTENER), dismissed(CallbackKind.LISTENER)),
                faults.callbackFaults());
        broken.forEach(properties -> listeners.remove(new Broken(), properties));
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldTakeAPayloadThatIsNestedTooDeeplyForNoObject() {
        PayloadFormat<Price> deep = new PayloadFormat<>() {
            @Override
            public Class<Price> type() {
                return Price.class;
            }

            @Override
            public byte[] encode(Price value) {
                throw new StackOverflowError();
            }

            @Override
            public Price decode(ByteBuffer payload) {
                throw new StackOverflowError();
            }
        };
        formats.add(deep, Map.of());
        listeners.put(listener, PROPERTIES);

        String told = assertThrows(PayloadException.class, () -> receive("[[[[")).getMessage();

        assertEquals("by " + deep.getClass().getName() + ": java.lang.StackOverflowError",
                told.substring(told.indexOf("by ")));
    }

    @Test
    void shouldThrowWhatIsNoObjectSoThatItIsCountedUnlessTheListenerWantsIt() {
        add(new Format("EUR "), 0);
        listeners.put(listener, PROPERTIES);

        PayloadException thrown = assertThrows(PayloadException.class, () -> receive("USD 1"));

        assertEquals("message " + MemoryMessage.of(Message.of(TOPIC, "USD 1".getBytes(UTF_8)), Peers.alice()).id()
                + " of topic prices cannot be decoded as " + Price.class.getName() + " by " + Format.class.getName()
                + ": it begins with another word", thrown.getMessage());
    }

    @Test
    void shouldSayWhatIsMissingOrFails() {
        assertEquals("there is no format for java.lang.String; register a PayloadFormat of this class as a service",
                assertThrows(PayloadException.class, () -> formats.message(TOPIC, "text")).getMessage());
        add(new Format(""), 0);
        assertEquals("a " + Price.class.getName() + " cannot be encoded by " + Format.class.getName()
                + ": it returned null",
                assertThrows(PayloadException.class, () -> formats.message(TOPIC, new Price(0))).getMessage());
    }
}
