// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.ippan.network.api.settings.SettingError.across;

import java.time.Duration;
import org.ippan.network.api.HeapShare;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.settings.SettingValues;

/**
 * What the core may rely on.
 *
 * @param checkIntervalSeconds time between two probes of a peer
 * @param checkTimeoutSeconds longest wait for an answer, at most the interval
 * @param leastTimeoutMillis least wait for an answer, at most the longest
 * @param failureThreshold failures in a row that make a peer unhealthy, at least 1
 * @param staleSeconds time without a success that makes a peer unhealthy, longer than the interval
 * @param degradedFailures failures in a row that make a peer degraded, at most the threshold; 0 for half of it
 * @param maxPeers most peers remembered
 */
record HealthSettings(int checkIntervalSeconds, int checkTimeoutSeconds, int leastTimeoutMillis, int failureThreshold,
        int staleSeconds, int degradedFailures, int maxPeers) {

    private static final long MILLIS = 1_000;
    private static final int BYTES_OF_A_PEER = 96;
    static final int DEFAULT_PEERS = 100_000;

    HealthSettings {
        if (checkTimeoutSeconds > checkIntervalSeconds) {
            throw across("checkTimeoutSeconds", checkTimeoutSeconds,
                    "at most checkIntervalSeconds, which is " + checkIntervalSeconds, "checkIntervalSeconds");
        }
        if (leastTimeoutMillis > checkTimeoutSeconds * MILLIS) {
            throw across("leastTimeoutMillis", leastTimeoutMillis,
                    "at most checkTimeoutSeconds, which is " + checkTimeoutSeconds, "checkTimeoutSeconds");
        }
        if (staleSeconds <= checkIntervalSeconds) {
            throw across("staleSeconds", staleSeconds,
                    "more than checkIntervalSeconds, which is " + checkIntervalSeconds, "checkIntervalSeconds");
        }
        if (degradedFailures > failureThreshold) {
            throw across("degradedThreshold", degradedFailures,
                    "at most failureThreshold, which is " + failureThreshold, "failureThreshold");
        }
    }

    static HealthSettings of(SettingValues values) {
        return of(values, Runtime.getRuntime().maxMemory());
    }

    /** The same with a heap of this size: by default no more peers are remembered than it has room for. */
    static HealthSettings of(SettingValues values, long heapBytes) {
        int wanted = values.getInt("maxPeers");
        long room = HeapShare.HEALTH.of(heapBytes) / BYTES_OF_A_PEER;
        int peers = wanted == DEFAULT_PEERS ? (int) Math.min(wanted, room) : wanted;
        return new HealthSettings(values.getInt("checkIntervalSeconds"), values.getInt("checkTimeoutSeconds"),
                values.getInt("leastTimeoutMillis"), values.getInt("failureThreshold"), values.getInt("staleSeconds"),
                values.getInt("degradedThreshold"), peers);
    }

    /** Failures in a row that make a peer degraded; at a threshold of 1 it is unhealthy at once. */
    int degradedThreshold() {
        return degradedFailures > 0 ? degradedFailures : Math.max(1, failureThreshold / 2);
    }

    long staleMillis() {
        return staleSeconds * MILLIS;
    }

    HealthPolicy policy() {
        return new HealthPolicy(Duration.ofSeconds(checkIntervalSeconds), Duration.ofSeconds(checkTimeoutSeconds),
                Duration.ofMillis(leastTimeoutMillis), failureThreshold, Duration.ofSeconds(staleSeconds));
    }
}
