// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

/**
 * An event of a pipeline: what carries the stream does not work, or works no more.
 *
 * @param why for an operator
 */
public record Broken(String why) {
}
