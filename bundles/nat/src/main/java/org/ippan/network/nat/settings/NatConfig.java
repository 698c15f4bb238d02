// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.settings;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about the router. */
@ObjectClassDefinition(id = "org.ippan.network.nat.NatConfig", name = "ippan-network nat",
        description = "Has a router pass connections on to this node: PCP, NAT-PMP, UPnP.")
public @interface NatConfig {

    String PID = "org.ippan.network.nat";

    String ENABLED = "Whether the router is asked to pass connections on to this node. true: peers on the Internet can"
            + " connect to a node behind a home router. false: nothing is asked, and what was mapped is removed.";
    String PROTOCOLS = "Which protocols are tried, in this order: pcp, nat-pmp, upnp. Fewer: the router is asked in"
            + " fewer ways, and no other device of the local network is heard if upnp is left out.";
    String GATEWAY = "Inner IP address of the router. Empty: the one the default route of Linux leads to; on other"
            + " systems it has to be set.";
    String PORTS = "Ports of this machine to be mapped, at most 8: 9700, or wss:443 with the scheme that peers use"
            + " there. Without one it is that of the node's listener at the port, else tcp. Empty: the port that the"
            + " node listens on for TCP, unless it listens for its own machine only.";
    String LEASE = "How long a mapping is asked for; it is renewed when half of it has passed. Higher: fewer requests."
            + " Lower: what a node that crashed left in the router goes sooner.";
    String TIMEOUT = "How long one request to the router may take. Higher: slow routers are heard. Lower: the next"
            + " protocol is tried sooner.";

    @AttributeDefinition(name = "Enabled", description = ENABLED)
    @Setting(text = ENABLED)
    boolean enabled() default false;

    @AttributeDefinition(name = "Protocols", description = PROTOCOLS)
    @Setting(text = PROTOCOLS, guards = true)
    String[] protocols() default {"pcp", "nat-pmp", "upnp"};

    @AttributeDefinition(name = "Gateway", description = GATEWAY)
    @Setting(text = GATEWAY, guards = true)
    String gateway() default "";

    @AttributeDefinition(name = "Ports", description = PORTS)
    @Setting(text = PORTS, guards = true)
    String[] ports() default {};

    @AttributeDefinition(name = "Lease (seconds)", description = LEASE, min = "120", max = "86400")
    @Setting(text = LEASE, unit = "seconds", min = "120", max = "86400")
    int leaseSeconds() default 3600;

    @AttributeDefinition(name = "Timeout (seconds)", description = TIMEOUT, min = "1", max = "30")
    @Setting(text = TIMEOUT, unit = "seconds", min = "1", max = "30")
    int timeoutSeconds() default 3;
}
