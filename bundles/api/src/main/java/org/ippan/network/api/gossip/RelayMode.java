// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

/** How messages travel. */
public enum RelayMode {
    /** Over the links of a spanning tree that forms by itself; over the others messages are announced. */
    TREE,
    /** To every connected peer, and on from there. */
    FLOOD,
    /** To every connected peer, and no further. */
    DIRECT
}
