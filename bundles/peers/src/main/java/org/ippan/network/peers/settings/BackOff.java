// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

/**
 * Bounds of the waits between dials of one address.
 *
 * @param minNanos the longest first wait
 * @param maxNanos the longest of all
 * @param eager whether an operator wants the peer, so that waits stay short while its absence is young
 */
public record BackOff(long minNanos, long maxNanos, boolean eager) {
}
