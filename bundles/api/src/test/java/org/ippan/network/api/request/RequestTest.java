// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.junit.jupiter.api.Test;

/** Questions and answers over a network that delivers at once. */
class RequestTest {

    private static final Topic QUESTIONS = Topic.of("prices/ask");
    private static final Topic ANSWERS = Topic.of("prices/answers/1");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, List<GossipListener>> listeners = new TreeMap<>();
    private final List<Message> published = new ArrayList<>();
    /** What is to be done when the time is over. */
    private final List<Runnable> ends = new ArrayList<>();
    private final ScheduledExecutorService timer = stub(ScheduledExecutorService.class, this::schedule);
    private final Random random = new Random(1);
    private Status status = Status.ACCEPTED;
    private final Gossip gossip = stub(Gossip.class, this::publish);
    private final Requester requester = new Requester(() -> gossip, ANSWERS, timer, random);

    /** What a stub does with the only argument that matters here. */
    private interface Call {
        Object with(Object[] arguments, String method);
    }

    private static <T> T stub(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> call.with(arguments, method.getName())));
    }

    private Object schedule(Object[] arguments, String method) {
        assertEquals(PATIENCE.toNanos(), arguments[1]);
        Runnable end = (Runnable) arguments[0];
        ends.add(end);
        return stub(ScheduledFuture.class, (mayInterrupt, cancel) -> ends.remove(end));
    }

    private void timeOut() {
        List.copyOf(ends).forEach(Runnable::run);
    }

    private Object publish(Object[] arguments, String method) {
        Message message = (Message) arguments[0];
        if (status == Status.ACCEPTED) {
            published.add(message);
            deliver(message.topic(), message.payload());
        }
        return new PublishResult(status, Optional.empty());
    }

    private void deliver(Topic topic, byte[] payload) {
        ReceivedMessage received = stub(ReceivedMessage.class, (in, name) -> ByteBuffer.wrap(payload));
        List.copyOf(listeners.getOrDefault(topic.name(), List.of())).forEach(each -> each.onMessage(received));
    }

    private void listen(Topic topic, GossipListener listener) {
        listeners.computeIfAbsent(topic.name(), name -> new ArrayList<>()).add(listener);
    }

    private void answering(String answer) {
        listen(QUESTIONS, new Replier(() -> gossip, random, question -> Optional.of((answer + " to "
                + new String(question, UTF_8)).getBytes(UTF_8))));
    }

    private CompletionStage<List<byte[]>> ask(int wanted) {
        return requester.ask(QUESTIONS, "tea".getBytes(UTF_8), wanted, PATIENCE);
    }

    private static List<String> texts(CompletionStage<List<byte[]>> answers) {
        return answers.toCompletableFuture().join().stream().map(answer -> new String(answer, UTF_8)).toList();
    }

    @Test
    void shouldGetAnAnswer() {
        listen(ANSWERS, requester);
        answering("4.20");

        assertEquals(List.of("4.20 to tea"), texts(ask(1)));
        assertEquals(List.of(), ends, "times that are still waited for");
    }

    /** Else one that waits would keep all other questions from ending in time, for which it may wait itself. */
    @Test
    void shouldEndOtherQuestionsInTimeWhileWhatFollowsOnAnAnswerHangs() throws InterruptedException {
        listen(ANSWERS, requester);
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        ask(1).thenRun(() -> {
            hangs.countDown();
            Uninterrupted.await(System::nanoTime, PATIENCE.toMillis(), nanos -> over.await(nanos,
                    TimeUnit.NANOSECONDS));
        });
        Runnable end = ends.get(0);
        Envelope question = Envelope.decode(ByteBuffer.wrap(published.get(0).payload())).orElseThrow();
        Thread listener = new Thread(() -> deliver(ANSWERS, new Envelope(question.high(), question.low(),
                Optional.empty(), new byte[1]).encode()));
        listener.start();
        assertTrue(hangs.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));

        Thread time = new Thread(end);
        time.start();
        time.join(PATIENCE.toMillis() / 2);
        boolean ended = !time.isAlive();
        List<Runnable> waiting = List.copyOf(ends);
        over.countDown();
        listener.join();

        assertTrue(ended);
        assertEquals(List.of(), waiting, "times that are still waited for");
    }

    @Test
    void shouldForgetAQuestionThatCannotBeAsked() {
        Requester lost = new Requester(() -> {
            throw new IllegalStateException("the node is closed");
        }, ANSWERS, timer, random);

        assertThrows(IllegalStateException.class, () -> lost.ask(QUESTIONS, new byte[1], 1, PATIENCE));

        assertEquals(List.of(), ends, "times that are still waited for");
    }

    /** The requester cannot know: the node that answers has to tell. */
    @Test
    void shouldTellThatAnAnswerIsTooLong() {
        listen(QUESTIONS, new Replier(() -> gossip, random, question -> {
            status = Status.TOO_LARGE;
            return Optional.of(question);
        }));

        assertEquals("not answered: the payload is longer than maxMessageBytes of org.ippan.network.gossip allows",
                assertThrows(IllegalStateException.class, () -> ask(1)).getMessage());
    }

    @Test
    void shouldNotAnswerByATopicOfNodesWhateverAQuestionSays() {
        answering("4.20");

        deliver(QUESTIONS, new Envelope(1, 2, Optional.of(Topic.of("ippan/status")), new byte[1]).encode());

        assertEquals(List.of(), published);
    }

    @Test
    void shouldWaitForAsManyAnswersAsAreWanted() {
        listen(ANSWERS, requester);
        answering("4.20");
        CompletionStage<List<byte[]>> answers = ask(2);
        assertFalse(answers.toCompletableFuture().isDone());

        published.stream().filter(message -> message.topic().equals(ANSWERS)).toList()
                .forEach(message -> deliver(ANSWERS, message.payload()));

        assertEquals(2, texts(answers).size());
    }

    @Test
    void shouldGiveWhatCameWhenTheTimeIsOver() {
        listen(ANSWERS, requester);
        answering("4.20");
        CompletionStage<List<byte[]>> some = ask(3);
        listeners.remove(QUESTIONS.name());
        CompletionStage<List<byte[]>> none = ask(1);

        assertFalse(some.toCompletableFuture().isDone());
        timeOut();

        assertEquals(List.of("4.20 to tea"), texts(some));
        assertEquals(List.of(), texts(none));
    }

    @Test
    void shouldSayWhyAQuestionWasNotAsked() {
        status = Status.NO_PEERS;

        var failure = assertThrows(CompletionException.class, () -> texts(ask(1)));

        assertEquals("not asked: no peer is connected (the doctor says why)", failure.getCause().getMessage());
    }

    @Test
    void shouldTakeAnswersToItsOwnQuestionsOnly() {
        listen(ANSWERS, requester);
        CompletionStage<List<byte[]>> answers = ask(1);

        deliver(ANSWERS, new Envelope(1, 2, Optional.empty(), new byte[0]).encode());
        deliver(ANSWERS, new byte[3]);
        deliver(QUESTIONS, "no question".getBytes(UTF_8));

        assertFalse(answers.toCompletableFuture().isDone());
    }

    @Test
    void shouldBoundOpenQuestions() {
        for (int i = 0; i < Requester.MAX_OPEN; i++) {
            ask(1);
        }
        assertTrue(ask(1).toCompletableFuture().isCompletedExceptionally());

        timeOut();

        assertFalse(ask(1).toCompletableFuture().isCompletedExceptionally());
    }

    @Test
    void shouldWaitForAnswersAsLongAsAClockCountsIfToldToWaitForEver() {
        List<Object> delays = new ArrayList<>();
        ScheduledExecutorService endless = stub(ScheduledExecutorService.class, (arguments, method) -> {
            delays.add(arguments[1]);
            return stub(ScheduledFuture.class, (mayInterrupt, cancel) -> true);
        });

        new Requester(() -> gossip, ANSWERS, endless, random).ask(QUESTIONS, new byte[1], 1,
                ChronoUnit.FOREVER.getDuration());

        assertEquals(List.of(Long.MAX_VALUE), delays);
    }
}
