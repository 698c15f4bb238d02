// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.NetworkChanges;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;
import org.ippan.network.survey.record.RecordException;
import org.ippan.network.survey.record.RecordReader;
import org.ippan.network.survey.record.RecordWriter;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.ToldLink;
import org.ippan.network.survey.trace.Forgery;
import org.ippan.network.testkit.TestIdentity;
import org.ippan.network.testkit.leak.LiveHeap;
import org.junit.jupiter.api.Test;

/** What a network of a thousand nodes costs one of them in memory, and what is told of it while nothing happens. */
class FootprintTest {

    private static final int NODES = 1000;
    private static final int LINKS = 16;
    private static final long MOST_BYTES = 6L << 20;
    private static final byte[] TAG = new byte[16];

    /** Records as they come: node n is linked to the 8 before and the 8 after it, every tenth has a finding. */
    private static List<byte[]> records() {
        List<TestIdentity> nodes = IntStream.range(0, NODES).mapToObj(Forgery::stranger).toList();
        List<byte[]> records = new ArrayList<>();
        for (int n = 0; n < NODES; n++) {
            int node = n;
            List<ToldLink> links = IntStream.rangeClosed(-LINKS / 2, LINKS / 2).filter(step -> step != 0)
                    .mapToObj(step -> new ToldLink(nodes.get(Math.floorMod(node + step, NODES)).id().word0(), 30,
                            step > 0, step == 1, false)).toList();
            records.add(RecordWriter.write(new StatusRecord(nodes.get(n).id(), new StatusRecord.Life(1, 1, false), 244,
                    60, StatusRecord.Told.ALL, "node-" + n, "1.0.0", n % 10 == 9 ? List.of(new Finding("backlog",
                            Severity.WARN, "The listener com.example.LedgerWriter of ledger is slow.", "")) : List.of(),
                    NodeNumbers.NONE, links, List.of(new NodeTopic("ledger", 388, 1), new NodeTopic("news", 21, 2))),
                    nodes.get(n), TAG));
        }
        return records;
    }

    private static StatusRecord take(RecordTable table, List<byte[]> records) throws RecordException {
        for (byte[] bytes : records.subList(1, NODES)) {
            table.take(new RecordTable.Arrived(RecordReader.read(bytes), bytes.clone(), 0, 0));
        }
        return RecordReader.read(records.get(0));
    }

    @Test
    void shouldCostAtMost6MiBOfHeapForAThousandNodes() throws RecordException {
        List<byte[]> records = records();
        long before = LiveHeap.bytes();

        RecordTable table = new RecordTable(new Random(1), 2000);
        Picture picture = new Picture(table, 0, 1);
        StatusRecord own = take(table, records);
        View first = picture.look(own, 0, 2000, TimeUnit.SECONDS.toNanos(1));
        // While the next view is made, clients still read the one before.
        View next = picture.look(own, 0, 2000, TimeUnit.SECONDS.toNanos(2));
        long bytes = LiveHeap.bytes() - before;

        assertEquals(NODES, next.nodes().size());
        System.out.println("1000 nodes of " + LINKS + " links and records of " + records.get(0).length + " bytes: "
                + bytes / 1024 + " KiB of heap");
        assertTrue(bytes > 0 && bytes <= MOST_BYTES, bytes + " bytes");
        Reference.reachabilityFence(List.of(table, picture, own, first, records));
    }

    @Test
    void shouldTellNothingAnewWhileNothingHappens() throws RecordException {
        RecordTable table = new RecordTable(new Random(1), 2000);
        Picture picture = new Picture(table, 0, 1);
        StatusRecord own = take(table, records());
        long revision = picture.look(own, 0, 2000, TimeUnit.SECONDS.toNanos(1)).revision();

        NetworkChanges idle = picture.look(own, 0, 2000, TimeUnit.SECONDS.toNanos(60)).changes(revision);

        assertEquals(List.of(), idle.nodes());
        assertTrue(idle.removed().isEmpty() && !idle.whole());
    }
}
