// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.junit.jupiter.api.Test;

/** Calls of applications that do not return. */
class HungCallsTest extends NotedFaults {

    @Test
    void shouldTellOfACallThatDoesNotReturnUntilItDoes() {
        CallbackFaults.Call call = faults.begin(PRICES);
        now += TimeUnit.SECONDS.toNanos(9);
        assertEquals(List.of(), faults.callbackFaults());
        call.next();
        now += TimeUnit.SECONDS.toNanos(1);
        assertEquals(List.of(), faults.callbackFaults(), "that it moved is seen now, so the next began now at most");
        now += TimeUnit.SECONDS.toNanos(9);
        assertEquals(List.of(), faults.callbackFaults());

        now += TimeUnit.SECONDS.toNanos(1);

        assertEquals(List.of(new CallbackFault(CallbackKind.LISTENER, "com.example.Prices", "prices/*",
                CallbackProblem.HUNG, 1, "thread=" + Thread.currentThread().getName())), faults.callbackFaults());
        assertEquals(1, faults.callbackFaults().size());
        assertEquals(List.of("The listener com.example.Prices of prices/* has not returned from a call for 10 s; its"
                + " thread is lost until it does: thread=" + Thread.currentThread().getName()), lines);
        assertEquals(Thread.class.getName(), traces.get(0).getStackTrace()[0].getClassName());

        call.end();

        assertEquals(List.of(), faults.callbackFaults());
    }

    /** Many that hang in the same place are one thing to tell, and one line a minute. */
    @Test
    void shouldCountCallsThatHang() {
        List<CallbackFaults.Call> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(faults.begin(PRICES));
        }
        now += TimeUnit.SECONDS.toNanos(11);

        assertEquals(List.of(5L), faults.callbackFaults().stream().map(CallbackFault::count).toList());
        calls.get(0).end();
        calls.get(1).next();
        assertEquals(List.of(3L), faults.callbackFaults().stream().map(CallbackFault::count).toList());
        assertEquals(1, lines.size());
        calls.forEach(CallbackFaults.Call::end);
        assertEquals(List.of(), faults.callbackFaults());
    }

    /** Its thread is lost all the same. */
    @Test
    void shouldStillTellOfACallThatHangsWhenItsRegistrationGoesOrChanges() {
        CallbackFaults.Call call = faults.begin(PRICES);
        faults.failed(PRICES, new IllegalStateException("no database"));
        now += TimeUnit.SECONDS.toNanos(11);
        List<CallbackFault> before = faults.callbackFaults().stream()
                .filter(fault -> fault.problem() == CallbackProblem.HUNG).toList();

        faults.forget(new Subject(CallbackKind.LISTENER, PRICES.name(), "other/*", PRICES.id()));

        assertEquals(1, before.size());
        assertEquals(before, faults.callbackFaults());
        assertEquals(before, faults.callbackFaults());
        assertEquals(1, lines.stream().filter(line -> line.contains("has not returned")).count());
        call.end();
        assertEquals(List.of(), faults.callbackFaults());
    }

    /** However short it has lasted: what it is at is lost with its bundle. */
    @Test
    void shouldNameACallThatHangsWhenItsRegistrationIsEnded() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> threads = Stream.of(PRICES, ORDERS).map(subject -> new Thread(() -> faults.call(subject, () -> {
            begun.countDown();
            Uninterrupted.await(Ticker.system(), 60_000, nanos -> over.await(nanos, TimeUnit.NANOSECONDS));
        }))).toList();
        threads.forEach(Thread::start);
        assertTrue(begun.await(10, TimeUnit.SECONDS));

        faults.stop(PRICES);

        assertEquals(List.of("The listener com.example.Prices of prices/* has not returned from a call, and its bundle"
                + " stops: what it was at is lost"), lines);
        over.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        faults.stop(PRICES);
        assertEquals(1, lines.size(), "it has returned");
    }

    /** It hung for less than what is told of, when it went. */
    @Test
    void shouldTellOfACallThatHangsAfterItsRegistrationWent() {
        CallbackFaults.Call call = faults.begin(PRICES);
        faults.forget(PRICES);
        now += TimeUnit.SECONDS.toNanos(11);

        assertEquals(List.of(CallbackProblem.HUNG), faults.callbackFaults().stream().map(CallbackFault::problem)
                .toList());
        call.end();
        assertEquals(List.of(), faults.callbackFaults());
    }
}
