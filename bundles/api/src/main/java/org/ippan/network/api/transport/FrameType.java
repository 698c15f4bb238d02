// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

/** The frames of {@code ippan-net/1} and the lengths of their bodies, as {@code docs/protocol.md} §2 lists them. */
public enum FrameType {
    /** Who we are. */
    HELLO(0x01, 106, 512, 1),
    /** We agree, and know the network's key. */
    HELLO_ACK(0x02, 32, 32, 1),
    /** We close, and why. */
    GOODBYE(0x03, 6, 126, 1),
    /** Are you there? */
    PING(0x04, 8, 8, 1),
    /** I am. */
    PONG(0x05, 8, 8, 1),
    /** A message. The limit is that of the link: the message's and {@link #GOSSIP_OVERHEAD}. */
    GOSSIP(0x10, 29, Integer.MAX_VALUE, 1),
    /** Ids we have. */
    IHAVE(0x11, 42, 2 + 40 * 1000, 40),
    /** Ids we want. */
    IWANT(0x12, 34, 2 + 32 * 1000, 32),
    /** Send us bodies again, perhaps beginning with this one. */
    GRAFT(0x13, 1, 33, 32),
    /** Send us no bodies for a while, only announcements. */
    PRUNE(0x14, 2, 2, 1),
    /** Ids you wanted that we no longer have. */
    MISSING(0x15, 34, 2 + 32 * 1000, 32),
    /** Tell us peers. */
    PEERS_REQ(0x18, 1, 1, 1),
    /** Peers we know. */
    PEERS(0x19, 1, 12 * 1024, 1),
    /** Extension: whom we send everything of ours to, and how far we got with what others send us. */
    NEIGHBOURS(0x80, 38, 38 + 67 * 900, 67),
    /** Extension: keep messages of these classes back for now. */
    HOLD(0x81, 1, 1, 1),
    /** Extension: how many bytes of each priority are settled, three 64-bit counters behind a byte of flags. */
    ACK(0x82, 25, 25, 1),
    /** Extension: send us what you have of a publisher from these numbers on. */
    FETCH(0x83, 36, 36, 1),
    /** Extension: tell us when these messages are settled at all nodes you sent them on to. */
    SETTLE(0x84, 38, 2 + 36 * 1000, 36),
    /** Extension: they are, or cannot be told of any more. */
    SETTLED(0x85, 42, 2 + 40 * 1000, 40),
    /** Extension: pass this on over links that carry bodies; where it comes twice there is a cycle. */
    PROBE(0x86, 9, 9, 1),
    /** Extension: tell us the status records you have. */
    STATUS_REQ(0x90, 0, 0, 1),
    /** Extension: status records of other nodes, each with its age. */
    STATUS(0x91, 0, 64 * 1024, 1);

    /** First byte of every frame. */
    public static final int MARK = 0xA7;
    /** Length of a header: mark, type, flags, reserved, length of the body. */
    public static final int HEADER_LENGTH = 8;
    /** Flag of a GOSSIP frame that was asked for by IWANT or GRAFT. */
    public static final int SOLICITED = 1;
    /** What the body of a GOSSIP frame has beside the payload, at most. */
    public static final int GOSSIP_OVERHEAD = 196;
    /** Codes from here on are extensions: skipped by who does not know them, not punished. */
    public static final int EXTENSION = 0x80;
    /** Longest body of an extension that is not known. */
    public static final int EXTENSION_MAX = 64 * 1024;
    /** Longest body before a connection is established. */
    public static final int HANDSHAKE_MAX = 512;

    private static final FrameType[] BY_CODE = new FrameType[256];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int minLength;
    private final int maxLength;
    private final int step;

    FrameType(int code, int minLength, int maxLength, int step) {
        this.code = code;
        this.minLength = minLength;
        this.maxLength = maxLength;
        this.step = step;
    }

    /**
     * The type with this code.
     *
     * @param code second byte of a header, 0 to 255
     * @return the type, or null if it is unknown
     */
    public static FrameType of(int code) {
        return BY_CODE[code];
    }

    /** {@return the second byte of the header} */
    public int code() {
        return code;
    }

    /** {@return whether a peer that does not know the type skips its frames: codes from {@link #EXTENSION} on} */
    public boolean isExtension() {
        return code >= EXTENSION;
    }

    /** {@return the longest body in bytes} */
    public int maxLength() {
        return maxLength;
    }

    /**
     * Whether the body may have this length, judged from the header alone.
     *
     * @param length length named by the header, unsigned
     * @param maxMessageBytes longest message allowed on the link
     * @return false if the frame must be refused
     */
    public boolean allowsLength(long length, int maxMessageBytes) {
        long max = this == GOSSIP ? (long) maxMessageBytes + GOSSIP_OVERHEAD : maxLength;
        return length >= minLength && length <= max && (length - minLength) % step == 0;
    }

    /**
     * Whether the frame belongs to the handshake.
     *
     * @return true for HELLO, HELLO_ACK and GOODBYE
     */
    public boolean legalBeforeEstablished() {
        return this == HELLO || this == HELLO_ACK || this == GOODBYE;
    }
}
