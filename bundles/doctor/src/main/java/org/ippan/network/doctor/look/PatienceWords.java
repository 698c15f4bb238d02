// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import org.ippan.network.api.gossip.OutboundSnapshot.Patience;

/** Says in words why a node does not wait for a link. */
public final class PatienceWords {

    private PatienceWords() {
    }

    /** A sentence. */
    public static String reason(Patience patience) {
        return switch (patience) {
            case WAITS -> "It is waited for.";
            case TOO_SLOW -> "Others waited for it alone for 5 s of 10.";
            case STRANGER -> "Strangers that have not kept up for 3 s yet have used up the time that others wait for"
                    + " all of them.";
            case STRANGER_OF_STANDING -> "Strangers that kept up before have used up the time that others wait for"
                    + " all of them.";
        };
    }
}
