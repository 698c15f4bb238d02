// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.ippan.network.api.state.RecordFile;
import org.ippan.network.reputation.saved.SavedBan;
import org.ippan.network.reputation.saved.SavedPeer;
import org.ippan.network.reputation.saved.ScoreFile;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** The format of the file, and hostile contents. */
class ScoreFileTest {

    private final ScoreFile file = new ScoreFile(1_772_366_400_000L, 77,
            List.of(new SavedPeer(Peers.alice(), -1000, true, true, Long.MAX_VALUE, 2, 3, -4, 5),
                    new SavedPeer(Peers.bob(), 1000, false, false, 0, 0, 0, 0, 0)),
            List.of(new SavedBan(Peers.carol(), 9, SavedBan.FOR_EVER, "\u00fcber"),
                    new SavedBan(Peers.bob(), 8, 7, "")));

    private static final int TIME_BODY_AT = "ippan-scores/2\n".length() + 3;

    @Test
    void shouldReadWhatItWrote() {
        ScoreFile.Read read = ScoreFile.decode(file.encode());

        assertEquals(file, read.file());
        assertFalse(read.outcome().damaged());
    }

    @Test
    void shouldKeepEveryRecordThatNoFlippedBitHits() {
        byte[] bytes = file.encode();

        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            ScoreFile.Read read = ScoreFile.decode(flipped);
            assertTrue(read.outcome().damaged(), "bit " + bit);
            assertTrue(file.peers().containsAll(read.file().peers()) && file.bans().containsAll(read.file().bans()));
            assertTrue(read.file().peers().size() + read.file().bans().size() >= 3, "bit " + bit);
        }
    }

    @Test
    void shouldLengthenNoTimeButKeepBansWhereTheMomentOfSavingIsLost() {
        byte[] bytes = file.encode();
        bytes[TIME_BODY_AT]++;

        ScoreFile read = ScoreFile.decode(bytes).file();

        assertEquals(file.bans(), read.bans());
        assertEquals(Long.MAX_VALUE, read.savedMillis());
    }

    @Test
    void shouldTakeNoRecordThatMakesNoSense() {
        RecordFile hostile = new RecordFile("ippan-scores/2");
        byte[] peer = new byte[59];
        ByteBuffer.wrap(peer).putShort(32, (short) 1001);
        hostile.add('P', peer);
        hostile.add('P', new byte[3]);
        hostile.add('T', ByteBuffer.allocate(16).putLong(-1).array());
        hostile.add('Q', new byte[3]);

        ScoreFile.Read read = ScoreFile.decode(hostile.finish());

        assertEquals(0, read.outcome().whole());
        assertEquals(List.of(), read.file().peers());
    }
}
