// SPDX-License-Identifier: Apache-2.0
/**
 * What was announced and did not come: when it is asked for, and whom. The ends of links and the intake call it, and
 * it has the tree take links in. It is confined to the relay's thread; only whether a message is wanted is asked and
 * told by any thread.
 */
package org.ippan.network.gossip.repair;
