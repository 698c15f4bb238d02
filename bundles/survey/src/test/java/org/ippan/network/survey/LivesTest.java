// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.ippan.network.api.doctor.Severity;
import org.ippan.network.survey.record.RecordException;
import org.ippan.network.survey.record.RecordWriter;
import org.ippan.network.survey.record.SampleRecords;
import org.ippan.network.survey.record.StatusRecord.Life;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class LivesTest {

    private final TestIdentity self = TestIdentity.of(1);
    private final Lives lives = new Lives(1000);

    private byte[] record(Life life) {
        return RecordWriter.write(SampleRecords.of(self.id(), life, "", Severity.OK), self, Village.TAG);
    }

    @Test
    void shouldBeginALifeAfterEachThatItHearsOf() throws RecordException {
        lives.next(false);

        lives.outlive(record(new Life(5000, 7, true)), Village.TAG, () -> true);

        assertTrue(lives.isNew());
        assertTrue(lives.next(false).isAfter(new Life(5000, 7, true)));
    }

    @Test
    void shouldGoOnWhenItHearsOfItselfAndOfWhatWasBefore() throws RecordException {
        Life present = lives.next(false);

        for (Life known : new Life[] {present, new Life(999, 70, true), new Life(1000, 0, false)}) {
            lives.outlive(record(known), Village.TAG, () -> fail("there is nothing to check"));
        }

        assertFalse(lives.isNew());
        assertEquals(new Life(1000, 2, false), lives.next(false));
    }

    @Test
    void shouldNotBelieveForgedRecordsNorThoseThereIsNoTimeFor() throws RecordException {
        lives.next(false);
        byte[] later = record(new Life(5000, 7, true));
        byte[] forged = later.clone();
        forged[forged.length - 1] ^= 1;

        lives.outlive(forged, Village.TAG, () -> true);
        lives.outlive(later, Village.TAG, () -> false);

        assertEquals(new Life(1000, 2, false), lives.next(false));
    }

    @Test
    void shouldStayAfterTheLatestThereCanBe() throws RecordException {
        lives.outlive(record(new Life(Long.MAX_VALUE, 7, true)), Village.TAG, () -> true);

        assertEquals(Long.MAX_VALUE, lives.next(false).instance());
    }
}
