// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader that believes what it read saw all of a change or nothing of it. */
@JCStressTest
@Outcome(id = {"0, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "All or nothing.")
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "Not believed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half of a change was believed.")
@State
public class VersionWordStress {

    private final VersionWord word = new VersionWord();
    private int first;
    private int second;

    @Actor
    public void change() {
        word.take();
        first = 1;
        second = 1;
        word.release();
    }

    @Actor
    public void read(II_Result result) {
        long seen = word.read();
        result.r1 = first;
        result.r2 = second;
        if (!word.same(seen)) {
            result.r1 = -1;
            result.r2 = -1;
        }
    }
}
