// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

/** What a score means. */
public enum Standing {
    /** Above the warning threshold. */
    GOOD,
    /** At or below the warning threshold: may not pull messages by GRAFT, is not asked for peers. */
    WARNED,
    /** Banned by its score or by hand: closed, and refused at the handshake. */
    BANNED
}
