// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.jmh.OneStep;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records and looks up scores of so many peers in turn, beside a map of counters. */
@State(Scope.Benchmark)
public class ScoreBenchmark extends OneStep {

    @Param({"1", "100", "10000"})
    public int peers;

    private final Reputation reputation = new Reputation(new World(Ticker.system(), Clock.systemUTC(),
            new ManualScheduler(), new Random(1), new StateDirectory(Path.of("/")),
            new World.Outlets(event -> { }, warning -> { })),
            ReputationSettings.of(ReputationSettings.SCHEMA.parse(Map.of("persist", "false"))));
    private final Map<PeerId, AtomicInteger> map = new ConcurrentHashMap<>();
    private PeerId[] ids;
    private PeerStandingHandle[] handles;
    private int next;

    @Setup
    public void fill() {
        ids = new PeerId[peers];
        handles = new PeerStandingHandle[peers];
        for (int i = 0; i < peers; i++) {
            ids[i] = Peers.peer(i);
            handles[i] = reputation.handle(ids[i]);
            map.put(ids[i], new AtomicInteger());
        }
    }

    private int next() {
        next = next + 1 == peers ? 0 : next + 1;
        return next;
    }

    @Benchmark
    public void successByHandle() {
        handles[next()].recordSuccess(Cause.MESSAGE_ACCEPTED);
    }

    @Benchmark
    public void successById() {
        reputation.recordSuccess(ids[next()], Cause.MESSAGE_ACCEPTED);
    }

    @Benchmark
    public boolean shouldBanById() {
        return reputation.shouldBan(ids[next()]);
    }

    @Benchmark
    public int mapOfCounters() {
        return map.get(ids[next()]).incrementAndGet();
    }
}
