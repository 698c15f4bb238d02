// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each log has a last segment that stays: of the logs of many links these must not be more than the memory. */
class ManyLogsTest extends LogFixture {

    private static final int MANY = 180;
    private static final int KIB = 1024;
    private static final int LONG = 512 * KIB;
    /** Nine eighths, and as much again for what is waited for. */
    private static final long MOST = 8L * KIB * KIB / 8 * 17;

    private final LogSpace small = new LogSpace(time, 64 * KIB);

    ManyLogsTest() {
        small.limit(8L * KIB * KIB);
    }

    private SourceLog waitedFor(boolean givesWay) {
        SourceLog one = small.log("link", 1, givesWay);
        one.read(cursor -> true);
        return one;
    }

    private List<SourceLog> strangers(int length) {
        List<SourceLog> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            SourceLog one = waitedFor(true);
            append(one, i, length);
            all.add(one);
        }
        return all;
    }

    @Test
    void shouldLetLongMessagesOfManyLinksGoThoughTheyAreWaitedFor() {
        strangers(LONG);

        assertTrue(small.bytes() <= MOST, small.bytes() + " bytes");
        assertTrue(small.evictedEarly() > MANY / 2);
    }

    @Test
    void shouldLetThoseOfStrangersGoFirstAndNeverItsOwn() {
        SourceLog own = small.log(null, 1);
        own.read(cursor -> true);
        append(own, 1, LONG);
        SourceLog member = waitedFor(false);
        append(member, 1, LONG);
        strangers(LONG);
        boolean kept = !member.isEmpty();

        for (int i = 0; i < MANY; i++) {
            append(waitedFor(false), i, LONG);
        }

        assertTrue(kept);
        assertTrue(member.isEmpty());
        assertFalse(own.isEmpty());
        assertTrue(small.bytes() <= MOST, small.bytes() + " bytes");
    }

    @Test
    void shouldBeginShorterSegmentsTheMoreLogsThereAre() {
        strangers(100);
        long bytes = small.bytes();
        append(small.log("one more", 1), 1, 100);

        assertTrue(bytes <= MOST / 2, bytes + " bytes");
        assertEquals(new SegmentArrays(8 * KIB).size(), small.bytes() - bytes);
    }

    /** Segments are as long again once there are few logs. */
    @Test
    void shouldBeginLongSegmentsWhereLogsRest() {
        for (SourceLog each : strangers(100)) {
            each.rest(each.head());
        }
        long bytes = small.bytes();
        append(small.log("one more", 1), 1, 100);

        assertEquals(new SegmentArrays(64 * KIB).size(), small.bytes() - bytes);
    }
}
