// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ippan.network.api.callback.CallbackFaults;
import org.junit.jupiter.api.Test;

class EventListenersTest {

    private static final NetworkEvent EVENT = NetworkEvent.of(EventType.OVERLOAD_STARTED, "too much");

    private final List<String> failures = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<NetworkEvent> told = new ArrayList<>();
    private Consumer<Runnable> executor = Runnable::run;
    private final EventListeners listeners =
            new EventListeners(log::add, new CallbackFaults(() -> 0, (text, failure) -> failures.add(text)),
                    task -> executor.accept(task));

    @Test
    void shouldTellTheOthersWhenOneThrows() {
        listeners.add(event -> {
            throw new IllegalStateException("a mistake");
        });
        listeners.add(event -> {
            throw new NoClassDefFoundError("an update");
        });
        listeners.add(told::add);

        listeners.accept(EVENT);

        assertEquals(List.of(EVENT), told);
        assertEquals(List.of("too much"), log);
        assertEquals(2, failures.size());
        assertTrue(failures.get(0).endsWith("IllegalStateException: a mistake"), failures.get(0));
        assertTrue(failures.get(1).endsWith("NoClassDefFoundError: an update"), failures.get(1));
    }

    @Test
    void shouldTellNobodyWhoIsGone() {
        NetworkEventListener listener = told::add;
        listeners.add(listener);
        listeners.accept(EVENT);

        listeners.remove(listener);
        listeners.accept(EVENT);

        assertEquals(1, told.size());
    }

    @Test
    void shouldNotWaitForAListenerThatHangsAndBoundWhatItIsOwed() {
        List<Runnable> threads = new ArrayList<>();
        executor = threads::add;
        listeners.add(event -> { });
        listeners.add(told::add);

        for (int i = 0; i < EventListeners.MAX_WAITING + 3; i++) {
            listeners.accept(EVENT);
        }
        int started = threads.size();
        threads.get(1).run();

        assertEquals(2, started);
        assertEquals(EventListeners.MAX_WAITING, told.size());
        assertTrue(failures.get(0).contains("is too slow"), failures.toString());
    }
}
