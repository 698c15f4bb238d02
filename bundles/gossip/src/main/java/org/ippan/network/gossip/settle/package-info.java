// SPDX-License-Identifier: Apache-2.0
/**
 * Whether messages are settled at all nodes that they could reach: what this node was asked for, by its publishers and
 * by peers, and what it asked its peers. Publishers, the ends of links and the clockwork of the core call it. It is
 * confined to the relay's thread; publishers come on any, and are told on the threads for callbacks.
 */
package org.ippan.network.gossip.settle;
