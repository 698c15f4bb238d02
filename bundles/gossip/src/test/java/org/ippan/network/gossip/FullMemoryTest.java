// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.Priority;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of logs is full in every way there is, for a moment in which a link takes nothing: nothing is lost. */
class FullMemoryTest {

    private static final int KIB = 1024;
    private static final int STEPS = 40;

    private final ManualScheduler time = new ManualScheduler();
    private List<FakeNode> nodes = List.of();
    private int published;

    /** A node whose logs may have so much, in segments of at most this length. */
    private FakeNode node(int number, int cacheBytes, int segmentBytes) {
        FakeNode node = new FakeNode(time, number, Map.of("maxMessageBytes", 64 * KIB, "cacheBytes", cacheBytes));
        node.segmentBytes = segmentBytes;
        node.restart();
        node.listen(message -> node.received.add(FakeNode.text(message)));
        return node;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 4 * KIB, 60 * KIB})
    void shouldLoseNothing(int length) {
        shouldLoseNothing(length, 4 * KIB * KIB, FakeNode.SEGMENT);
    }

    /** Segments as nodes with more memory have them would be more than it. */
    @ParameterizedTest
    @ValueSource(ints = {30, 200, 4 * KIB})
    void shouldLoseNothingWithLittleMemory(int length) {
        shouldLoseNothing(length, KIB * KIB / 2, 64 * KIB);
    }

    /** All publish in all priorities, and a listener of the middle answers with more. */
    private void shouldLoseNothing(int length, int cacheBytes, int segmentBytes) {
        nodes = Stream.of(1, 2, 3, 4).map(number -> node(number, cacheBytes, segmentBytes)).toList();
        FakeNode middle = nodes.get(0);
        FakeNode last = nodes.get(3);
        FakeLink link = middle.connect(last);
        middle.connect(nodes.get(1));
        middle.connect(nodes.get(2));
        middle.listen(message -> {
            for (int i = 0; i < 8; i++) {
                publish(middle, length);
            }
        });
        link.stick(true);

        for (int i = 0; i < STEPS; i++) {
            nodes.subList(0, 3).forEach(node -> {
                int accepted = -1;
                while (accepted != published) {
                    accepted = published;
                    publish(node, length);
                }
            });
            time.advance(Duration.ofMillis(20));
        }
        long held = middle.snapshot().cachedBytes();
        link.stick(false);
        time.advance(Duration.ofSeconds(10));

        assertTrue(held > cacheBytes / 2, held + " bytes");
        assertEquals(0, middle.snapshot().overrun());
        assertEquals(published, last.received.size());
    }

    /** One of each priority, as far as there is room. */
    private void publish(FakeNode node, int length) {
        for (Priority priority : Priority.values()) {
            String text = published + " " + "x".repeat(length);
            published += node.core.publish(FakeNode.message(text).withPriority(priority)).accepted() ? 1 : 0;
        }
    }
}
