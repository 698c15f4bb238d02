// SPDX-License-Identifier: Apache-2.0
/**
 * What all parts of gossip share: links, messages that wait and their room, settings, services and counters as they are
 * now, and the way to the relay's thread. Every other package but the log and the wire calls it. It is safe for any
 * thread unless a class says otherwise.
 */
package org.ippan.network.gossip.model;
