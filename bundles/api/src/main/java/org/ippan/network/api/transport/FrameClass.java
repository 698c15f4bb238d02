// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import org.ippan.network.api.Priority;

/** The four classes of what is sent, most urgent first. */
public enum FrameClass {
    /** Frames the protocols need to live: queued, and sent before everything else. */
    CONTROL,
    /** Bodies of {@link Priority#HIGH}. */
    HIGH,
    /** Bodies of {@link Priority#NORMAL}. */
    NORMAL,
    /** Bodies of {@link Priority#LOW}. */
    LOW;

    private static final FrameClass[] OF_PRIORITY = {HIGH, NORMAL, LOW};

    /**
     * The class of a message's body.
     *
     * @param priority the message's priority
     * @return its class
     */
    public static FrameClass of(Priority priority) {
        return OF_PRIORITY[priority.ordinal()];
    }
}
