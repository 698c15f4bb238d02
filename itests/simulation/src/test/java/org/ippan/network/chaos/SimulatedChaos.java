// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.simulation.NodeTime;

/** The real chaos core in a simulated node. */
public final class SimulatedChaos {

    private final Chaos chaos;

    /** One that gives a node its faults. */
    public SimulatedChaos(NodeTime time, RandomGenerator random, Consumer<FrameFault> links) {
        chaos = new Chaos(time, time, random, SplittableRandom::new, links, event -> { });
    }

    /** Takes over what an operator wrote. */
    public void set(Map<String, ?> configured) {
        SettingValues values = ChaosSettings.SCHEMA.parse(configured);
        ChaosSettings settings = ChaosSettings.of(values);
        if (!values.errors().isEmpty()) {
            throw new IllegalArgumentException(values.errors().toString());
        }
        chaos.apply(settings);
    }

    public ChaosSnapshot snapshot() {
        return chaos.snapshot();
    }
}
