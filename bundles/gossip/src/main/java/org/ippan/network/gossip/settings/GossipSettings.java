// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.settings;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.HeapShare;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.gossip.Signatures;
import org.ippan.network.api.settings.SettingError;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;

/** The values in force; the keys of {@link GossipConfig} say what each means. */
public record GossipSettings(RelayMode relayMode, int pruneAfter, int graftCooldownMillis, int floodMaxPeers,
        int announceMillis, int announceFanout, int maxMessageBytes,
        int maxAgeSeconds, int maxHops, int cacheSeconds, long cacheBytes, int validationQueueMessages,
        long validationQueueBytes, int validatorThreads, int validatorTimeoutSeconds, int listenerQueue,
        Overflow listenerOverflow, int publishDelayMillis, int minPeers, Rates rates, int digestMillis,
        int maxHungCalls, Signatures signatures) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(GossipConfig.PID, GossipConfig.class);

    private static final long MIB = 1024 * 1024;

    /** What one link may bring a second: ids announced, ids asked for, requests to be sent bodies. */
    public record Rates(int announced, int wanted, int grafts) {
    }

    public GossipSettings {
        requireRoom("cacheBytes", cacheBytes, maxMessageBytes);
        requireRoom("validationQueueBytes", validationQueueBytes, maxMessageBytes);
    }

    private static void requireRoom(String key, long bytes, int maxMessageBytes) {
        if (bytes != 0 && bytes < maxMessageBytes) {
            throw SettingError.across(key, bytes, "0 or at least maxMessageBytes, which is " + maxMessageBytes,
                    "maxMessageBytes");
        }
    }

    /** Takes the values over that were checked. */
    public static GossipSettings of(SettingValues values) {
        return new GossipSettings(values.getEnum("relayMode", RelayMode.class), values.getInt("pruneAfter"),
                values.getInt("graftCooldownMillis"), values.getInt("floodMaxPeers"), values.getInt("announceMillis"),
                values.getInt("announceFanout"), values.getInt("maxMessageBytes"), values.getInt("maxAgeSeconds"),
                values.getInt("maxHops"), values.getInt("cacheSeconds"), values.getLong("cacheBytes"),
                values.getInt("validationQueueMessages"), values.getLong("validationQueueBytes"),
                values.getInt("validatorThreads"), values.getInt("validatorTimeoutSeconds"),
                values.getInt("listenerQueue"), values.getEnum("listenerOverflow", Overflow.class),
                values.getInt("publishDelayMillis"), values.getInt("minPeers"),
                new Rates(values.getInt("announcedPerSecond"), values.getInt("wantedPerSecond"),
                        values.getInt("graftsPerSecond")),
                values.getInt("digestMillis"), values.getInt("maxHungCalls"),
                values.getEnum("signatures", Signatures.class));
    }

    /** Most bytes of bodies cached, with a heap of this size. */
    public long cacheLimit(long heapBytes) {
        return cacheBytes != 0 ? cacheBytes : Math.min(64 * MIB, HeapShare.LOGS.of(heapBytes));
    }

    /** Most bytes that wait for validators and listeners, with a heap of this size. */
    public long validationLimit(long heapBytes) {
        return validationQueueBytes != 0 ? validationQueueBytes
                : Math.min(16 * MIB, HeapShare.VALIDATORS.of(heapBytes));
    }

    /** How long after a graft there is no other. */
    public long graftCooldownNanos() {
        return TimeUnit.MILLISECONDS.toNanos(graftCooldownMillis);
    }

    /** Least time between two digests for one link. */
    public long digestNanos() {
        return TimeUnit.MILLISECONDS.toNanos(digestMillis);
    }

    /** How long a validator may take for a message. */
    public long validatorTimeoutNanos() {
        return TimeUnit.SECONDS.toNanos(validatorTimeoutSeconds);
    }

    /** How long messages stay in the logs. */
    public long cacheNanos() {
        return TimeUnit.SECONDS.toNanos(cacheSeconds);
    }

    /** From which age on messages are ignored. */
    public long maxAgeMillis() {
        return TimeUnit.SECONDS.toMillis(maxAgeSeconds);
    }
}
