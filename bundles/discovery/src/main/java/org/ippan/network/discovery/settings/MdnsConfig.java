// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about the search in the local network. */
@ObjectClassDefinition(id = "org.ippan.network.discovery.MdnsConfig", name = "ippan-network discovery: mDNS",
        description = "Finds peers in the local network by multicast DNS, and lets them find this node.")
public @interface MdnsConfig {

    String PID = "org.ippan.network.discovery.mdns";

    String ENABLED = "Whether the local network is searched. true: nodes of one network segment find each other without"
            + " any address. false: nothing is sent or received.";
    String INTERFACES = "Network interfaces to use, by name or IP address, at most 16. Empty: all that are up and can"
            + " multicast, but not loopback.";
    String ANNOUNCE = "Whether others are told where this node listens. true: they find it, and everyone in the local"
            + " network sees its id and port. false: it only searches.";

    @AttributeDefinition(name = "Enabled", description = ENABLED)
    @Setting(text = ENABLED)
    boolean enabled() default false;

    @AttributeDefinition(name = "Interfaces", description = INTERFACES)
    @Setting(text = INTERFACES, guards = true)
    String[] interfaces() default {};

    @AttributeDefinition(name = "Announce", description = ANNOUNCE)
    @Setting(text = ANNOUNCE, guards = true)
    boolean announce() default true;

    @AttributeDefinition(name = "Most addresses", description = Texts.MAX_ADDRESSES, min = "1", max = "1000")
    @Setting(text = Texts.MAX_ADDRESSES, unit = "addresses", min = "1", max = "1000")
    int maxAddresses() default 64;

    @AttributeDefinition(name = "Loopback addresses", description = Texts.ALLOW_LOOPBACK)
    @Setting(text = Texts.ALLOW_LOOPBACK)
    boolean allowLoopback() default false;

    @AttributeDefinition(name = "Private addresses", description = Texts.ALLOW_PRIVATE)
    @Setting(text = Texts.ALLOW_PRIVATE, guards = true)
    boolean allowPrivate() default true;
}
