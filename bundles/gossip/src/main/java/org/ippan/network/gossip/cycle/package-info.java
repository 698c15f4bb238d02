// SPDX-License-Identifier: Apache-2.0
/**
 * Finds the links of the tree that lie in a cycle: probes run over all links that carry bodies, and where one comes a
 * second time a cycle is closed; what each link brings twice says when to look. The tree asks for a search and hands
 * over the probes that peers send. On the relay's thread; what comes twice is noted on the thread that reads the link,
 * and any thread may want a search.
 */
package org.ippan.network.gossip.cycle;
