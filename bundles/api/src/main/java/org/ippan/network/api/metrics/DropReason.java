// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.metrics;

import org.ippan.network.api.snapshot.Described;

/** Why a frame or message was not used. */
public enum DropReason implements Described {
    /** A frame longer than its type allows. */
    FRAME_TOO_LONG("Frames longer than their type allows."),
    /** A header that breaks the protocol. */
    BAD_FRAME("Frames whose header breaks the protocol."),
    /** A frame of an unknown type. */
    UNKNOWN_TYPE("Frames of an unknown type."),
    /** A frame of a known type whose bundle is not there just now. */
    NO_HANDLER("Frames whose handler is not there just now."),
    /** A body that breaks the protocol. */
    MALFORMED("Frames whose body breaks the protocol."),
    /** A message already seen. */
    DUPLICATE("Messages already seen."),
    /** Too old, too many hops, or a validator said so. */
    IGNORED("Messages ignored: too old, too many hops, or a validator said so."),
    /** A validator rejected it. */
    REJECTED("Messages a validator rejected."),
    /** Reading was paused for want of room to validate. */
    THROTTLED("Messages held back for want of room to validate."),
    /** A listener's queue was full and its overflow rule dropped it. */
    LISTENER_FULL("Messages dropped by the overflow rule of a listener.");

    private final String description;

    DropReason(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
