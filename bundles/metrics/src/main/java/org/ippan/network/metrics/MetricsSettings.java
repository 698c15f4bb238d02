// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import org.ippan.network.api.settings.SettingValues;

/**
 * What the core may rely on.
 *
 * @param emaAlpha weight of the newest sample in the moving averages, above 0 and at most 1
 * @param highestLatencyNanos longest duration that percentiles tell apart, at most {@link Distribution#LIMIT_NANOS}
 */
record MetricsSettings(double emaAlpha, long highestLatencyNanos) {

    private static final long NANOS = 1_000_000_000;

    static MetricsSettings of(SettingValues values) {
        return new MetricsSettings(values.getDouble("emaAlpha"), values.getInt("highestLatencySeconds") * NANOS);
    }
}
