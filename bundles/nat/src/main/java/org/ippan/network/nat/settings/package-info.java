// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator may write about the router, and the checked values the code works with. The component reads it from
 * the configuration, and the keeper of mappings gets the values. Values are immutable, so any thread may use them.
 */
package org.ippan.network.nat.settings;
