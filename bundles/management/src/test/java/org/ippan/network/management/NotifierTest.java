// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.ippan.network.api.callback.CallbackFaults;
import org.junit.jupiter.api.Test;

/** Who is told what, in which order, and what is dropped. Each task of the executor stands for a thread. */
class NotifierTest {

    private final List<Runnable> threads = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final CallbackFaults faults = new CallbackFaults(() -> 0, (line, trace) -> told.add(line));
    private final Notifier notifier = new Notifier(threads::add, (topic, properties) -> { }, faults);
    private final Object one = new Object();
    private final Object other = new Object();

    private void tell(Object listener, String what) {
        notifier.tell(listener, () -> told.add(what));
    }

    @Test
    void shouldTellOneListenerInOrderOnOneThreadAndNotWaitForItWithAnother() {
        tell(one, "a");
        tell(one, "b");
        tell(other, "x");

        assertEquals(2, threads.size());
        threads.get(1).run();
        assertEquals(List.of("x"), told);
        threads.get(0).run();
        assertEquals(List.of("x", "a", "b"), told);
    }

    @Test
    void shouldTellAListenerThatFailedBeforeAndOneThatHadNothingToBeTold() {
        notifier.tell(one, () -> {
            throw new NoClassDefFoundError("a listener's mistake");
        });
        tell(one, "a");
        threads.remove(0).run();
        tell(one, "b");
        threads.remove(0).run();

        assertEquals(List.of("The notification listener java.lang.Object failed; the node goes on:"
                + " java.lang.NoClassDefFoundError: a listener's mistake", "a", "b"), told);
        assertEquals(1, faults.callbackFaults().get(0).count());
    }

    @Test
    void shouldCountAndDropWhatIsTooMuchForOneListenerOnly() {
        for (int i = 0; i < Notifier.MOST_WAITING + 3; i++) {
            tell(one, "a");
        }
        tell(other, "x");

        assertEquals(3, notifier.dropped());
        threads.forEach(Runnable::run);
        assertEquals(Notifier.MOST_WAITING + 1, told.size());
    }

    @Test
    void shouldCountWhatThereIsNoThreadFor() {
        boolean[] full = {true};
        Notifier busy = new Notifier(task -> {
            if (full[0]) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        }, (topic, properties) -> { }, faults);

        busy.tell(one, () -> told.add("a"));
        full[0] = false;
        busy.tell(one, () -> told.add("b"));

        assertEquals(1, busy.dropped());
        assertEquals(List.of("b"), told);
    }
}
