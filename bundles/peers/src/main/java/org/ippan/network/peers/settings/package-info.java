// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator may write about peers, and the checked values the code works with. The components read it from
 * configurations, and every part of the bundle reads the values. Values are immutable, so any thread may use them.
 */
package org.ippan.network.peers.settings;
