// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

/** Ids that look like hashes and cost next to nothing, so that what is done with them is what is measured. */
final class Ids {

    private Ids() {
    }

    /** One of four words of the id with this number. */
    static long word(long number, int which) {
        long mixed = (number + 1) * 0x9E37_79B9_7F4A_7C15L;
        mixed ^= mixed >>> 32;
        return switch (which) {
            case 0 -> mixed;
            case 1 -> ~mixed;
            case 2 -> mixed * 31;
            default -> mixed ^ 0x5DEE_CE66DL;
        };
    }
}
