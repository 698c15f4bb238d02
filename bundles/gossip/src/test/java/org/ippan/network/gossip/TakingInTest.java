// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.TopicSnapshot;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.Seal;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What is counted, noted and told of messages that come. */
class TakingInTest extends ArrivalsFixture {

    /** Half of what an answer takes. */
    private static final long ONE_WAY = 5;

    private final List<String> recorded = new ArrayList<>();
    private long receivedMessages;
    private long receivedBytes;

    TakingInTest() {
        node.core.context.services.metrics = (NetworkMetrics) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {NetworkMetrics.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("recordMessagesReceived")) {
                        receivedMessages += (int) arguments[0];
                        receivedBytes += (long) arguments[1];
                    } else {
                        recorded.add(method.getName() + List.of(arguments));
                    }
                    return null;
                });
    }

    private TopicSnapshot topic() {
        return node.core.context.topics.snapshot().get(0);
    }

    private static String ages(long millis, int messages) {
        return "recordDeliveryAges[" + TimeUnit.MILLISECONDS.toNanos(millis) + ", " + messages + "]";
    }

    @Test
    void shouldCountWhatCameWithItsLengthOnTheWire() throws Exception {
        ByteBuffer first = body(100, 1, 0);
        ByteBuffer second = body(30, 1, 0);
        int length = 20 << 10;

        give(first, second);
        give(body(length, 1, 0), first.duplicate());

        assertEquals(4, receivedMessages);
        assertEquals(4, node.core.context.counters.bodiesReceived.sum());
        assertEquals(3 * frame(first) + frame(second) + length - 100, receivedBytes);
        assertEquals(1, node.core.context.counters.duplicates.sum());
        assertTrue(recorded.contains("recordMessageDropped[" + DropReason.DUPLICATE + "]"));
    }

    @Test
    void shouldNoteTheAgesOfNewMessagesAndTheirTopic() throws Exception {
        ByteBuffer first = body(100, 1, 250);

        give(first, body(100, 1, 250), body(100, 1, 70), first.duplicate());
        give(body(10, 1, 70));

        assertEquals(List.of(ages(250 + ONE_WAY, 2), ages(70 + ONE_WAY, 1), ages(70 + ONE_WAY, 1)),
                recorded.stream().filter(call -> call.startsWith("recordDeliveryAge")).toList());
        assertEquals(4, topic().messages().get(TopicEvent.NEW));
        assertEquals(310, topic().bytes());
    }

    @Test
    void shouldNoteTheSameOfMessagesThatWereValidated() throws Exception {
        node.validate("*", message -> Verdict.ACCEPT);

        give(body(100, 1, 250), body(10, 1, 70));

        assertEquals(List.of(250 + ONE_WAY, 70 + ONE_WAY), recorded.stream()
                .filter(call -> call.startsWith("recordDeliveryAge["))
                .map(call -> TimeUnit.NANOSECONDS.toMillis(Long.parseLong(call.replaceAll("[^0-9]", "")))).toList());
        assertEquals(2, topic().messages().get(TopicEvent.NEW));
        assertEquals(110, topic().bytes());
    }

    /** But for the hops, of which there is one more, and the age, which is stamped as it goes. */
    @Test
    void shouldSendOnWhatCameWhetherOrNotItWasValidated() throws Exception {
        for (boolean validated : new boolean[] {false, true}) {
            if (validated) {
                node.validate("*", message -> Verdict.ACCEPT);
            }
            ByteBuffer body = body(40, 3, 0);
            give(body);

            ByteBuffer onward = node.body(idOf(body, 40));

            assertEquals(4, onward.get(0));
            assertEquals(body.put(0, (byte) 4), onward, validated ? "validated" : "not validated");
        }
    }

    /** A malformed message is the end of its link, but what came before it is as good as any. */
    @Test
    void shouldTakeInWhatCameBeforeAMalformedMessage() throws Exception {
        from.receiver.frame(FrameType.GOSSIP, 0, body(30, 1, 0));

        from.give(FrameType.GOSSIP, 0, body(10, 1, 0).put(1, (byte) 9));

        assertEquals(GoodbyeReason.PROTOCOL_ERROR, from.closed);
        assertEquals(1, node.core.sources.space().entries());
    }

    @Test
    void shouldCountThatItStopsReadingForWantOfRoom() throws Exception {
        node.validate("*", message -> Verdict.ACCEPT);
        node.set("validationQueueMessages", 4);
        int given = 0;
        while (from.reads() && given < 100) {
            from.give(FrameType.GOSSIP, 0, body(10, 1, 0));
            given++;
        }

        assertFalse(from.reads());
        assertEquals(1, recorded.stream().filter(("recordMessageDropped[" + DropReason.THROTTLED + "]")::equals)
                .count());
        time.advance(Duration.ofMillis(100));
        assertTrue(from.reads());
        assertEquals(given, node.core.sources.space().entries(), "what was set aside is taken in");
    }

    @Test
    void shouldMarkEachOfThoseThatAreReadInOneGo() throws Exception {
        ByteBuffer first = body(10, 1, 0);
        ByteBuffer second = body(20, 1, 0);

        give(first, second);

        assertTrue(isMarked(first, 10) && isMarked(second, 20));
    }

    @Test
    void shouldNotMarkWhatIsNotSignedWhereThatIsRequired() throws Exception {
        node.set("signatures", "require");
        ByteBuffer unsigned = body(10, 1, 0);
        ByteBuffer signed = signed(20);

        give(unsigned, signed);

        assertTrue(isMarked(signed, 20));
        assertFalse(isMarked(unsigned, 10));
        assertEquals(1, node.core.sources.space().entries());
    }

    private ByteBuffer signed(int length) {
        ByteBuffer body = body(length, 1, 0);
        IdKey id = new IdKey(idOf(body, length));
        ByteBuffer head = body.slice(0, body.capacity() - length);
        ByteBuffer sealed = ByteBuffer.allocate(body.capacity() + Seal.LENGTH).put(head);
        MessageCodec.putSeal(sealed, Seal.seal(TestIdentity.of(9), id, node.core.context.wallMillis()));
        return sealed.rewind();
    }

    private boolean isMarked(ByteBuffer body, int length) {
        return node.core.context.services.hasSeen(new IdKey(idOf(body, length)));
    }

    @Test
    void shouldKeepTheOrderWhenAValidatorGoesWhileItJudges() throws Exception {
        Map<String, ?> topics = Map.of(MessageValidator.TOPIC, "*");
        List<Integer> lengths = new ArrayList<>();
        node.listen(message -> lengths.add(message.payloadBytes().length));
        MessageValidator validator = new MessageValidator() {

            @Override
            public Verdict validate(ReceivedMessage message) {
                node.core.subscriptions.removeValidator(this, topics);
                from.give(FrameType.GOSSIP, 0, body(20, 1, 0));
                return Verdict.ACCEPT;
            }
        };
        node.core.subscriptions.validator(validator, topics);

        give(body(10, 1, 0));
        give(body(30, 1, 0));

        assertEquals(List.of(10, 20, 30), lengths);
    }

    @Test
    void shouldCountWhatIsRejectedAndEachOfItsCopies() throws Exception {
        node.validate("*", message -> Verdict.REJECT);
        ByteBuffer body = body(10, 1, 0);

        give(body);
        give(body.duplicate());

        assertEquals(2, node.core.context.counters.rejected.sum());
        assertEquals(2, recorded.stream().filter(("recordMessageDropped[" + DropReason.REJECTED + "]")::equals)
                .count());
        assertEquals(0, node.core.sources.space().entries());
    }

    /** Half of the way's time is added, and all that passes here. */
    @Test
    void shouldTellTheNextNodeHowOldAMessageIs() throws Exception {
        FakeLink to = node.connect(new FakeNode(time, 3));
        to.stick(true);
        give(body(10, 1, 250));
        node.validate("*", message -> Verdict.ACCEPT);
        give(body(10, 1, 70));
        int micros = (int) TimeUnit.NANOSECONDS.toMicros(time.nanos());
        time.advance(Duration.ofMillis(100));
        to.stick(false);
        time.runDue();

        assertEquals(List.of(350 + (int) ONE_WAY, 170 + (int) ONE_WAY), to.carried.stream()
                .filter(frame -> frame.type() == FrameType.GOSSIP)
                .map(frame -> frame.bytes().getInt(MessageCodec.AGE_OFFSET)).toList());
        Segment segment = node.core.sources.space().segments().get(0);
        assertEquals(List.of(micros, micros), List.of(segment.appended(0), segment.appended(1)));
    }

    @Test
    void shouldTakeInMoreThanItsRoomHoldsInOneGo() throws Exception {
        ByteBuffer[] bodies = IntStream.range(0, 600).mapToObj(i -> body(30, 1, 0)).toArray(ByteBuffer[]::new);

        give(bodies);

        assertEquals(600, node.core.sources.space().entries());
    }

    /** It is not copied: the transport reads the next into the same memory. */
    @Test
    void shouldTakeALongBodyInBeforeItsMemoryIsUsedAgain() throws Exception {
        int length = 20 << 10;
        ByteBuffer body = body(length, 1, 0);
        MessageId id = idOf(body, length);
        from.receiver.frame(FrameType.GOSSIP, 0, body);
        body.put(body.capacity() - 1, (byte) 1);
        from.receiver.readComplete();

        assertTrue(node.core.context.services.hasSeen(new IdKey(id)));
    }

    @Test
    void shouldCountWhatIsDeliveredOnceHoweverManyListenTo() throws Exception {
        node.listen(message -> { });

        give(body(10, 1, 0), body(10, 1, 0));

        assertEquals(2, node.core.context.counters.delivered.sum());
        assertEquals(2, topic().messages().get(TopicEvent.DELIVERED));
    }

    @Test
    void shouldCountEachMessageThatAFullListenerDrops() throws Exception {
        node.listen(message -> { }, Map.of(GossipListener.QUEUE, 2, GossipListener.OVERFLOW, "drop-newest"));

        give(body(10, 1, 0), body(10, 1, 0), body(10, 1, 0), body(10, 1, 0), body(10, 1, 0));

        assertEquals(3, recorded.stream().filter(("recordMessageDropped[" + DropReason.LISTENER_FULL + "]")::equals)
                .count());
    }
}
