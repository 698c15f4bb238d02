// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventListenersTest {

    private static final NetworkEvent EVENT = NetworkEvent.of(EventType.OVERLOAD_STARTED, "too much");

    private final List<String> failures = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<NetworkEvent> told = new ArrayList<>();
    private final EventListeners listeners =
            new EventListeners(log::add, (text, failure) -> failures.add(text + ": " + failure.getMessage()));

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
        assertEquals(List.of(true, true), failures.stream().map(text -> text.contains("OVERLOAD_STARTED")).toList());
        assertEquals(List.of(true, false), failures.stream().map(text -> text.endsWith(": a mistake")).toList());
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
}
