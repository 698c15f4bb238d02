// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.nat;

import org.ippan.network.api.snapshot.Measure;

/**
 * What a router does for this node.
 *
 * @param enabled whether it is asked to
 * @param protocol that it answers, or empty
 * @param gateway its inner address, or empty
 * @param externalAddress its outer address, or empty
 * @param mappings what is mapped, as text
 * @param mapped how many ports are mapped
 * @param leaseSeconds until the first mapping ends unless it is renewed
 * @param problem why peers cannot connect
 * @param lastError what went wrong last, or empty
 * @param renewals mappings made or renewed
 * @param failures requests that failed
 * @param nextTrySeconds time until the router is asked again
 */
public record NatSnapshot(
        @Measure("Whether a router is asked to map ports.") boolean enabled,
        @Measure("Protocol that the router answers: pcp, nat-pmp or upnp; empty if none is known.") String protocol,
        @Measure("Inner address of the router; empty if none is known.") String gateway,
        @Measure("Outer address, of the router or as peers see this node; empty if none is known.")
        String externalAddress,
        @Measure("Mapped ports, as outer port, arrow, inner port.") String mappings,
        @Measure(value = "Ports mapped now.", unit = "ports") int mapped,
        @Measure(value = "Time until the first mapping ends unless it is renewed; 0 for mappings without an end.",
                unit = "seconds") double leaseSeconds,
        @Measure("Kind of reason why peers beyond the router cannot connect to this node.") NatProblem problem,
        @Measure("What went wrong last; empty if nothing did since the last success.") String lastError,
        @Measure(value = "Mappings made or renewed.", unit = "mappings", counter = true) long renewals,
        @Measure(value = "Requests to the router that failed.", unit = "requests", counter = true) long failures,
        @Measure(value = "Time until the router is asked again.", unit = "seconds") double nextTrySeconds) {
}
