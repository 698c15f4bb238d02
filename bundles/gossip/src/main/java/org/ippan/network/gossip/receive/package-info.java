// SPDX-License-Identifier: Apache-2.0
/**
 * The way in for messages: they are checked, judged by validators, appended to the log of their link and handed to
 * listeners, and links are not read while there is no room. The ends of links call it, and the relay for what was set
 * aside. A message is handled on the I/O thread of its link; validators have threads of their own, and what pauses and
 * resumes is confined to the relay.
 */
package org.ippan.network.gossip.receive;
