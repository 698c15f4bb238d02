// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import org.ippan.network.api.snapshot.Measure;

/** The node as a whole. */
public record NodeView(
        @Measure("Id of this node; empty while no transport is there.") String id,
        @Measure("Version of ippan-network.") String version,
        @Measure("How the node fares, as the doctor judges at a glance: ok, warn or fail.") String health,
        @Measure("Why the node does not fare well, worst first; empty if all is well.") String healthReasons,
        @Measure("Address the node listens on; empty while it does not.") String boundAddress,
        @Measure("Why the node neither listens nor dials; empty if it does.") String refusal,
        @Measure(value = "Peers connected.", unit = "peers") int connected,
        @Measure(value = "Time since the management bundle started.", unit = "seconds") double uptimeSeconds,
        @Measure("Services that are absent just now; empty if all are there.") String absentServices,
        @Measure("What is wrong with the newest configurations, all bundles together; empty if nothing is.")
        String lastConfigErrors,
        @Measure(value = "Notifications not sent because listeners were too slow.", unit = "notifications",
                counter = true) long notificationsDropped) {
}
