// SPDX-License-Identifier: Apache-2.0
/**
 * The settings of gossip: what an operator may write, and the checked values that the parts rely on. The component
 * makes the values, and all other parts read them. The values are immutable and safe for any thread.
 */
package org.ippan.network.gossip.settings;
