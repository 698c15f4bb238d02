// SPDX-License-Identifier: Apache-2.0
/**
 * Which addresses this node dials, and in which order. The connections of the core call it at every tick and at the
 * end of each dialled connection. It runs on {@code ippan-peers-timer} only.
 */
package org.ippan.network.peers.dial;
