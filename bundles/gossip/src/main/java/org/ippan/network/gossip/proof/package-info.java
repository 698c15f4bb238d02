// SPDX-License-Identifier: Apache-2.0
/**
 * How a node sees that peers have what their publisher sends them: fingerprints of the ids that came, and what is
 * announced where these do not agree. The relay and the stages of the intake call it. What came is noted on the link's
 * I/O thread and read on any; everything else is confined to the relay's thread.
 */
package org.ippan.network.gossip.proof;
