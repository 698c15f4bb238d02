// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.settings;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator may write about the survey. */
@ObjectClassDefinition(id = "org.ippan.network.survey.SurveyConfig", name = "ippan-network survey",
        description = "What this node tells the network of its status, and what it keeps of the others.")
public @interface SurveyConfig {

    String PID = "org.ippan.network.survey";

    String SHARE = "Whether this node tells its status to all nodes of the network. auto: with a networkKey, with the"
            + " mode allowlist, or while neither its listener nor any of its links goes beyond this machine. on:"
            + " always, strangers in an open network included. off: never; what others tell is shown all the same.";
    String NAME = "What this node calls itself in the view of the network, at most 32 bytes. Empty: its short id.";
    String BUDGET = "Traffic that the status records of all nodes may cost each node, in and out. Higher: records come"
            + " more often in large networks. Lower: less traffic, and later news.";
    String LEAST = "Least time between two regular records of this node. Higher: less traffic in small networks."
            + " Lower: newer numbers. Changes are told at once whatever this is.";
    String MAX_NODES = "Nodes whose records are kept, of at most 4 MiB together. Higher: larger networks are shown"
            + " whole. Lower: less memory. Beyond it, random records of nodes that are not linked to this one give"
            + " way.";

    @AttributeDefinition(name = "Share", description = SHARE, defaultValue = "auto",
            options = {@Option(label = "auto", value = "auto"), @Option(label = "on", value = "on"),
                @Option(label = "off", value = "off")})
    @Setting(text = SHARE, guards = true)
    Share share() default Share.AUTO;

    @AttributeDefinition(name = "Name", description = NAME)
    @Setting(text = NAME)
    String name() default "";

    @AttributeDefinition(name = "Budget (bytes/s)", description = BUDGET, min = "256", max = "1048576")
    @Setting(text = BUDGET, unit = "bytes/s", min = "256", max = "1048576")
    int budgetBytesPerSecond() default 4096;

    @AttributeDefinition(name = "Least interval (seconds)", description = LEAST, min = "5", max = "600")
    @Setting(text = LEAST, unit = "seconds", min = "5", max = "600")
    int leastSeconds() default 10;

    @AttributeDefinition(name = "Nodes kept", description = MAX_NODES, min = "10", max = "10000")
    @Setting(text = MAX_NODES, unit = "nodes", min = "10", max = "10000")
    int maxNodes() default 2000;
}
