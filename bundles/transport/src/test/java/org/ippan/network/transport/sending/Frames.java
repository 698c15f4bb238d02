// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.Peers;

/** Frames for tests. */
public final class Frames {

    /** Index of the age in a message's head. */
    public static final int AGE_OFFSET = 8;
    private static final int HEAD = 21;

    private Frames() {
    }

    public static OutboundFrame ping() {
        return OutboundFrame.control(FrameType.PING, new byte[8]);
    }

    public static OutboundFrame goodbye() {
        return OutboundFrame.control(FrameType.GOODBYE, new byte[] {1, 0, 0, 0, 0, 0});
    }

    public static OutboundFrame message(FrameClass frameClass, int number, int payload) {
        return OutboundFrame.gossip(frameClass, Peers.messageId(number), new byte[HEAD], new byte[payload], AGE_OFFSET,
                0, System.nanoTime());
    }
}
