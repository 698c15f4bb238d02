// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.validate;

import java.nio.ByteBuffer;
import org.ippan.network.api.gossip.Signatures;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Seal;

/**
 * Refuses messages whose publisher did not sign them, or signed them too long ago: they may have been played again. Is
 * asked before a message is marked, or a forged copy would keep the true one out. Safe for any thread.
 */
public final class Seals {

    private final GossipContext context;

    /** Refuses what the settings of now say. */
    public Seals(GossipContext context) {
        this.context = context;
    }

    /** Whether messages have to be asked for here. */
    public boolean areRequired() {
        return context.settings().signatures() == Signatures.REQUIRE;
    }

    /** Whether a message is its publisher's and of these minutes; if so its header says so. */
    public boolean admit(GossipLink link, MessageHeader header, ByteBuffer body, IdKey id) {
        int at = header.payloadOffset - Seal.LENGTH;
        // A signature takes a millisecond: what else was read of a peer that is banned by now is not worth it.
        if (!header.sealed || !isRecent(Seal.millis(body, at)) || link.isBanned()) {
            context.ignored();
        } else if (Seal.isGenuine(body, at, id)) {
            header.genuine = true;
        } else {
            context.counters.rejected.increment();
            context.services.metrics.recordMessageDropped(DropReason.REJECTED);
            link.standing().recordInvalid(Cause.MESSAGE_REJECTED);
        }
        return header.genuine;
    }

    private boolean isRecent(long millis) {
        long most = context.settings().maxAgeMillis();
        // Any 8 bytes may stand there: the absolute value of the least number is less than none.
        long age = context.wallMillis() - millis;
        return age <= most && age >= -most;
    }
}
