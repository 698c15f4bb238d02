// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import java.nio.ByteBuffer;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/** Frames for tests. */
public final class Frames {

    private Frames() {
    }

    public static OutboundFrame ping() {
        return OutboundFrame.control(FrameType.PING, new byte[8]);
    }

    public static OutboundFrame goodbye() {
        return OutboundFrame.control(FrameType.GOODBYE, new byte[] {1, 0, 0, 0, 0, 0});
    }

    /** A message with its header, as a source writes it. */
    public static byte[] message(byte[] body) {
        return ByteBuffer.allocate(FrameType.HEADER_LENGTH + body.length).put((byte) FrameType.MARK)
                .put((byte) FrameType.GOSSIP.code()).putShort((short) 0).putInt(body.length).put(body).array();
    }
}
