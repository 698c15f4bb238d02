// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.util.function.BooleanSupplier;
import org.ippan.network.survey.record.RecordException;
import org.ippan.network.survey.record.RecordReader;
import org.ippan.network.survey.record.StatusRecord.Life;

/**
 * Which life of this node its records are of. A clock orders lives, and may go back between two of them; or another
 * node had the same key for a while. Others would ignore this node as long as they know a record of such a life, so a
 * life begins that is later than each that this node hears of. Safe for any thread.
 */
final class Lives {

    private Life life;

    Lives(long millis) {
        life = new Life(millis, 0, false);
    }

    /** What the next record is to say. */
    synchronized Life next(boolean leaving) {
        life = new Life(life.instance(), life.sequence() + 1, leaving);
        return life;
    }

    /** Whether no record of it was made yet. */
    synchronized boolean isNew() {
        return life.sequence() == 0;
    }

    /** Another life begins, by a clock, and in any case after the present one. */
    synchronized void begin(long millis) {
        life = new Life(Math.min(Math.max(millis, life.instance()), Long.MAX_VALUE - 1) + 1, 0, false);
    }

    private synchronized boolean isBefore(Life other) {
        return other.isAfter(life);
    }

    /**
     * Takes notice of a record in the name of this node.
     *
     * @param record as it came
     * @param networkTag of this network
     * @param mayCheck whether there is time for its signature
     * @throws RecordException if it breaks the format
     */
    void outlive(byte[] record, byte[] networkTag, BooleanSupplier mayCheck) throws RecordException {
        if (!RecordReader.isReadable(record)) {
            return;
        }
        Life other = RecordReader.read(record).life();
        if (isBefore(other) && mayCheck.getAsBoolean() && RecordReader.isGenuine(record, networkTag)) {
            begin(other.instance());
        }
    }
}
