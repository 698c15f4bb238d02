// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;

/** The eight bytes before a body, read as one big-endian number. */
final class FrameHeader {

    /** What is wrong with a header. */
    record Flaw(ConnectionFault fault, String detail) {
    }

    private FrameHeader() {
    }

    /** Judges a header in the order of the protocol: mark, type, state, flags and reserved, length. Null: legal. */
    static Flaw flaw(long header, boolean established, int maxMessageBytes) {
        if (mark(header) != FrameType.MARK) {
            return new Flaw(ConnectionFault.BAD_FRAME, "a frame begins with 0x" + Integer.toHexString(mark(header)));
        }
        FrameType type = FrameType.of(type(header));
        if (type == null && type(header) < FrameType.EXTENSION) {
            return new Flaw(ConnectionFault.UNKNOWN_TYPE,
                    "unknown frame type 0x" + Integer.toHexString(type(header)));
        }
        String name = type == null ? "an extension" : type.name();
        if (!established && (type == null || !type.legalBeforeEstablished())) {
            return new Flaw(ConnectionFault.BAD_STATE, name + " before the handshake ended");
        }
        int allowedFlags = type == FrameType.GOSSIP ? FrameType.SOLICITED : 0;
        if ((flags(header) & ~allowedFlags) != 0 || reserved(header) != 0) {
            return new Flaw(ConnectionFault.BAD_FRAME, "undefined flags or reserved byte in " + name);
        }
        long length = header & 0xFFFF_FFFFL;
        if (type == null ? length > FrameType.EXTENSION_MAX : !type.allowsLength(length, maxMessageBytes)) {
            return new Flaw(ConnectionFault.BAD_LENGTH, "a body of " + length + " bytes in " + name);
        }
        return established || length <= FrameType.HANDSHAKE_MAX ? null
                : new Flaw(ConnectionFault.BAD_LENGTH, "a body of " + length + " bytes before the handshake ended");
    }

    static int mark(long header) {
        return (int) (header >>> 56);
    }

    static int type(long header) {
        return (int) (header >>> 48) & 0xFF;
    }

    static int flags(long header) {
        return (int) (header >>> 40) & 0xFF;
    }

    static int reserved(long header) {
        return (int) (header >>> 32) & 0xFF;
    }

    /** Of a legal header only: it fits an int then. */
    static int length(long header) {
        return (int) header;
    }
}
