// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import org.ippan.network.api.gossip.OutboundSnapshot.Patience;

/** Says in words why a node does not wait for a stranger. */
public final class PatienceWords {

    private PatienceWords() {
    }

    /** A sentence, for patience with strangers that is at its end. */
    public static String reason(Patience patience) {
        return switch (patience) {
            case WAITS, TOO_SLOW -> throw new IllegalStateException("this has nothing to do with strangers");
            case STRANGER -> "Strangers that have not kept up for 3 s yet have used up the time that others wait for"
                    + " all of them.";
            case STRANGER_OF_STANDING -> "Strangers that kept up before have used up the time that others wait for"
                    + " all of them.";
        };
    }
}
