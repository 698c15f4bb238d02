// SPDX-License-Identifier: Apache-2.0
/**
 * Scores peers and bans them: the core, its table of peers and decisions, and the component that the container
 * sees. Peers, gossip, operators and the doctor call it. Reading and recording are safe on any thread and take no
 * lock that is held for long; decisions that time makes run on the bundle's timer thread.
 */
package org.ippan.network.reputation;
