// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.nio.ByteBuffer;
import java.util.Map;
import org.ippan.network.api.peers.ProtocolException;

/** Events of other nodes, for bytes that may be none. */
public final class SomeEvent {

    private SomeEvent() {
    }

    /** Reads one. */
    public static void read(byte[] bytes) throws ProtocolException {
        try {
            EventCodec.decode(ByteBuffer.wrap(bytes));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("no event: " + e.getMessage());
        }
    }

    /** One of each shape. */
    public static byte[] seed() {
        return EventCodec.encode(new RemoteEvent("a/B", Map.of("text", "x", "number", 7L, "flags",
                new boolean[] {true, false}, "names", new String[] {"a", "b"})));
    }
}
