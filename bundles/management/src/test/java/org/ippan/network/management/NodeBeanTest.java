// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of decisions, and by what it filters them. */
class NodeBeanTest {

    private final CallbackFaults faults = new CallbackFaults(() -> 0, (line, trace) -> { });
    private final List<String> got = new ArrayList<>();
    private final NotificationListener listener = (told, handback) -> got.add(told.getMessage() + handback);
    private NodeBean node;

    @BeforeEach
    void start() throws Exception {
        node = new NodeBean(new ObjectName("a:type=Node"), () -> null,
                new Notifier(Runnable::run, (topic, properties) -> { }, faults));
    }

    private void send(String text) {
        node.send(NetworkEvent.of(EventType.OVERLOAD_STARTED, text), 0);
    }

    @Test
    void shouldTellTheOthersThoughAFilterEndsInAnErrorAndNameItsListener() throws Exception {
        NotificationListener first = (told, handback) -> got.add("first");
        node.addNotificationListener(first, told -> {
            throw new NoClassDefFoundError("com/example/Gone");
        }, null);
        node.addNotificationListener(listener, null, " two");

        send("overload");

        assertEquals(List.of("overload two"), got);
        assertEquals(List.of("java.lang.NoClassDefFoundError: com/example/Gone"),
                faults.callbackFaults().stream().map(CallbackFault::detail).toList());
        node.removeNotificationListener(first);
        assertEquals(List.of(), faults.callbackFaults());
    }

    @Test
    void shouldTellEachRegistrationWhatItWantsUntilItIsTakenBack() throws Exception {
        NotificationFilter long5 = told -> told.getMessage().length() == 5;
        node.addNotificationListener(listener, long5, 1);
        node.addNotificationListener(listener, null, 2);
        send("a");
        send("abcde");
        assertEquals(List.of("a2", "abcde1", "abcde2"), got);

        node.removeNotificationListener(listener, null, 2);
        assertThrows(ListenerNotFoundException.class, () -> node.removeNotificationListener(listener, null, 2));
        send("a");
        assertEquals(3, got.size());
        node.removeNotificationListener(listener);
        assertThrows(ListenerNotFoundException.class, () -> node.removeNotificationListener(listener));
        assertThrows(IllegalArgumentException.class, () -> node.addNotificationListener(null, null, null));
    }
}
