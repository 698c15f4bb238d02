// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

/**
 * What handshakes that fail cost an address.
 *
 * @param perMinute so many a minute are forgiven
 * @param blockNanos how long an address with more is blocked
 */
public record Failures(int perMinute, long blockNanos) {
}
