// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.SettleCodec;
import org.ippan.network.gossip.wire.SettleCodec.Answer;
import org.ippan.network.gossip.wire.SettleCodec.Question;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that says what is not so in SETTLE and SETTLED: only what is settled is told wrongly, and little of it. */
class LyingSettlerTest {

    private static final int MANY = 40_000;

    private final ManualScheduler time = new ManualScheduler();
    private FakeNode alice;
    private FakeNode bob;
    /** Alice's ends of her links with Mallory and with Bob. */
    private FakeLink toMallory;
    private FakeLink toBob;

    @BeforeEach
    void connect() {
        alice = new FakeNode(time, 1, Map.of());
        bob = new FakeNode(time, 2, Map.of());
        FakeNode mallory = new FakeNode(time, 3, Map.of());
        toBob = alice.connect(bob);
        toMallory = alice.connect(mallory);
        toMallory.other.receiver = null;
        time.advance(Duration.ofSeconds(1));
    }

    /** Ids of which all have one hash code: a table of them would be a list. */
    private static IdKey id(long number) {
        IdKey id = new IdKey();
        id.set(number, number, number, number);
        return id;
    }

    private CompletableFuture<SettledResult> publish(String text) {
        CompletableFuture<SettledResult> future = alice.core.publisher
                .publishSettled(FakeNode.message(text), Duration.ofSeconds(5)).toCompletableFuture();
        time.advance(Duration.ofMillis(100));
        return future;
    }

    private List<Answer> told(FakeLink link) throws Exception {
        List<Answer> all = new ArrayList<>();
        for (Frame frame : link.carried) {
            if (frame.type() == FrameType.SETTLED) {
                all.addAll(SettleCodec.answers(ByteBuffer.wrap(frame.body())));
            }
        }
        return all;
    }

    @Test
    void shouldWaitNoLongerThanTheTimeoutForAPeerThatNeverAnswers() {
        CompletableFuture<SettledResult> future = publish("x");

        boolean early = future.isDone();
        time.advance(Duration.ofSeconds(5));

        assertFalse(early);
        assertEquals(1, future.join().nodes());
        assertEquals(1, future.join().leftOut());
    }

    @Test
    void shouldCountAnAnswerOnceAndOnlyOfThoseThatWereAsked() throws Exception {
        CompletableFuture<SettledResult> future = publish("x");
        Question asked = SettleCodec.questions(ByteBuffer.wrap(toMallory.carried.stream()
                .filter(frame -> frame.type() == FrameType.SETTLE).findFirst().orElseThrow().body())).get(0);

        toMallory.give(SettleCodec.settled(List.of(new Answer(id(7), 9, 0))));
        boolean early = future.isDone();
        toMallory.give(SettleCodec.settled(List.of(new Answer(asked, 5, 0), new Answer(asked, 50, 0))));
        toMallory.give(SettleCodec.settled(List.of(new Answer(asked, 500, 0))));
        time.advance(Duration.ofMillis(100));

        assertFalse(early);
        assertEquals(6, future.join().nodes());
    }

    /** Counts of four bytes each do not become negative. */
    @Test
    void shouldCutCountsThatAreTooLarge() throws Exception {
        CompletableFuture<SettledResult> future = publish("x");
        Question asked = SettleCodec.questions(ByteBuffer.wrap(toMallory.carried.stream()
                .filter(frame -> frame.type() == FrameType.SETTLE).findFirst().orElseThrow().body())).get(0);

        toMallory.give(SettleCodec.settled(List.of(new Answer(asked, Long.MAX_VALUE, Long.MAX_VALUE))));
        time.advance(Duration.ofMillis(100));

        assertEquals(Integer.MAX_VALUE, future.join().nodes());
        assertEquals(Integer.MAX_VALUE, future.join().leftOut());
    }

    @Test
    void shouldSayOfAMessageThatDoesNotExistThatItIsLeftOut() throws Exception {
        toMallory.give(SettleCodec.settle(List.of(new Question(id(1), 1000))));
        time.advance(Duration.ofMillis(900));
        int early = told(toMallory).size();
        time.advance(Duration.ofMillis(150));

        assertEquals(0, early);
        assertEquals(1, told(toMallory).size());
        assertEquals(0, told(toMallory).get(0).nodes());
        assertEquals(1, told(toMallory).get(0).leftOut());
        assertEquals(0, toBob.carried(FrameType.SETTLE));
    }

    @Test
    void shouldKnowABoundedNumberOfMessagesAndAnswerTheOthersAtOnce() throws Exception {
        for (int from = 0; from < MANY; from += 1000) {
            List<Question> questions = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                questions.add(new Question(id(from + i), 100_000));
            }
            toMallory.give(SettleCodec.settle(questions));
            time.advance(Duration.ofMillis(100));
        }

        assertEquals(32_768, alice.core.settlements.size());
        assertEquals(MANY - 32_768, told(toMallory).size());
        assertTrue(told(toMallory).stream().allMatch(answer -> answer.leftOut() == 1));
        toMallory.other.close(null, "");
        assertEquals(1, settledBy(bob));
    }

    /** How many nodes confirm what Bob publishes now. */
    private int settledBy(FakeNode node) {
        CompletableFuture<SettledResult> future = node.core.publisher
                .publishSettled(FakeNode.message("y"), Duration.ofSeconds(1)).toCompletableFuture();
        time.advance(Duration.ofSeconds(1));
        return future.join().nodes();
    }

    @Test
    void shouldIgnoreWhatIsOverItsRateAndKeepTheLink() {
        for (int i = 0; i < 40; i++) {
            List<Question> questions = new ArrayList<>();
            for (int j = 0; j < 1000; j++) {
                questions.add(new Question(id(1000L * i + j), 100_000));
            }
            toMallory.give(SettleCodec.settle(questions));
        }
        time.runDue();

        assertEquals(20_000, alice.core.settlements.size());
        assertNull(toMallory.closed);
    }

    /** A publisher's own message that a peer asked for before. */
    @Test
    void shouldNotLetAPeerTakeOverWhatThisNodePublishes() {
        FakeNode twin = new FakeNode(time, 4, Map.of());
        twin.connect(new FakeNode(time, 5, Map.of()));
        IdKey id = new IdKey(twin.publish("x").id().orElseThrow());
        toMallory.give(SettleCodec.settle(List.of(new Question(id, 100_000))));
        toMallory.close(null, "");
        time.advance(Duration.ofMillis(100));

        assertEquals(1, publish("x").join().nodes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 37, 39, 41, 43})
    void shouldCloseALinkWithMalformedBodies(int length) {
        ByteBuffer body = ByteBuffer.allocate(length);
        if (length >= 2) {
            body.putShort(0, (short) 1);
        }

        toMallory.give(FrameType.SETTLE, 0, body);
        toBob.give(FrameType.SETTLED, 0, body);

        assertNotNull(toMallory.offence);
        assertNotNull(toBob.offence);
    }
}
