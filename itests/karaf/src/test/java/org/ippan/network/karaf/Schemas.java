// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import java.lang.annotation.Annotation;
import java.util.List;
import org.ippan.network.api.settings.SettingsSchema;

/** What the code says of each configuration that has a file. */
final class Schemas {

    private static final List<String> CONFIGS = List.of("dedup.DedupConfig", "reputation.ReputationConfig",
            "metrics.MetricsConfig", "health.HealthConfig", "transport.settings.TransportConfig",
            "peers.settings.PeersConfig", "gossip.settings.GossipConfig", "management.ManagementConfig",
            "web.settings.WebConfig", "discovery.settings.DnsConfig", "discovery.settings.MdnsConfig",
            "discovery.settings.FileConfig", "discovery.settings.HttpConfig",
            "nat.settings.NatConfig", "transport.websocket.WebSocketConfig", "survey.settings.SurveyConfig",
            "eventadmin.EventAdminConfig", "chaos.ChaosConfig");

    private Schemas() {
    }

    static List<SettingsSchema> all() {
        return CONFIGS.stream().map(Schemas::schema).toList();
    }

    private static SettingsSchema schema(String name) {
        try {
            Class<? extends Annotation> config =
                    Class.forName("org.ippan.network." + name).asSubclass(Annotation.class);
            var pid = config.getDeclaredField("PID");
            pid.setAccessible(true);
            return SettingsSchema.of((String) pid.get(null), config);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
