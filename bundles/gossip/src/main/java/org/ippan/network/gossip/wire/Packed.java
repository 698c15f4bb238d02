// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

/**
 * A payload as it goes over the wire when it is compressed.
 *
 * @param codec number of the codec
 * @param bytes the compressed form, not to be changed
 */
public record Packed(int codec, byte[] bytes) {
}
