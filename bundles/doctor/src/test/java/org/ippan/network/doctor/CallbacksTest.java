// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the doctor says of the code of applications. */
class CallbacksTest {

    private final FakeNode node = new FakeNode();

    private List<String> findings() {
        return FakeNode.of("applications", node.doctor().glance());
    }

    private void fault(CallbackKind kind, String topics, CallbackProblem problem, long count, String detail) {
        node.callbackFaults.add(new CallbackFault(kind, "com.example.Prices", topics, problem, count, detail));
    }

    @Test
    void shouldSayThatNothingIsWrong() {
        assertEquals(List.of("OK Nothing went wrong in the code of applications in the last 10 min."), findings());
    }

    /** Bundles see what hangs when they are asked, and the log is to name it before an operator asks. */
    @Test
    void shouldLookForCallsThatHangUnasked() {
        AtomicInteger looks = new AtomicInteger();
        node.callbackSources.add(() -> {
            throw new IllegalStateException("it is being replaced");
        });
        node.callbackSources.add(() -> {
            looks.incrementAndGet();
            return List.of();
        });
        node.doctor();

        node.time.advance(Duration.ofSeconds(20));

        assertTrue(looks.get() >= 3, looks.toString());
    }

    @Test
    void shouldNameClassTopicCountAndCostOfAListenerThatThrows() {
        fault(CallbackKind.LISTENER, "prices/*", CallbackProblem.FAILED, 500,
                "java.lang.IllegalStateException: no database");

        assertEquals(List.of("WARN The listener com.example.Prices of prices/* failed 500 times, and it has not dealt"
                + " with these messages: java.lang.IllegalStateException: no database. The log shows the stack trace;"
                + " correct the application."), findings());
    }

    @Test
    void shouldSayWhatAValidatorThatHangsCosts() {
        fault(CallbackKind.VALIDATOR, "slow", CallbackProblem.STUCK, 1, "calls=2 topics=[slow]");
        fault(CallbackKind.VALIDATOR, "slow", CallbackProblem.OVERLOADED, 31, "");

        assertEquals(List.of("FAIL The validator com.example.Prices of slow does not return although it was"
                + " interrupted: calls=2 topics=[slow]. Each call keeps a thread, and after two the messages of a topic"
                + " are ignored."
                + " The log shows where it is; correct the application, and restart its bundle.",
                "WARN The validator com.example.Prices of slow is too slow or hangs: 31 messages of its topics ignored."
                + " Make it faster, or raise validatorThreads or validationQueueMessages of org.ippan.network.gossip."),
                findings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LISTENER | REFUSED | WARN The listener com.example.Prices of t has service properties that are refused: why."
            + " Correct them; until then it is not registered, or works with its last good ones.",
        "VALIDATOR | TIMED_OUT | WARN The validator com.example.Prices of t was interrupted 3 times at its time-out,"
            + " and these messages were ignored: why. The log shows where it was; make it faster, or raise"
            + " validatorTimeoutSeconds of org.ippan.network.gossip.",
        "LISTENER | HUNG | WARN The listener com.example.Prices of t has not returned from 3 calls for 10 s or more:"
            + " why. Their threads are lost until they return, and what is for it waits. The log shows where it is;"
            + " correct the application, and restart its bundle.",
        "CODEC | HUNG | FAIL The codec com.example.Prices of t has not returned from 3 calls for 10 s or more: why."
            + " It ignored the interrupt after 3 s, and the links of its thread stand still until it returns. The log"
            + " shows where it is; correct the application, restart its bundle, and then org.ippan.network.transport.",
        "LISTENER | UNSERVED | WARN The listener com.example.Prices of t gets no message, as there is no format for the"
            + " class it wants: why. Register a PayloadFormat of this class as a service, or start the bundle that"
            + " does.",
        "LISTENER | WAITING | WARN The listener com.example.Prices of t waits for room to publish inside a callback:"
            + " why. Publish what does not fit later, on a thread of the application.",
        "EVENT_LISTENER | OVERLOADED | WARN The event listener com.example.Prices of t is too slow or hangs: 3 events"
            + " did not reach it. Make it faster, or have it hand events over to a thread of the application.",
        "VALIDATOR | FAILED | WARN The validator com.example.Prices of t failed 3 times, and these messages were"
            + " ignored: why. The log shows the stack trace; correct the application.",
        "TRANSPORT | FAILED | WARN The transport com.example.Prices of t failed 3 times, and these connections were not"
            + " made: why. The log shows the stack trace; correct the application.",
        "DISCOVERY | FAILED | WARN The discovery com.example.Prices of t failed 3 times, and may not find peers: why."
            + " The log shows the stack trace; correct the application."})
    void shouldSayWhatItCostsAndWhatToDo(CallbackKind kind, CallbackProblem problem, String sentence) {
        fault(kind, "t", problem, 3, "why");

        assertEquals(List.of(sentence), findings());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameTheClassWhateverIsWrong(CallbackProblem problem) {
        Stream.of(CallbackKind.values()).forEach(kind -> fault(kind, "", problem, 1, "why"));

        assertEquals(CallbackKind.values().length, findings().stream().filter(text -> text.matches(
                "(WARN|FAIL) The [a-z ]+ com\\.example\\.Prices .*")).count());
    }
}
