// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

/** Whether a validator has room for a message. In the order of how bad it is. */
public enum Vacancy {
    /** There is room for it. */
    FREE,
    /** There will be room soon: its link is not read until then. */
    SOON,
    /** Waiting would hold up other topics for too long: it is ignored. */
    NONE;

    /** The worse of the two. */
    Vacancy or(Vacancy other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
