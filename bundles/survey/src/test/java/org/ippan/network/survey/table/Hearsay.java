// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NodeLink;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.record.SampleRecords;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.record.StatusRecord.Life;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;

/** What one node, alice, hears of a chain: alice - bob - carol. */
class Hearsay {

    static final PeerId ALICE = Peers.alice();
    static final PeerId BOB = Peers.bob();
    static final PeerId CAROL = Peers.carol();
    static final PeerId DAVE = Peers.peer(4);
    static final PeerId LIAR = Peers.peer(5);
    static final long FIRST = 1000;

    final RecordTable table = new RecordTable(new Random(1), 5000);
    private final Picture picture = new Picture(table, 0, FIRST);
    private final Map<PeerId, Long> sequences = new HashMap<>();
    long now = TimeUnit.HOURS.toNanos(1);
    StatusRecord own = SampleRecords.of(ALICE, 0, BOB);

    /** alice - bob - carol, in a chain. */
    @BeforeEach
    void hear() {
        tell(BOB, ALICE, CAROL);
        tell(CAROL, BOB);
    }

    void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    StatusRecord record(PeerId id, String name, Severity severity, PeerId... links) {
        return SampleRecords.of(id, new Life(1, sequences.merge(id, 1L, Long::sum), false), name, severity, links);
    }

    void tell(PeerId id, PeerId... links) {
        tell(record(id, "", Severity.OK, links));
    }

    void tell(StatusRecord record) {
        table.take(new RecordTable.Arrived(record, new byte[200], now, now));
    }

    View look() {
        return picture.look(own, now, 5000, now);
    }

    static NetworkNode node(View view, PeerId id) {
        return view.nodes().stream().filter(node -> node.id().equals(id.toString().substring(0, 16))).findFirst()
                .orElseThrow();
    }

    static NodeState state(View view, PeerId id) {
        return node(view, id).state();
    }

    static NodeLink link(View view, PeerId from, PeerId to) {
        return node(view, from).links().stream().filter(link -> link.to() == node(view, to).key()).findFirst()
                .orElseThrow();
    }
}
