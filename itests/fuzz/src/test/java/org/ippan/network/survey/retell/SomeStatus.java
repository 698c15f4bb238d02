// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.retell;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;
import org.ippan.network.survey.record.RecordException;
import org.ippan.network.survey.record.RecordReader;
import org.ippan.network.survey.record.RecordWriter;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.ToldLink;
import org.ippan.network.testkit.TestIdentity;

/** Status records, alone and retold, for bytes that may be none. */
public final class SomeStatus {

    private static final TestIdentity ALICE = TestIdentity.of(1);
    private static final byte[] TAG = new byte[16];

    private SomeStatus() {
    }

    /** Reads a record. */
    public static void record(byte[] bytes) throws ProtocolException {
        try {
            RecordReader.read(bytes);
            RecordReader.isGenuine(bytes, TAG);
        } catch (RecordException e) {
            throw new ProtocolException(e.getMessage());
        }
    }

    /** Reads what a neighbour retells. */
    public static void retold(byte[] bytes) throws ProtocolException {
        for (Retold each : StatusCodec.read(ByteBuffer.wrap(bytes))) {
            record(each.record());
        }
    }

    /** A record with something of everything. */
    public static byte[] seed() {
        return RecordWriter.write(new StatusRecord(ALICE.id(), new StatusRecord.Life(7, 8, false), 10, 60,
                StatusRecord.Told.ALL, "paris", "1.0.0", List.of(new Finding("listener", Severity.FAIL,
                        "It does not listen.", "")), NodeNumbers.NONE,
                Collections.nCopies(40, new ToldLink(-5, 30, true, false, true)),
                List.of(new NodeTopic("news", 9, 2))), ALICE, TAG);
    }

    /** The same twice, as a neighbour retells it. */
    public static byte[] retoldSeed() {
        return StatusCodec.write(List.of(new Retold(1000, seed()), new Retold(2000, seed())));
    }
}
