// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.Test;

/** In which order a link writes what waits. */
class OutboundTurnsTest extends PulledByHand {

    /** Bytes that each priority has of so many fills while there is always something of all of these. */
    private long[] fills(int count, Priority... priorities) {
        long[] bytes = new long[3];
        for (int i = 0; i < count; i++) {
            for (Priority priority : priorities) {
                node.core.publish(FakeNode.message(priority + "" + time.nanos() + "x".repeat(2 * KIB))
                        .withPriority(priority));
            }
            FakeTarget target = fill(link, 2 * KIB, FrameClass.LOW);
            bytes[last.frameClass().ordinal() - 1] += target.length();
            last.taken();
            settle();
            time.advance(Duration.ofNanos(1));
        }
        return bytes;
    }

    @Test
    void shouldWriteTheMoreUrgentFirstAndNothingBelowTheLowestClass() {
        publish(Priority.LOW, "low");
        publish(Priority.NORMAL, "normal");
        publish(Priority.HIGH, "high");

        List<String> order = new ArrayList<>();
        for (FrameClass lowest : List.of(FrameClass.HIGH, FrameClass.HIGH, FrameClass.NORMAL, FrameClass.NORMAL,
                FrameClass.LOW)) {
            fill(link, 64 * KIB, lowest).frames().forEach(frame -> order.add(frame.text() + " " + last.frameClass()));
            order.add(lowest.name());
        }

        assertEquals(List.of("high HIGH", "HIGH", "HIGH", "normal NORMAL", "NORMAL", "NORMAL", "low LOW", "LOW"),
                order);
    }

    /** 64 KiB to 16 KiB. */
    @Test
    void shouldLeaveEachItsPartWhileMoreUrgentMessagesNeverEnd() {
        long[] bytes = fills(3000, Priority.values());

        long all = bytes[0] + bytes[1] + bytes[2];
        assertEquals(0.8, (double) bytes[0] / all, 0.02);
        assertEquals(0.16, (double) bytes[1] / all, 0.02);
        assertEquals(0.04, (double) bytes[2] / all, 0.02);
    }

    @Test
    void shouldNotHavePrioritiesPayForWhatTheyTookAlone() {
        fills(1000, Priority.HIGH);
        node.core.publish(FakeNode.message("waits").withPriority(Priority.HIGH));

        long[] bytes = fills(100, Priority.HIGH, Priority.NORMAL);

        assertEquals(0.8, (double) bytes[0] / (bytes[0] + bytes[1]), 0.1);
    }

    @Test
    void shouldTakeTurnsBetweenTheLogsOfOnePriority() {
        FakeLink third = stuck(new FakeNode(time, 3));
        for (int i = 0; i < 50; i++) {
            node.publish("mine" + i);
            third.give(FrameType.GOSSIP, 0, body(0, 0, 7, bytes("their" + (10 + i))));
        }
        int mine = 0;
        for (int i = 0; i < 10; i++) {
            mine += pull(100).get(0).startsWith("mine") ? 1 : 0;
        }

        assertEquals(5, mine);
    }
}
