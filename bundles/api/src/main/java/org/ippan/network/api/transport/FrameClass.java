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
    LOW
}
