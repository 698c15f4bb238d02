// SPDX-License-Identifier: Apache-2.0
/**
 * The way of this node's own messages into its logs, when publishers have to wait, and who waits for peers to have
 * taken a message. The core calls it for applications, and links tell it of progress. Any thread may call; a
 * publisher that waits is told on the threads for callbacks.
 */
package org.ippan.network.gossip.publish;
