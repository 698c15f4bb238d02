// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.book;

import org.ippan.network.api.peers.EndCause;

/**
 * Why a connection ended or never came about.
 *
 * @param cause the kind
 * @param detail what is known beside it, for people, or empty
 */
public record Ending(EndCause cause, String detail) {

    public static final Ending NONE = new Ending(EndCause.NONE, "");

    /** In words, without a full stop; empty for {@link #NONE}. */
    public String text() {
        return cause.text(detail);
    }
}
