// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.Village.House;
import org.ippan.network.survey.record.RecordFormat;
import org.ippan.network.survey.record.RecordWriter;
import org.ippan.network.survey.record.SampleRecords;
import org.ippan.network.survey.record.StatusRecord.Life;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** Which records a survey believes, passes on and counts. */
class HeardRecordsTest {

    private final Village village = Village.ring(5, 2, Map.of());
    private final House first = village.houses.get(0);
    private final House last = village.houses.get(4);

    @Test
    void shouldIgnoreWhatIsForgedOldTooFastOrInItsOwnName() {
        village.pass(25);
        TestIdentity stranger = TestIdentity.of(77);
        byte[] genuine = RecordWriter.write(SampleRecords.of(stranger.id(), 1), stranger, Village.TAG);
        byte[] forged = genuine.clone();
        forged[60] ^= 1;
        byte[] own = RecordWriter.write(SampleRecords.of(first.identity.id(), 1), first.identity, Village.TAG);
        byte[] fast = RecordWriter.write(SampleRecords.of(stranger.id(), 2), stranger, Village.TAG);

        assertEquals(Verdict.IGNORE, hear(forged));
        assertEquals(Verdict.ACCEPT, hear(genuine));
        assertEquals(Verdict.IGNORE, hear(genuine));
        assertEquals(Verdict.IGNORE, hear(fast));
        assertEquals(Verdict.IGNORE, hear(own));
        assertEquals(Verdict.IGNORE, hear(new byte[3]));
        assertEquals(Verdict.IGNORE, hear(new byte[RecordFormat.MAX_LENGTH + 1]));

        NetworkSnapshot counted = first.survey.snapshot();
        assertEquals(Map.of(IgnoreReason.FORGED, 1L, IgnoreReason.OLD, 1L, IgnoreReason.TOO_FAST, 1L, IgnoreReason.OWN,
                1L, IgnoreReason.MALFORMED, 2L, IgnoreReason.NEWER_FORMAT, 0L, IgnoreReason.NO_ROOM, 0L,
                IgnoreReason.EVICTED, 0L, IgnoreReason.UNCHECKED, 0L), counted.recordsIgnored());
    }

    @Test
    void shouldNotLetARelayMakeANodeLookStaleByTheAgeItStates() {
        village.pass(25);
        byte[] record = RecordWriter.write(SampleRecords.of(last.identity.id(), new Life(Long.MAX_VALUE, 1, false), "",
                Severity.OK, village.houses.stream().map(house -> house.identity.id()).toArray(PeerId[]::new)),
                last.identity, Village.TAG);

        assertEquals(Verdict.ACCEPT, first.survey.validate(new Heard(record, Duration.ofMinutes(9))));
        village.pass(10);

        assertEquals(NodeState.OK, first.state(last));
    }

    @Test
    void shouldPassOnGenuineRecordsOfANewerFormat() {
        village.pass(5);
        TestIdentity newer = TestIdentity.of(78);
        byte[] record = RecordWriter.write(SampleRecords.of(newer.id(), 1), newer, Village.TAG);
        record[0] = 9;
        assertEquals(Verdict.IGNORE, hear(record), "the signature is of another format");

        byte[] signed = new byte[200];
        signed[0] = 9;
        System.arraycopy(newer.publicKey(), 0, signed, 2, 32);
        System.arraycopy(newer.sign(signedPart(signed)), 0, signed, 136, 64);

        assertEquals(Verdict.ACCEPT, hear(signed));
        assertEquals(1, first.survey.snapshot().recordsIgnored().get(IgnoreReason.NEWER_FORMAT));
        assertEquals(Verdict.IGNORE, hear(signed), "it comes too fast");
        assertEquals(1, first.survey.snapshot().recordsIgnored().get(IgnoreReason.TOO_FAST));
    }

    private static byte[] signedPart(byte[] record) {
        byte[] purpose = "ippan-status/1".getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[purpose.length + Village.TAG.length + record.length - 64];
        System.arraycopy(purpose, 0, all, 0, purpose.length);
        System.arraycopy(record, 0, all, purpose.length + Village.TAG.length, record.length - 64);
        return all;
    }

    private Verdict hear(byte[] record) {
        return first.survey.validate(new Heard(record, Duration.ZERO));
    }
}
