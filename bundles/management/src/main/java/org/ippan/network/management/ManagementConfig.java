// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "ippan-network management",
        description = "How the node shows itself over JMX and Event Admin.")
@interface ManagementConfig {

    String PID = "org.ippan.network.management";

    String DOMAIN_NODE = "Name added to every MBean as node=NAME, to tell several nodes in one JVM apart. Empty: none,"
            + " unless another node has the plain names already; then the first digits of the framework's id.";
    String MAX_PEER_MBEANS = "How many peers have an MBean of their own. Higher: more peers can be charted, at some"
            + " memory each. Lower: fewer; 0 for none.";
    String EVENT_ADMIN = "Whether decisions are sent to Event Admin too, under org/ippan/network. true: bundles that"
            + " listen there are told. false: only JMX clients are.";

    @AttributeDefinition(name = "Node name", description = DOMAIN_NODE)
    @Setting(text = DOMAIN_NODE, applies = Applies.RESTART)
    String domainNode() default "";

    @AttributeDefinition(name = "Peer MBeans", description = MAX_PEER_MBEANS, min = "0", max = "10000")
    @Setting(text = MAX_PEER_MBEANS, unit = "MBeans", min = "0", max = "10000")
    int maxPeerMBeans() default 256;

    @AttributeDefinition(name = "Event Admin", description = EVENT_ADMIN)
    @Setting(text = EVENT_ADMIN)
    boolean eventAdmin() default true;
}
