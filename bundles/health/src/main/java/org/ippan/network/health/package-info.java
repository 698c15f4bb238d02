// SPDX-License-Identifier: Apache-2.0
/**
 * Judges how well each peer answers, from successes and failures that other bundles report. Peers and gossip report
 * to it; operators and the doctor read it. Calls are safe on any thread; {@code ippan-health-timer} looks for peers
 * that became stale.
 */
package org.ippan.network.health;
