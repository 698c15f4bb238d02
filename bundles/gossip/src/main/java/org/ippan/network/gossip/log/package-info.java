// SPDX-License-Identifier: Apache-2.0
/**
 * Logs of messages, one for each source and priority, read by cursors that each have their own place. The parts that
 * receive and publish append; the links read, on their I/O threads; the relay looks entries up by id and lets old ones
 * go. One thread at a time appends to a log and one uses a cursor; everything else is safe for any thread.
 */
package org.ippan.network.gossip.log;
