// SPDX-License-Identifier: Apache-2.0
/**
 * What goes out over a link: its cursors in the logs, what its peer asked for, the turns of priorities, and the frames
 * that are written. The transport pulls through the end of the link, and publishers, the intake and the relay wake it.
 * A link is filled on its I/O thread, and the relay's takes turns with it by a lock.
 */
package org.ippan.network.gossip.send;
