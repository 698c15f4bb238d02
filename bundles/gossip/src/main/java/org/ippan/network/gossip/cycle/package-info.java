// SPDX-License-Identifier: Apache-2.0
/**
 * Finds the links of the tree that lie in a cycle: probes run over all links that carry bodies, and where one comes a
 * second time a cycle is closed; what each link
 * brings twice says where to look. The tree asks for a search and hands over what probes peers send. On the relay's
 * thread, but for the wish for a search, which any thread may have.
 */
package org.ippan.network.gossip.cycle;
