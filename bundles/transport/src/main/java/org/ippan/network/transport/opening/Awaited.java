// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

/**
 * An event of a pipeline: who has to answer before the stream opens.
 *
 * @param whom for an operator; empty once what carries the stream is there
 */
public record Awaited(String whom) {
}
