// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import java.util.Arrays;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.wire.Neighbourhood.Proof;

/**
 * How far a publisher's own messages came over its link, by priority: with numbers that leave no gap, and which ids
 * they had. Written by the link's I/O thread, read by any.
 */
public final class Level {

    /** Nothing came yet. */
    public static final long NONE = Run.NONE;

    private static final int PRIORITIES = Priority.values().length;

    private final Runnable onFull;
    private final Run[] runs = new Run[PRIORITIES];
    private final long[] before = new long[PRIORITIES];
    private volatile int gaps;
    private volatile boolean full;

    /**
     * Nothing came yet.
     *
     * @param onFull what came is to be told soon, or it will be too much for one fingerprint
     * @param room what its ids may take beyond the first few
     */
    public Level(Runnable onFull, Room.Share room) {
        this.onFull = onFull;
        Arrays.setAll(runs, priority -> new Run(room));
        Arrays.fill(before, NONE);
    }

    /**
     * A message came from its publisher, unasked for. The thread that reads the link.
     *
     * @param word first word of its id
     */
    public void came(Priority priority, long number, long word) {
        int at = priority.ordinal();
        Run run = runs[at];
        long known = run.last();
        if (number != known + 1 || known == NONE) {
            begin(at, run, known, number - 1);
        }
        if (run.add(number, word) && !full) {
            full = true;
            onFull.run();
        }
    }

    private void begin(int at, Run run, long known, long number) {
        if (known == NONE) {
            before[at] = number;
        } else {
            gaps++;
        }
        run.begin(number);
    }

    /** What came last is not here after all: a gap. The thread that reads the link. */
    public void missed(Priority priority) {
        Run run = runs[priority.ordinal()];
        gaps++;
        run.begin(run.last());
    }

    /** The link ended: the room is given back. Any thread, once. */
    public void end() {
        for (Run run : runs) {
            run.end();
        }
    }

    /** The last number that came; what the publisher said that the link begins with if none did. */
    public long last(int priority, long begin) {
        long known = runs[priority].last();
        return known == NONE ? begin : known;
    }

    /** Whether what came follows what the publisher said that the link begins with. */
    public boolean follows(int priority, long begin) {
        // Read behind the number, which is written last.
        return runs[priority].last() == NONE || before[priority] == begin;
    }

    /** How many gaps there were. */
    public int gaps() {
        return gaps;
    }

    /** Whether so much came since it was told last that it is to be told soon. */
    public boolean isFull() {
        return full;
    }

    Run run(int priority) {
        return runs[priority];
    }

    /**
     * What can be told of the ids up to these numbers.
     *
     * @param after a number for each priority behind which it is to begin, where it can
     */
    public Proof proof(long[] numbers, long[] after, Key key) {
        full = false;
        int[] counts = new int[PRIORITIES];
        long[] fingerprints = new long[PRIORITIES];
        for (int i = 0; i < PRIORITIES; i++) {
            int count = (int) Math.min(Math.max(0, numbers[i] - after[i]), runs[i].window(numbers[i]));
            long fingerprint = runs[i].told(numbers[i], count, key);
            counts[i] = fingerprint < 0 ? 0 : count;
            fingerprints[i] = Math.max(0, fingerprint);
        }
        return new Proof(counts, fingerprints);
    }
}
