// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.doctor.look.Look;

/** How the whole network fares, as this node sees it. */
public final class NetworkChecks {

    private final Look look;

    public NetworkChecks(Look look) {
        this.look = look;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("network", this::network);
    }

    private void network(Findings findings) {
        look.services().told(NetworkSnapshot.class).forEach(network -> {
            long gone = network.nodes().getOrDefault(NodeState.GONE, 0L);
            long here = network.nodes().values().stream().mapToLong(Long::longValue).sum()
                    - network.nodes().getOrDefault(NodeState.LEFT, 0L);
            if (network.split()) {
                findings.fail("network", "The network may be split: " + gone + " of " + here
                        + " nodes went within a minute: " + network.gone() + ".", "Check the routes and firewalls"
                        + " between this node and those; links come back by themselves.");
            } else if (gone > 0) {
                findings.warn("network", gone + " of " + here + " nodes " + (gone == 1 ? "is" : "are") + " gone: "
                        + network.gone() + ".", "Start it again or check its machine; a node that was taken away on"
                        + " purpose is forgotten an hour later.");
            } else {
                findings.ok("network", "No node of " + here + " is gone. " + network.sharingReason());
            }
        });
    }
}
