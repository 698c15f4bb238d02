// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

/** The eight bytes before a body, read as one big-endian number. */
final class FrameHeader {

    private FrameHeader() {
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
