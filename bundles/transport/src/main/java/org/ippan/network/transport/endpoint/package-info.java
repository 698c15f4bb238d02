// SPDX-License-Identifier: Apache-2.0
/**
 * The two ends at which connections begin: the socket that listens, and the dialler with the names it looks up. Only
 * the core calls it. Any thread may call; the state belongs to event loops, and names are looked up on threads that
 * may block.
 */
package org.ippan.network.transport.endpoint;
