// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.examples.prices;

/**
 * What travels.
 *
 * @param item what is sold
 * @param amount its price, with two digits behind the point
 */
public record Price(String item, String amount) {
}
