// SPDX-License-Identifier: Apache-2.0
/**
 * The bodies of gossip's frames, and the ids of messages: reading, writing and hashing them. All other parts call it.
 * Codecs have no state and are safe for any thread; hashers and caches belong to one thread at a time.
 */
package org.ippan.network.gossip.wire;
