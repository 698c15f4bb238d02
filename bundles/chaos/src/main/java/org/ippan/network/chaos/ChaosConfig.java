// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about faults on purpose. */
@ObjectClassDefinition(name = "ippan-network chaos",
        description = "Messages that are lost or held back on purpose, to see how programs and the network bear it.")
@interface ChaosConfig {

    String PID = "org.ippan.network.chaos";

    String DROP_OUTBOUND = "How many of 10 000 messages to peers are lost on their way; 500 are 5 %. Higher: more has"
            + " to be announced and asked for again. Lower: less. 0: none is lost.";
    String DROP_INBOUND = "How many of 10 000 messages from peers are lost before they are taken in; 500 are 5 %."
            + " Higher: more has to be asked for again. Lower: less. 0: none is lost.";
    String LATENCY_MIN = "Least time that a message from a peer is held back; what came after it waits behind it."
            + " Higher: all messages come later. Lower: some come sooner.";
    String LATENCY_MAX = "Longest time that a message from a peer is held back; each waits a random time from"
            + " extraLatencyMillisMin up to this. Higher: messages come later and less evenly. Lower: sooner. 0: none"
            + " is held. Not less than extraLatencyMillisMin.";
    String PEERS = "Ids of the peers whose links are concerned, at most 64. Empty: all links are. More: more links are."
            + " Fewer: the others stay as they are.";
    String SEED = "Seed of the random choices. The same seed makes the same choices again on a link that carries the"
            + " same messages. 0: another seed for each run, which the log and the metrics name.";
    String MINUTES = "How long faults are made, from the start of the bundle or the last change of its settings; then"
            + " they end by themselves. Higher: longer trials. Lower: the node is sound again sooner.";

    @AttributeDefinition(name = "Lost to peers (of 10 000)", description = DROP_OUTBOUND, min = "0", max = "10000")
    @Setting(text = DROP_OUTBOUND, unit = "of 10000 messages", min = "0", max = "10000")
    int dropOutbound() default 0;

    @AttributeDefinition(name = "Lost from peers (of 10 000)", description = DROP_INBOUND, min = "0", max = "10000")
    @Setting(text = DROP_INBOUND, unit = "of 10000 messages", min = "0", max = "10000")
    int dropInbound() default 0;

    @AttributeDefinition(name = "Least extra latency (milliseconds)", description = LATENCY_MIN, min = "0",
            max = "60000")
    @Setting(text = LATENCY_MIN, unit = "milliseconds", min = "0", max = "60000")
    int extraLatencyMillisMin() default 0;

    @AttributeDefinition(name = "Longest extra latency (milliseconds)", description = LATENCY_MAX, min = "0",
            max = "60000")
    @Setting(text = LATENCY_MAX, unit = "milliseconds", min = "0", max = "60000")
    int extraLatencyMillisMax() default 0;

    @AttributeDefinition(name = "Peers", description = PEERS)
    @Setting(text = PEERS, guards = true)
    String[] peers() default {};

    @AttributeDefinition(name = "Seed", description = SEED)
    @Setting(text = SEED)
    long seed() default 0;

    @AttributeDefinition(name = "Minutes", description = MINUTES, min = "1", max = "1440")
    @Setting(text = MINUTES, unit = "minutes", min = "1", max = "1440")
    int minutes() default 10;
}
