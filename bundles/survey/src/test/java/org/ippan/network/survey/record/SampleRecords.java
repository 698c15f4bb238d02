// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

import java.util.List;
import java.util.stream.LongStream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;

/** Records of which a test states only what it is about. */
public final class SampleRecords {

    public static final int INTERVAL = 10;

    private SampleRecords() {
    }

    /** A record that is well, with links to these nodes. */
    public static StatusRecord of(PeerId id, long sequence, PeerId... links) {
        return of(id, new StatusRecord.Life(1, sequence, false), "", Severity.OK, links);
    }

    /** A record that says the node stops. */
    public static StatusRecord leaving(PeerId id, long sequence) {
        return of(id, new StatusRecord.Life(1, sequence, true), "", Severity.OK);
    }

    /** A record with a name and a word on how the node fares. */
    public static StatusRecord of(PeerId id, StatusRecord.Life life, String name, Severity severity,
            PeerId... links) {
        List<Finding> findings = severity == Severity.OK ? List.of()
                : List.of(new Finding("listener", severity, "It does not listen.", ""));
        return new StatusRecord(id, life, INTERVAL, 60, StatusRecord.Told.ALL, name, "1.0.0", findings,
                NodeNumbers.NONE, List.of(links).stream()
                        .map(link -> new ToldLink(link.word0(), 3, true, true, false)).toList(), List.of());
    }

    /** As much of everything as a node may have. */
    public static StatusRecord largest(PeerId id) {
        return new StatusRecord(id, new StatusRecord.Life(Long.MAX_VALUE, 0xFFFF_FFFFL, false), 600, 0xFFFF_FFFFL,
                StatusRecord.Told.ALL, "n".repeat(32), "v".repeat(24),
                LongStream.range(0, 4).mapToObj(i -> new Finding("c".repeat(32), Severity.FAIL, "t".repeat(80), ""))
                        .toList(),
                new NodeNumbers(0xFFFF_FFFFL, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
                LongStream.range(0, 160).mapToObj(i -> new ToldLink(i << 48, 65_535, true, false, true)).toList(),
                LongStream.range(0, 8).mapToObj(i -> new NodeTopic("x".repeat(64), 1, 2)).toList());
    }
}
