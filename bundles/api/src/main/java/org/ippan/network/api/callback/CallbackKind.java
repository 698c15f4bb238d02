// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.callback;

import java.util.Locale;

/** The kinds of application code that the network calls. */
public enum CallbackKind {
    /** A {@code GossipListener}. */
    LISTENER,
    /** A {@code MessageValidator}. */
    VALIDATOR,
    /** A {@code NetworkEventListener}. */
    EVENT_LISTENER,
    /** A {@code PeerDiscovery}. */
    DISCOVERY,
    /** An {@code AddressAdvertiser}. */
    ADVERTISER,
    /** A {@code PayloadCodec}. */
    CODEC,
    /** A {@code PayloadFormat}. */
    FORMAT,
    /** A {@code ProtocolHandler}. */
    HANDLER,
    /** A {@code Transport}. */
    TRANSPORT,
    /** A {@code ConnectionHandler}. */
    CONNECTION_HANDLER,
    /** What follows when a future of publishing completes. */
    COMPLETION_STAGE,
    /** A listener of JMX notifications. */
    NOTIFICATION_LISTENER,
    /** A {@code SnapshotSource}. */
    SNAPSHOT_SOURCE;

    /** As operators read it, for example {@code event listener}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
