// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.survey.record.SampleRecords;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.StatusRecord.Life;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** What is kept of others, and how much of it. */
class RecordTableTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LENGTH = 400;

    private final RecordTable table = new RecordTable(new Random(1), 100);

    @Test
    void shouldIgnoreWhatIsNotNewer() {
        assertEquals(Optional.empty(), take(SampleRecords.of(Peers.bob(), 5), 0));

        assertEquals(Optional.of(IgnoreReason.OLD), take(SampleRecords.of(Peers.bob(), 5), 10));
        assertEquals(Optional.of(IgnoreReason.OLD), take(SampleRecords.of(Peers.bob(), 4), 20));
        assertEquals(Optional.empty(), take(SampleRecords.of(Peers.bob(), 6), 30));
    }

    @Test
    void shouldIgnoreWhatComesTooFastButForTheLastOfALife() {
        take(SampleRecords.of(Peers.bob(), 1), 0);

        assertEquals(Optional.of(IgnoreReason.TOO_FAST), take(SampleRecords.of(Peers.bob(), 2), 1));
        assertEquals(Optional.empty(), take(SampleRecords.leaving(Peers.bob(), 3), 1));
        assertEquals(Optional.of(IgnoreReason.OLD), take(SampleRecords.of(Peers.bob(), 4), 9));
    }

    @Test
    void shouldNotLetANodeEndOneLifeAfterTheOther() {
        take(SampleRecords.leaving(Peers.bob(), 1), 0);

        assertEquals(Optional.of(IgnoreReason.TOO_FAST), take(SampleRecords.of(Peers.bob(), new Life(2, 1, true), "",
                Severity.OK), 1));
        assertEquals(Optional.of(IgnoreReason.TOO_FAST), take(SampleRecords.of(Peers.bob(), new Life(2, 1, false), "",
                Severity.OK), 1));
        assertEquals(Optional.empty(), take(SampleRecords.of(Peers.bob(), new Life(2, 1, false), "", Severity.OK), 2));
        assertEquals(Optional.empty(), take(SampleRecords.of(Peers.bob(), new Life(2, 2, true), "", Severity.OK), 2));
    }

    @Test
    void shouldForgetWhatANodeSaidBeforeItTookANewerFormat() {
        take(SampleRecords.of(Peers.bob(), 1), 0);

        assertEquals(Optional.of(IgnoreReason.TOO_FAST), table.tooFast(Peers.bob(), SECOND));
        table.unreadable(Peers.bob(), 3 * SECOND);

        assertNull(table.find(Peers.bob().word0()).record);
        assertEquals(List.of(), table.records(Peers.bob(), 4 * SECOND));
        assertEquals(Optional.of(IgnoreReason.TOO_FAST), table.tooFast(Peers.bob(), 4 * SECOND));
        assertEquals(Optional.empty(), take(SampleRecords.of(Peers.bob(), 1), 9), "it went back to the older one");
    }

    /** It would not know otherwise that others take what it sends for old. */
    @Test
    void shouldRetellTheEndOfALifeToTheNodeItself() {
        take(SampleRecords.leaving(Peers.bob(), 1), 0);

        assertEquals(List.of(), table.records(Peers.carol(), SECOND));
        assertEquals(1, table.records(Peers.bob(), SECOND).size());
    }

    @Test
    void shouldIgnoreASecondKeyThatBeginsLikeAnotherOne() {
        take(SampleRecords.of(PeerId.of(1, 2, 3, 4), 1), 0);

        assertEquals(Optional.of(IgnoreReason.OLD), take(SampleRecords.of(PeerId.of(1, 9, 9, 9), 2), 10));
    }

    @Test
    void shouldStayBoundedUnder10000InventedNodesAndKeepLinkedOnesAndOwnPeers() {
        for (int i = 0; i < 50; i++) {
            take(SampleRecords.of(Peers.peer(i), 1), 0);
            table.find(Peers.peer(i).word0()).linked = true;
        }
        take(SampleRecords.of(Peers.bob(), 1), 0);
        table.ownPeers(Set.of(Peers.bob().word0()));

        for (int i = 1000; i < 11_000; i++) {
            take(SampleRecords.of(Peers.peer(i), 1), 1);
            assertTrue(table.size() <= 100, table.size() + " nodes");
        }

        assertNotNull(table.find(Peers.bob().word0()));
        for (int i = 0; i < 50; i++) {
            assertNotNull(table.find(Peers.peer(i).word0()), "a linked node gave way");
        }
    }

    @Test
    void shouldHaveNoRoomWhenAllAreOwnPeers() {
        RecordTable small = new RecordTable(new Random(1), 1);
        small.ownPeers(Set.of(Peers.bob().word0()));
        small.take(new RecordTable.Arrived(SampleRecords.of(Peers.bob(), 1), new byte[LENGTH], 0, 0));

        Optional<IgnoreReason> refusal =
                small.take(new RecordTable.Arrived(SampleRecords.of(Peers.carol(), 1), new byte[LENGTH], 0, 0));

        assertEquals(Optional.of(IgnoreReason.NO_ROOM), refusal);
        assertNull(small.find(Peers.carol().word0()));
    }

    @Test
    void shouldBoundMemoryToo() {
        RecordTable large = new RecordTable(new Random(1), 10_000);
        for (int i = 0; i < 10_000; i++) {
            large.take(new RecordTable.Arrived(SampleRecords.of(Peers.peer(i), 1), new byte[1024], 0, 0));
        }

        assertTrue(large.size() < 1000, large.size() + " records of 1024 bytes");
    }

    /** A liar could otherwise fill the table with short records, and make each of them longer. */
    @Test
    void shouldBoundMemoryWhenRecordsGrow() {
        RecordTable large = new RecordTable(new Random(1), 10_000);
        large.ownPeers(Set.of(Peers.peer(0).word0()));
        for (int sequence = 1; sequence <= 2; sequence++) {
            for (int i = 0; i < 2500; i++) {
                large.take(new RecordTable.Arrived(SampleRecords.of(Peers.peer(i), sequence),
                        new byte[sequence == 1 ? 170 : 1024], sequence * 3 * SECOND, sequence * 3 * SECOND));
            }
        }

        assertTrue(large.size() < 1000, large.size() + " records of 1024 bytes");
        assertEquals(1024, large.find(Peers.peer(0).word0()).signed.length);
    }

    @Test
    void shouldForgetWhatIsBeyondALowerBound() {
        for (int i = 0; i < 100; i++) {
            take(SampleRecords.of(Peers.peer(i), 1), 0);
        }

        assertEquals(90, table.resize(10));
        assertEquals(10, table.size());
    }

    private Optional<IgnoreReason> take(StatusRecord record, long seconds) {
        return table.take(new RecordTable.Arrived(record, new byte[LENGTH], seconds * SECOND, seconds * SECOND));
    }
}
