// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set about the metrics. */
@ObjectClassDefinition(name = "ippan-network metrics",
        description = "How the node averages and bounds what it measures.")
@interface MetricsConfig {

    String PID = "org.ippan.network.metrics";

    String EMA_ALPHA = "Weight of the newest sample in the moving averages of the durations. Higher: an average "
            + "follows a change sooner, but jumps with every outlier; at 1 it is the newest sample. Lower: it is "
            + "smoother, but shows a change later. Averages already reached are kept.";

    String HIGHEST_LATENCY_SECONDS = "Longest duration that percentiles tell apart, in seconds; what took longer "
            + "counts as this long there, while the maximum and the average stay true. Higher: long stalls show in "
            + "the percentiles. Lower: a stall beyond it does not stretch them. Durations already counted are kept.";

    @AttributeDefinition(name = "Weight of the newest sample", description = EMA_ALPHA, min = "0.001", max = "1")
    @Setting(text = EMA_ALPHA, unit = "ratio", min = "0.001", max = "1")
    double emaAlpha() default 0.1;

    @AttributeDefinition(name = "Longest duration in percentiles (seconds)", description = HIGHEST_LATENCY_SECONDS,
            min = "1", max = "3600")
    @Setting(text = HIGHEST_LATENCY_SECONDS, unit = "seconds", min = "1", max = "3600")
    int highestLatencySeconds() default 60;
}
