// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may set about events of Event Admin. */
@ObjectClassDefinition(name = "ippan-network events of Event Admin",
        description = "Which events of Event Admin are handed to Event Admin at all nodes.")
@interface EventAdminConfig {

    String PID = "org.ippan.network.eventadmin";

    String TOPICS = "Topics of the events that are carried to and taken from other nodes, at most 64: com/acme/orders"
            + " or com/acme/*. More: more events are handed to handlers here. Fewer: other nodes can cause fewer."
            + " Empty: no events are carried.";

    String MAX_EVENT_BYTES = "Longest event, with the names and values of its properties. A longer one of this node is"
            + " not published, and counted. Higher: larger events are carried. Lower: handlers get smaller ones.";

    @AttributeDefinition(name = "Topics", description = TOPICS)
    @Setting(text = TOPICS)
    String[] topics() default {};

    @AttributeDefinition(name = "Longest event (bytes)", description = MAX_EVENT_BYTES, min = "256", max = "1048576")
    @Setting(text = MAX_EVENT_BYTES, unit = "bytes", min = "256", max = "1048576")
    int maxEventBytes() default 65_536;
}
