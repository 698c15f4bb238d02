// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.junit.jupiter.api.Test;

class CallbackFaultsTest extends NotedFaults {

    private void fail(Subject subject, int times) {
        for (int i = 0; i < times; i++) {
            faults.failed(subject, new IllegalStateException("no database"));
        }
    }

    @Test
    void shouldLogTheFirstStackTraceOfEachRegistrationAndMinute() {
        Throwable first = new IllegalStateException("no database");
        faults.failed(PRICES, first);
        fail(PRICES, 499);
        fail(ORDERS, 1);
        now += TimeUnit.SECONDS.toNanos(61);
        fail(PRICES, 2);

        assertEquals(List.of(
                "The listener com.example.Prices of prices/* failed; the node goes on:"
                        + " java.lang.IllegalStateException: no database",
                "The listener com.example.Prices of orders failed; the node goes on:"
                        + " java.lang.IllegalStateException: no database",
                "The listener com.example.Prices of prices/* failed; the node goes on:"
                        + " java.lang.IllegalStateException: no database (499 more since the last line)"), lines);
        assertSame(first, traces.get(0));
    }

    /** An exception of an application may fail in whatever it is asked. */
    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no translation");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }

    /** Another says nothing at all. */
    private static final class Mute extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            return null;
        }

        @Override
        public synchronized Throwable getCause() {
            throw new StackOverflowError();
        }
    }

    /** What a third says needs a class that is not there. */
    private static final class Gone extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new NoClassDefFoundError("com/example/Texts");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("no trace");
        }
    }

    @Test
    void shouldTellOfFailuresThatCannotSayWhatTheyAre() {
        CallbackFaults faults = new CallbackFaults(() -> now, (line, trace) -> {
            if (trace != null) {
                trace.printStackTrace(new PrintWriter(Writer.nullWriter()));
            }
            lines.add(line);
        });
        faults.failed(PRICES, new Broken());
        faults.failed(ORDERS, new Mute());
        faults.lasting(PRICES, CallbackProblem.DISMISSED, new Broken());
        faults.failed(new Subject(CallbackKind.NOTIFICATION_LISTENER, "com.sun.jmx.Wrapper", "", 9L), new Broken());
        faults.failed(new Subject(CallbackKind.NOTIFICATION_LISTENER, "com.sun.jmx.Other", "", 10L), new Gone());

        String broken = Broken.class.getName() + " (which has no text)";
        assertEquals(List.of(broken, broken, broken, Gone.class.getName() + " (which has no text)",
                Mute.class.getName() + " (which has no text)"),
                faults.callbackFaults().stream().map(CallbackFault::detail).sorted().toList());
        assertEquals(5, lines.size());
    }

    @Test
    void shouldRecordWhatACallThrowsAndSayWhetherItDid() {
        assertTrue(faults.call(PRICES, () -> { }));
        assertEquals(List.of(), faults.callbackFaults());

        assertFalse(faults.call(PRICES, () -> {
            throw new NoClassDefFoundError("com/example/Texts");
        }));

        now += TimeUnit.MINUTES.toNanos(1);
        assertEquals(List.of(CallbackProblem.FAILED),
                faults.callbackFaults().stream().map(CallbackFault::problem).toList(), "and it has returned");
    }

    @Test
    void shouldTellOfFailuresForTenMinutes() {
        fail(PRICES, 500);

        List<CallbackFault> before = faults.callbackFaults();
        now += TimeUnit.MINUTES.toNanos(10);

        assertEquals(List.of(new CallbackFault(CallbackKind.LISTENER, "com.example.Prices", "prices/*",
                CallbackProblem.FAILED, 500, "java.lang.IllegalStateException: no database")), before);
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldTellOfWhatLastsUntilItEnds() {
        faults.lasting(PRICES, CallbackProblem.REFUSED, "ippan.queue = 0: must be 1 to 1000000", null);
        faults.lasting(PRICES, CallbackProblem.REFUSED, "ippan.queue = -1: must be 1 to 1000000", null);
        now += TimeUnit.HOURS.toNanos(1);

        List<CallbackFault> before = faults.callbackFaults();
        faults.ended(PRICES, CallbackProblem.REFUSED);

        assertEquals("ippan.queue = -1: must be 1 to 1000000", before.get(0).detail());
        assertEquals(2, lines.size());
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldForgetARegistrationThatHasGoneWhateverItsTopicsWere() {
        fail(PRICES, 1);
        fail(ORDERS, 1);

        faults.forget(new Subject(CallbackKind.LISTENER, "com.example.Prices", "stocks", 7L));

        assertEquals(List.of("orders"), faults.callbackFaults().stream().map(CallbackFault::topics).toList());
    }

    @Test
    void shouldNotLetTextOfPeersMakeLinesOfTheLog() {
        faults.failed(PRICES, new IllegalArgumentException("bad\nERROR forged\u001b[2J" + "x".repeat(1000)));

        assertTrue(lines.get(0).chars().noneMatch(Character::isISOControl), lines.get(0));
        assertTrue(lines.get(0).length() < 400, lines.get(0));
    }

    /** The MBean server gives its own object in place of the application's. */
    @Test
    void shouldNameTheApplicationBehindAWrapperOfTheJdk() {
        Subject wrapper = new Subject(CallbackKind.NOTIFICATION_LISTENER, "com.sun.jmx.Wrapper", "", 1);
        Throwable failure = new IllegalStateException("no database");
        failure.setStackTrace(new StackTraceElement[] {frame("java.util.Map"), frame("com.example.Alarm"),
            frame("com.sun.jmx.Wrapper"), frame("org.ippan.network.Notifier")});

        faults.failed(wrapper, failure);

        assertEquals("com.example.Alarm", faults.callbackFaults().get(0).name());
        faults.forget(wrapper);
        assertEquals(List.of(), faults.callbackFaults());
    }

    private static StackTraceElement frame(String type) {
        return new StackTraceElement(type, "method", "File.java", 1);
    }

    @Test
    void shouldBeBoundedInRegistrations() {
        for (int i = 0; i < 3 * FaultBook.MAX_ENTRIES; i++) {
            fail(new Subject(CallbackKind.EVENT_LISTENER, "com.example.New", "", i), 1);
        }

        assertEquals(FaultBook.MAX_ENTRIES, faults.callbackFaults().size());
    }

    @Test
    void shouldNameMisspeltPropertiesUntilTheyAreCorrected() {
        faults.misspelt(PRICES, Map.of("ippan.topic", "a", "ippan.queu", 5, "IPPAN.OVERFLOW", "block", "ippan_topic", 1,
                "queue", 1, "service.id", 7L));
        List<CallbackFault> wrong = faults.callbackFaults();
        faults.misspelt(PRICES, Map.of("ippan.topic", "a"));

        assertEquals("IPPAN.OVERFLOW (did you mean ippan.overflow?), ippan.queu (did you mean ippan.queue?),"
                + " ippan_topic (did you mean ippan.topic?)", wrong.get(0).detail());
        assertEquals(CallbackProblem.MISSPELT, wrong.get(0).problem());
        assertTrue(lines.get(0).startsWith("The listener com.example.Prices of prices/* has service properties that do"
                + " not exist and have no effect: IPPAN"), lines::toString);
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldKnowWhatWasMeantByAMissingProperty() {
        assertEquals(Optional.of("topicz"), ServiceKeys.insteadOf("ippan.topic", Map.of("topicz", "a", "name", "b")));
        assertEquals(Optional.of("ippan-topic"), ServiceKeys.insteadOf("ippan.topic", Map.of("ippan-topic", "a")));
        assertEquals(Optional.empty(), ServiceKeys.insteadOf("ippan.topic", Map.of("type", "a", "service.id", 7L)));
    }

    /** But for the call that stops the bundle itself, and those that began a moment ago. */
    @Test
    void shouldNameWhatHasNotReturnedWhenTheBundleStops() throws InterruptedException {
        Thread hangs = new Thread(() -> faults.begin(PRICES), "hangs");
        hangs.start();
        hangs.join();
        faults.begin(ORDERS);
        now += TimeUnit.SECONDS.toNanos(2);
        Thread young = new Thread(() -> faults.begin(ORDERS), "young");
        young.start();
        young.join();

        faults.stop();

        assertEquals(List.of("The listener com.example.Prices of prices/* has not returned from a call, and its bundle"
                + " stops: what it was at is lost"), lines);
    }

    /** A slow listener with many messages is at it for long, and returns from each of its calls all the same. */
    @Test
    void shouldNotBlameACallThatReturnsWhileTheBundleStops() throws InterruptedException {
        List<CallbackFaults.Call> calls = new ArrayList<>();
        Thread busy = new Thread(() -> calls.add(faults.begin(PRICES)), "busy");
        busy.start();
        busy.join();
        now += TimeUnit.SECONDS.toNanos(5);
        calls.get(0).next();
        faults.callbackFaults();
        now += TimeUnit.SECONDS.toNanos(2);
        calls.get(0).next();

        faults.stop();

        assertEquals(List.of(), lines);
    }
}
