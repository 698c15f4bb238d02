// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about deduplication. */
@ObjectClassDefinition(name = "ippan-network deduplication",
        description = "How many message ids are remembered, and for how long. The capacity has to hold the messages of "
                + "one window: messages per second x windowSeconds.")
@interface DedupConfig {

    String PID = "org.ippan.network.dedup";

    String CAPACITY = "How many message ids are remembered; beyond that the oldest go first. It has to hold messages "
            + "per second x windowSeconds: 10000 are enough for 33 messages per second at 300 seconds. "
            + "0: 1000000, or as many as an eighth of the heap beyond 32 MiB holds, whichever is less. "
            + "Higher: bursts are survived, at up to 48 bytes for each id really seen. "
            + "Lower: less memory, but at high rates ids are forgotten early and old messages delivered again.";

    String WINDOW_SECONDS = "How long a message id is remembered at least; up to one eighth longer. "
            + "Higher: late copies are recognised for longer, which needs more capacity. "
            + "Lower: less memory, but a copy that comes later is delivered again; "
            + "keep it 60 seconds above maxAgeSeconds of org.ippan.network.gossip.";

    @AttributeDefinition(name = "Capacity (messages)", description = CAPACITY, min = "0", max = "100000000")
    @Setting(text = CAPACITY, unit = "messages", min = "0", max = "100000000")
    int capacity() default 0;

    @AttributeDefinition(name = "Window (seconds)", description = WINDOW_SECONDS, min = "1", max = "86400")
    @Setting(text = WINDOW_SECONDS, unit = "seconds", min = "1", max = "86400")
    int windowSeconds() default 300;
}
