// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.Map;
import java.util.SplittableRandom;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.testkit.ManualScheduler;

/** What parts of the core share, for tests of one part. */
public final class Contexts {

    private Contexts() {
    }

    /** The defaults but for these keys. */
    public static GossipSettings settings(Map<String, ?> settings) {
        return GossipSettings.of(GossipSettings.SCHEMA.parse(settings));
    }

    /** A context on manual time, without links. */
    public static GossipContext context(ManualScheduler time, Callbacks threads, Map<String, ?> settings) {
        return new GossipContext(new Environment(time, () -> 0, new SplittableRandom(1), time, threads, threads,
                threads, new CallbackFaults(time, (line, trace) -> { }), 1 << 30, 64 * 1024), settings(settings));
    }
}
