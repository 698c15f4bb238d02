// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.testkit.ManualScheduler;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** An offence that two threads record counts twice, and bans once; no point is lost. */
@JCStressTest
@Outcome(id = "-40, true", expect = Expect.ACCEPTABLE, desc = "Both count.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A point was lost, or the ban.")
@State
public class ScoreStress {

    private static final PeerId PEER = PeerId.of(1, 2, 3, 4);
    private static final ReputationSettings RULES = ReputationSettings.of(ReputationSettings.SCHEMA.parse(
            Map.of("persist", "false", "banThreshold", "-40", "warnThreshold", "-10",
                    "maxPeers", "100")));

    private final Reputation reputation = new Reputation(new World(() -> 0,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new ManualScheduler(), new Random(1),
            new StateDirectory(Path.of("/")), new World.Outlets(event -> { }, warning -> { })), RULES);

    @Actor
    public void one() {
        reputation.recordInvalid(PEER, Cause.PROTOCOL_ERROR);
    }

    @Actor
    public void another() {
        reputation.recordInvalid(PEER, Cause.MESSAGE_REJECTED);
    }

    @Arbiter
    public void look(IZ_Result result) {
        result.r1 = reputation.score(PEER).value();
        result.r2 = reputation.shouldBan(PEER);
    }
}
