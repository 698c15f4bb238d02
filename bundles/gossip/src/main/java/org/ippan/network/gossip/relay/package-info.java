// SPDX-License-Identifier: Apache-2.0
/**
 * Who is sent what: the tree of links that carry bodies, announcements to others, what neighbours get from a publisher
 * itself, bodies that are asked for, and which links are too slow to wait for. The ends of links, the intake and
 * the core call it. It is confined to the relay's thread, but for what a message does to its link, which happens on the
 * link's I/O thread.
 */
package org.ippan.network.gossip.relay;
