// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.simulation.NodeTime;

/** The real reputation service in a simulated node; it saves nothing. */
public final class SimulatedReputation extends Reputation {

    private SimulatedReputation(World world, ReputationSettings settings) {
        super(world, settings);
    }

    /** One at its defaults that tells its decisions. */
    public static SimulatedReputation create(NodeTime time, RandomGenerator random, Consumer<NetworkEvent> events) {
        ReputationSettings settings =
                ReputationSettings.of(ReputationSettings.SCHEMA.parse(Map.of("persist", false)));
        SimulatedReputation reputation = new SimulatedReputation(new World(time, time.clock(), time, random,
                new StateDirectory(Path.of("nowhere")), new World.Outlets(events, text -> { })), settings);
        reputation.start();
        return reputation;
    }
}
