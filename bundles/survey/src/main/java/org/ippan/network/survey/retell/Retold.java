// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.retell;

/**
 * A record on its way from a node that did not sign it.
 *
 * @param ageMillis how long ago it was signed
 * @param record its bytes
 */
public record Retold(long ageMillis, byte[] record) {
}
