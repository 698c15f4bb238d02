// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set about the health of connections. */
@ObjectClassDefinition(name = "ippan-network health",
        description = "How connections are probed, and when they count as degraded or unhealthy.")
@interface HealthConfig {

    String PID = "org.ippan.network.health";

    String CHECK_INTERVAL_SECONDS = "Time between two probes of a peer, in seconds, give or take a tenth. Higher: "
            + "fewer probes, but a dead connection is noticed later. Lower: it is noticed sooner, for more traffic. "
            + "At least checkTimeoutSeconds and less than staleSeconds.";

    String CHECK_TIMEOUT_SECONDS = "Longest wait for the answer to a probe, in seconds; the wait itself follows the "
            + "round trips measured. Higher: slow links are forgiven. Lower: a dead connection is noticed sooner, "
            + "but a slow one is taken for dead. At most checkIntervalSeconds.";

    String LEAST_TIMEOUT_MILLIS = "Least wait for the answer to a probe, however short the round trips were. Higher: "
            + "pauses of a busy peer are forgiven. Lower: a dead connection on a fast line is noticed sooner. At most "
            + "checkTimeoutSeconds.";

    String FAILURE_THRESHOLD = "Failed probes in a row that make a connection unhealthy, so that it is closed and "
            + "replaced; degradedThreshold says when it is degraded. Higher: connections survive longer disturbances. "
            + "Lower: a dead one is replaced sooner. At 1 the first failure makes it unhealthy.";

    String STALE_SECONDS = "Time without any success after which a peer is unhealthy, however few probes failed, in "
            + "seconds; after twice this time without a probe it is forgotten. Higher: silent peers are kept longer. "
            + "Lower: they are given up sooner. More than checkIntervalSeconds.";

    String DEGRADED_THRESHOLD = "Failed probes in a row that make a connection degraded, which is shown but changes "
            + "nothing else. Higher: short disturbances are not shown. Lower: they are. 0: half of failureThreshold, "
            + "at least 1. At most failureThreshold.";

    String MAX_PEERS = "Peers whose probes are remembered, at up to 96 bytes each; beyond that those not probed for "
            + "longest are forgotten. The default is less with little memory: what 1/64 of the heap beyond 32 MiB "
            + "holds. Higher: more memory. Lower: less, but peers that come back begin as unknown.";

    @AttributeDefinition(name = "Time between probes (seconds)", description = CHECK_INTERVAL_SECONDS,
            min = "1", max = "3600")
    @Setting(text = CHECK_INTERVAL_SECONDS, unit = "seconds", min = "1", max = "3600")
    int checkIntervalSeconds() default 30;

    @AttributeDefinition(name = "Longest wait for an answer (seconds)", description = CHECK_TIMEOUT_SECONDS,
            min = "1", max = "60")
    @Setting(text = CHECK_TIMEOUT_SECONDS, unit = "seconds", min = "1", max = "60")
    int checkTimeoutSeconds() default 5;

    @AttributeDefinition(name = "Least wait for an answer (ms)", description = LEAST_TIMEOUT_MILLIS,
            min = "10", max = "60000")
    @Setting(text = LEAST_TIMEOUT_MILLIS, unit = "milliseconds", min = "10", max = "60000")
    int leastTimeoutMillis() default 1_000;

    @AttributeDefinition(name = "Failures until unhealthy (in a row)", description = FAILURE_THRESHOLD,
            min = "1", max = "1000")
    @Setting(text = FAILURE_THRESHOLD, unit = "failures", min = "1", max = "1000")
    int failureThreshold() default 3;

    @AttributeDefinition(name = "Stale without a success (seconds)", description = STALE_SECONDS,
            min = "2", max = "86400")
    @Setting(text = STALE_SECONDS, unit = "seconds", min = "2", max = "86400")
    int staleSeconds() default 300;

    @AttributeDefinition(name = "Failures until degraded (in a row)", description = DEGRADED_THRESHOLD,
            min = "0", max = "1000")
    @Setting(text = DEGRADED_THRESHOLD, unit = "failures", min = "0", max = "1000")
    int degradedThreshold() default 0;

    @AttributeDefinition(name = "Most peers remembered", description = MAX_PEERS, min = "100", max = "1000000")
    @Setting(text = MAX_PEERS, unit = "peers", min = "100", max = "1000000")
    int maxPeers() default HealthSettings.DEFAULT_PEERS;
}
