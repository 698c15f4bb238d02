// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A validator that hangs, is slow or goes costs its own messages only. Time is manual, its threads are real. */
class ValidatorIsolationTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode node = new FakeNode(time, 2);
    private final CallThreads calls = new CallThreads();
    private final BlockingValidator blocking = new BlockingValidator();

    @AfterEach
    void release() throws InterruptedException {
        blocking.released.countDown();
        calls.join();
    }

    private void start(Map<String, String> settings) {
        settings.forEach(node.settings::put);
        node.core = new GossipCore(node.environment(calls, time), node.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        node.core.reputation(node.reputation);
        node.core.deduplicator(node.dedup);
        node.listen(message -> node.received.add(message.topic() + ":" + FakeNode.text(message)));
        alice.connect(node);
    }

    private void publish(String topic, String text) {
        assertTrue(alice.core.publish(Message.of(Topic.of(topic), text.getBytes())).accepted());
    }

    private void publish(String topic, String text, int count) {
        IntStream.range(0, count).forEach(i -> publish(topic, text + i));
    }

    private void runCalls(int blocked) throws InterruptedException {
        time.advance(SOON);
        calls.run(blocked);
        time.advance(SOON);
    }

    private List<CallbackFault> faults(CallbackProblem problem) {
        return node.faults.callbackFaults().stream().filter(fault -> fault.problem() == problem).toList();
    }

    @Test
    void shouldDeliverOtherTopicsWhileAValidatorHangs() throws InterruptedException {
        start(Map.of("validatorThreads", "2"));
        node.validate("slow", blocking);
        node.validate("fast", message -> Verdict.ACCEPT);

        publish("slow", "hang", 8);
        publish("fast", "f", 3);
        runCalls(2);

        assertEquals(List.of("fast:f0", "fast:f1", "fast:f2"), node.received);
    }

    @Test
    void shouldInterruptACallAtItsTimeOutAndNameClassAndTopic() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validatorTimeoutSeconds", "3"));
        node.validate("slow", blocking);

        publish("slow", "hang");
        runCalls(1);
        time.advance(Duration.ofMillis(3200));
        runCalls(0);
        publish("slow", "good");
        runCalls(0);

        assertEquals(1, blocking.interrupted.get());
        assertEquals(List.of("slow:good"), node.received);
        assertEquals(1, node.snapshot().ignored());
        assertEquals(0, node.snapshot().validationQueued());
        assertEquals(0, node.reputation.score(alice.id).value() - 1);
        CallbackFault fault = faults(CallbackProblem.TIMED_OUT).get(0);
        assertEquals("validator " + BlockingValidator.class.getName() + " of slow", fault.subject());
        assertEquals(1, fault.count());
        assertTrue(node.warned.get(0).contains("took too long"), node.warned.toString());
        assertEquals(1, node.snapshot().validatorFailures());
        assertEquals(1, node.warned.size());
    }

    @Test
    void shouldWriteOffACallThatDoesNotReturnAndReplaceItsThread() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validatorTimeoutSeconds", "3"));
        blocking.deaf = true;
        node.validate("slow/*", blocking);

        publish("slow/a", "hang");
        runCalls(1);
        publish("slow/a", "good");
        time.advance(Duration.ofSeconds(5));
        runCalls(1);

        assertEquals(List.of("slow/a:good"), node.received);
        assertEquals(1, faults(CallbackProblem.STUCK).size());
        blocking.released.countDown();
        runCalls(0);
        assertEquals(List.of(), faults(CallbackProblem.STUCK));
    }

    /** What is told is decided before it goes, and told after it went. */
    @Test
    void shouldTellNothingOfAValidatorThatGoesJustThen() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validatorTimeoutSeconds", "3"));
        blocking.deaf = true;
        node.validate("slow", blocking);
        publish("slow", "hang");
        runCalls(1);
        time.advance(Duration.ofMillis(3200));
        runCalls(1);
        assertEquals(1, faults(CallbackProblem.TIMED_OUT).size());

        node.onFault = () -> {
            node.onFault = () -> { };
            node.core.subscriptions.removeValidator(blocking, Map.of(MessageValidator.TOPIC, "slow"));
        };
        time.advance(Duration.ofSeconds(2));
        runCalls(1);

        assertTrue(node.warned.stream().anyMatch(line -> line.contains("does not return")), node.warned::toString);
        assertEquals(List.of(), node.faults.callbackFaults());
    }

    @Test
    void shouldAskNothingMoreAboutATopicThatKeepsThreadsForEver() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validatorTimeoutSeconds", "3"));
        blocking.deaf = true;
        node.validate("*", blocking);

        publish("bad", "hang", 10);
        runCalls(1);
        for (int i = 0; i < 4; i++) {
            time.advance(Duration.ofSeconds(5));
            runCalls(Math.min(2, i + 2));
        }
        publish("bad", "hang again");
        publish("good", "g");
        runCalls(2);

        assertEquals(List.of("good:g"), node.received);
        assertEquals(3, blocking.entered.get());
        assertEquals(11, node.snapshot().ignored());
        assertEquals(9, faults(CallbackProblem.OVERLOADED).get(0).count());
        assertEquals(0, node.snapshot().validationQueued());
    }

    @Test
    void shouldStillCountCallsThatHangWhenItsPropertiesChange() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validatorTimeoutSeconds", "3"));
        blocking.deaf = true;
        node.validate("bad", blocking);
        publish("bad", "hang", 9);
        for (int i = 0; i < 4; i++) {
            runCalls(Math.min(2, i + 1));
            node.validate("bad", blocking);
            time.advance(Duration.ofSeconds(5));
        }
        assertEquals(2, blocking.entered.get());
        assertEquals("calls=2 topics=[bad]", faults(CallbackProblem.STUCK).get(0).detail());
    }

    @Test
    void shouldGiveTopicsTurns() throws InterruptedException {
        start(Map.of("validatorThreads", "1"));
        node.validate("*", blocking);

        publish("flood", "a", 100);
        publish("quiet", "q");
        publish("calm", "c");
        time.advance(SOON);
        calls.runFirst();

        assertTrue(blocking.asked.indexOf("q") <= 2, blocking.asked.toString());
        assertTrue(blocking.asked.indexOf("c") <= 3, blocking.asked.toString());
    }

    @Test
    void shouldKeepAThreadForTopicsThatHaveNone() throws InterruptedException {
        start(Map.of("validatorThreads", "2"));
        node.validate("*", blocking);

        publish("flood", "hang", 20);
        runCalls(2);
        publish("quiet", "q", 5);
        runCalls(2);

        assertEquals(List.of("quiet:q0", "quiet:q1", "quiet:q2", "quiet:q3", "quiet:q4"), node.received);
    }

    /** A machine that is too busy to run its threads is no reason to lose messages. */
    @Test
    void shouldIgnoreNothingForAQuickValidatorWhoseThreadsGetNoTime() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validationQueueMessages", "40"));
        node.validate("*", message -> Verdict.ACCEPT);

        publish("a", "m", 10);
        time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 20; i++) {
            publish("a", "late" + i);
            time.advance(SOON);
        }
        for (int i = 0; i < 40; i++) {
            runCalls(0);
        }

        assertEquals(30, node.received.size());
        assertEquals(0, node.snapshot().ignored());
    }

    @Test
    void shouldIgnoreOnlyWhatASlowValidatorHasNoRoomFor() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validationQueueMessages", "40"));
        node.validate("slow", blocking);
        node.validate("fast", message -> Verdict.ACCEPT);

        publish("slow", "hang", 30);
        runCalls(1);
        publish("fast", "f", 30);
        boolean stopped = !alice.links.get(0).other.reads();
        for (int i = 0; i < 10; i++) {
            runCalls(1);
        }

        assertTrue(stopped);
        assertTrue(alice.links.get(0).other.reads());
        assertEquals(IntStream.range(0, 30).mapToObj(i -> "fast:f" + i).toList(), node.received);
        assertEquals(20, node.snapshot().ignored());
        assertEquals(10, node.snapshot().validationQueued());
        assertEquals(20, faults(CallbackProblem.OVERLOADED).get(0).count());
    }

    @Test
    void shouldHaveJudgedByTheOthersWhatAValidatorThatGoesLeaves() throws InterruptedException {
        start(Map.of("validatorThreads", "1", "validatorTimeoutSeconds", "3"));
        MessageValidator other = message -> FakeNode.text(message).endsWith("1") ? Verdict.IGNORE : Verdict.ACCEPT;
        node.core.subscriptions.validator(blocking, Map.of(MessageValidator.TOPIC, "slow", "service.ranking", 1));
        node.validate("slow", other);
        publish("slow", "hang", 4);
        runCalls(1);
        time.advance(Duration.ofSeconds(3));
        runCalls(1);
        boolean told = !faults(CallbackProblem.TIMED_OUT).isEmpty();

        node.core.subscriptions.removeValidator(blocking, Map.of(MessageValidator.TOPIC, "slow"));
        runCalls(0);

        assertTrue(told);
        assertEquals(List.of(), node.faults.callbackFaults());
        assertEquals(List.of("slow:hang2", "slow:hang3"), node.received);
        assertEquals(0, node.snapshot().validationQueued());
        assertFalse(node.core.validation.isBusy());
    }

    @Test
    void shouldNotInterruptTheNextCallOfAThreadThatWasInterrupted() throws InterruptedException {
        start(Map.of("validatorThreads", "1"));
        node.validate("*", message -> {
            boolean clean = !Thread.currentThread().isInterrupted();
            Thread.currentThread().interrupt();
            return clean ? Verdict.ACCEPT : Verdict.IGNORE;
        });

        publish("a", "m", 3);
        runCalls(0);

        assertEquals(3, node.received.size());
    }
}
