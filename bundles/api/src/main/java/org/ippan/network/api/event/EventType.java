// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

/** The kinds of decisions that are told. Never one per message. */
public enum EventType {
    /** A connection to a peer was established. */
    PEER_UP,
    /** The connection to a peer ended. */
    PEER_DOWN,
    /** A peer's score fell to the warning threshold. */
    PEER_WARNED,
    /** A peer was banned, by its score or by hand. */
    PEER_BANNED,
    /** A banned peer is let in again. */
    PEER_PARDONED,
    /** A peer's connection became healthier or less so. */
    HEALTH_CHANGED,
    /** The node began to shed load. */
    OVERLOAD_STARTED,
    /** The node keeps up again. */
    OVERLOAD_ENDED,
    /** A configuration was taken over. */
    CONFIG_APPLIED,
    /** A configuration was refused. */
    CONFIG_REJECTED,
    /** The node began to make faults on purpose. */
    CHAOS_STARTED,
    /** It makes none any more. */
    CHAOS_ENDED
}
