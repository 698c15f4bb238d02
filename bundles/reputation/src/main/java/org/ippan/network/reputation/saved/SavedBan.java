// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation.saved;

import org.ippan.network.api.PeerId;

/** A ban by hand as {@link ScoreFile} keeps it, with the time it still had to run; negative for ever. */
public record SavedBan(PeerId id, int sinceSeconds, long leftMillis, String reason) {

    public static final long FOR_EVER = -1;
}
