// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on manual time, compared with a map that forgets nothing and says what must and what may be. */
class DedupModelTest {

    private static final int OPERATIONS = 20_000;

    /** When an id came, and the windows that were in force since. */
    private static final class Mark {

        private final long at;
        private final long order;
        private long shortest;
        private long longest;

        Mark(long at, long order, long window) {
            this.at = at;
            this.order = order;
            this.shortest = window;
            this.longest = window;
        }
    }

    private final Map<Long, Mark> model = new LinkedHashMap<>();
    private Random random;
    private Dedups node;
    private int capacity;
    private long window;
    private long marked;
    private long firstKept;
    private String what;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldDoAsTheModelDoes(long seed) {
        random = new Random(seed);
        capacity = 1 + random.nextInt(5_000);
        window = Duration.ofSeconds(1 + random.nextInt(600)).toNanos();
        node = new Dedups(capacity, (int) Duration.ofNanos(window).toSeconds(), seed);

        for (int step = 0; step < OPERATIONS; step++) {
            what = "seed " + seed + ", step " + step;
            step();

            assertTrue(node.dedup.size() <= capacity, what);
        }
        assertEquals(marked, node.dedup.snapshot().checks() - node.dedup.snapshot().hits(), what);
    }

    private void step() {
        int dice = random.nextInt(1_000);
        if (dice < 2) {
            changeCapacity();
        } else if (dice < 4) {
            changeWindow();
        } else if (dice == 4 && random.nextInt(4) == 0) {
            node.dedup.clear();
            model.clear();
        } else if (dice < 60) {
            node.time.advance(Duration.ofNanos((long) (random.nextDouble() * window / 8)));
        } else if (dice < 100) {
            burst();
        } else if (dice < 500) {
            mark(some());
        } else {
            look(some());
        }
    }

    private void changeCapacity() {
        int before = capacity;
        capacity = 1 + random.nextInt(random.nextBoolean() ? 50 : 20_000);
        firstKept = Math.max(firstKept, marked - Math.min(before, capacity));
        apply();
    }

    private void changeWindow() {
        window = Duration.ofSeconds(1 + random.nextInt(random.nextBoolean() ? 5 : 1_000)).toNanos();
        for (Mark mark : model.values()) {
            mark.shortest = Math.min(mark.shortest, window);
            mark.longest = Math.max(mark.longest, window);
        }
        apply();
    }

    private void apply() {
        node.dedup.apply(new DedupSettings(capacity, (int) Duration.ofNanos(window).toSeconds()));
        if (random.nextBoolean()) {
            node.time.runDue();
        }
    }

    private void burst() {
        for (int i = random.nextInt(300); i > 0; i--) {
            mark(random.nextLong());
        }
    }

    /** An id that came lately, or long ago, or never. */
    private long some() {
        return random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(3_000);
    }

    private void mark(long number) {
        boolean fresh = node.mark(number);

        check(number, !fresh);
        if (fresh) {
            model.remove(number);
            model.put(number, new Mark(node.time.nanos(), marked, window));
            marked++;
        }
        assertTrue(node.seen(number), what);
    }

    private void look(long number) {
        check(number, node.seen(number));
    }

    private void check(long number, boolean seen) {
        Mark mark = model.get(number);
        if (mark == null || mark.order < Math.max(firstKept, marked - capacity)) {
            assertFalse(seen, what + ": not remembered");
            return;
        }
        long age = node.time.nanos() - mark.at;
        if (age < mark.shortest) {
            assertTrue(seen, what + ": still in the window");
        } else if (age >= mark.longest + mark.longest / 8) {
            assertFalse(seen, what + ": longer than an eighth after the window");
        }
    }
}
