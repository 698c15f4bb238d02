// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.nat;

import org.ippan.network.api.snapshot.Described;

/** Why peers beyond the router cannot connect to this node. */
public enum NatProblem implements Described {
    /** There is none. */
    NONE("Ports are mapped, or none are wanted."),
    /** The search has not ended yet. */
    SEARCHING("The router is being asked for the first time."),
    /** The node listens nowhere, or only for its own machine. */
    NOTHING_TO_MAP("The node listens on no address that a router could pass connections on to."),
    /** No route leads to a gateway, and none is configured. */
    NO_GATEWAY("No gateway is known."),
    /** No protocol was answered. */
    NO_ANSWER("The gateway answers none of the protocols."),
    /** The gateway answered, and refused. */
    REFUSED("The gateway refuses to map the port."),
    /** The address that the gateway has outside is no public one, or not the one peers see. */
    DOUBLE_NAT("The gateway is behind another router: its own outer address cannot be reached.");

    private final String description;

    NatProblem(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
