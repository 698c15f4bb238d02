// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.SplittableRandom;
import org.ippan.network.testkit.ManualScheduler;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of two threads that mark one id, one is the first; one of them marks a batch. */
@JCStressTest
@Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "One was first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The message would be lost, or delivered twice.")
@State
public class MarkStress {

    private final Dedup dedup = new Dedup(new DedupSettings(16, 300), () -> 0, new ManualScheduler(),
            new SplittableRandom(1), early -> { });

    @Actor
    public void one(ZZ_Result result) {
        result.r1 = dedup.checkAndMark(1, 2, 3, 4);
    }

    @Actor
    public void another(ZZ_Result result) {
        boolean[] fresh = new boolean[1];
        dedup.checkAndMarkAll(new long[] {1, 2, 3, 4}, 1, fresh);
        result.r2 = fresh[0];
    }
}
