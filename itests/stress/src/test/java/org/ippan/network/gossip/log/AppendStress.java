// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.nio.ByteBuffer;
import org.ippan.network.api.transport.FrameType;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A cursor sees an entry whole, id and bytes, or does not see it yet. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Not there yet.")
@Outcome(id = "7, 7", expect = Expect.ACCEPTABLE, desc = "All of it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half of an entry.")
@State
public class AppendStress {

    private static final int LENGTH = 64;

    private final LogSpace space = new LogSpace(() -> 0, 1024);
    private final SourceLog log = space.log("link", 1);
    private final Cursor cursor = log.read(any -> true);

    public AppendStress() {
        space.limit(1 << 20);
    }

    @Actor
    public void append() {
        Draft draft = new Draft();
        draft.id(7, 2, 3, 4);
        draft.body(ByteBuffer.allocate(LENGTH).putInt(4, 7), 1);
        draft.note(1, 0, 0);
        log.append(draft);
    }

    @Actor
    public void read(II_Result result) {
        Segment segment = cursor.pin();
        if (segment != null) {
            result.r1 = (int) segment.word(cursor.at(), 0);
            result.r2 = ByteBuffer.wrap(segment.data())
                    .getInt(segment.offset(cursor.at()) + FrameType.HEADER_LENGTH + 4);
            cursor.pass(segment, cursor.at() + 1);
            segment.unpin();
        }
    }
}
