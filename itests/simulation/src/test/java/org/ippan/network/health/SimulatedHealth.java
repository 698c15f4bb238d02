// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import java.util.Map;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.simulation.NodeTime;

/** The real health monitor in a simulated node. */
public final class SimulatedHealth {

    private SimulatedHealth() {
    }

    /** One at its defaults. */
    public static HealthMonitor create(NodeTime time) {
        HealthSettings defaults =
                HealthSettings.of(SettingsSchema.of(HealthConfig.PID, HealthConfig.class).parse(Map.of()));
        return new Health(defaults, time, time, event -> { });
    }
}
