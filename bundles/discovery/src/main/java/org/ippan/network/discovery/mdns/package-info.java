// SPDX-License-Identifier: Apache-2.0
/**
 * The search in the local network (multicast DNS, RFC 6762 and 6763): sockets, the cache of what was heard, what this
 * node tells. The component makes the source, and the search asks it. Packets are read on a thread of their own; what
 * they said is kept for the search under a lock.
 */
package org.ippan.network.discovery.mdns;
