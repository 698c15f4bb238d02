// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

import java.time.Instant;

/**
 * One change of a score, kept to explain it.
 *
 * @param time when
 * @param cause why
 * @param points by how much, 0 for a ban or pardon by hand
 * @param score the score after it
 */
public record ScoreEvent(Instant time, Cause cause, int points, int score) {
}
