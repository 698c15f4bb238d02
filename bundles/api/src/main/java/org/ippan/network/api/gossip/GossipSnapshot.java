// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.snapshot.Measure;

/**
 * What gossip tells about itself.
 *
 * @param relayMode how messages travel
 * @param links links it speaks over
 * @param eagerLinks links bodies are sent over at once
 * @param lazyLinks links messages are only announced over
 * @param slowLinks links that held the others back for so long that they are no longer waited for
 * @param published messages accepted from this node's applications
 * @param publishRefused messages refused by back-pressure
 * @param delivered messages handed to the queues of listeners
 * @param relayed bodies taken by peers' sockets, publishing included
 * @param bodiesReceived bodies received, duplicates included
 * @param duplicates bodies received that were known
 * @param ignored messages ignored
 * @param rejected messages rejected
 * @param announced ids announced
 * @param announcedUnproven ids announced to peers that no fingerprint showed to have the messages from their publisher
 * @param fingerprintMismatches fingerprints of peers that differed from this node's
 * @param wantedSent ids asked for
 * @param wantedReceived ids peers asked for
 * @param repaired messages that came because they were asked for
 * @param missed messages announced that no peer could deliver
 * @param wanted ids announced and not yet received
 * @param graftsSent times a link was taken into the tree by this node
 * @param graftsReceived times a peer asked for bodies
 * @param prunesSent times a peer was asked to announce instead of sending
 * @param prunesReceived times a peer asked for announcements only
 * @param overRate ids and requests for bodies ignored because a peer sent too many
 * @param cachedMessages messages in the logs
 * @param cachedBytes bytes of the logs
 * @param cacheLimitBytes most bytes of the logs
 * @param cacheEvictedEarly messages that left the logs for want of room
 * @param heldBytes bytes of this node's messages that links which are waited for have not taken
 * @param underWayBytes bytes of this node's messages that are not settled at every node, as far as that is known
 * @param windowBytes so many bytes of the priority of which most are under way may be before publishers wait
 * @param overrun messages that left the logs before a link had sent them
 * @param validationQueued messages waiting to be validated or delivered
 * @param validationBytes their bytes
 * @param validationLimitBytes most bytes of messages that wait for validators, and as many for listeners
 * @param fingerprintBytes bytes of ids of which fingerprints are made, beyond those that each link is certain to have
 * @param fingerprintLimitBytes most of them
 * @param throttled whether links have not been read for at least 100 ms, for want of room
 * @param pausedLinks links not read for want of room
 * @param validatorFailures times a validator threw, returned nothing or was late
 * @param relayQueued pieces of work that wait for the relay's thread
 * @param listeners the listeners
 * @param validators the validators
 * @param outbound the links with what they still have to send
 * @param topics the messages of each topic, of 64 at most, and of all others
 * @param mismatches of whose messages which peer told fingerprints that differ from this node's
 */
public record GossipSnapshot(
        @Measure("How messages travel.") RelayMode relayMode,
        @Measure(value = "Links gossip speaks over.", unit = "links") int links,
        @Measure(value = "Links over which bodies are sent at once.", unit = "links") int eagerLinks,
        @Measure(value = "Links over which messages are only announced.", unit = "links") int lazyLinks,
        @Measure(value = "Links that held the others back for so long that they are no longer waited for.",
                unit = "links") int slowLinks,
        @Measure(value = "Messages accepted from applications of this node.", unit = "messages", counter = true)
        long published,
        @Measure(value = "Messages refused by back-pressure.", unit = "messages", counter = true) long publishRefused,
        @Measure(value = "Messages handed to the queues of listeners.", unit = "messages", counter = true)
        long delivered,
        @Measure(value = "Bodies taken by the sockets of peers, publishing included.", unit = "bodies", counter = true)
        long relayed,
        @Measure(value = "Bodies received, duplicates included.", unit = "bodies", counter = true)
        long bodiesReceived,
        @Measure(value = "Bodies received that were known already.", unit = "bodies", counter = true) long duplicates,
        @Measure(value = "Messages ignored: too old, too many hops, or by a validator.", unit = "messages",
                counter = true) long ignored,
        @Measure(value = "Messages a validator rejected, each delivery counted.", unit = "messages", counter = true)
        long rejected,
        @Measure(value = "Ids announced to peers.", unit = "ids", counter = true) long announced,
        @Measure(value = "Ids announced to peers that no fingerprint showed to have them from their publisher.",
                unit = "ids", counter = true) long announcedUnproven,
        @Measure(value = "Fingerprints of a publisher's messages, told by peers, that differed from this node's.",
                unit = "fingerprints", counter = true) long fingerprintMismatches,
        @Measure(value = "Ids asked of peers.", unit = "ids", counter = true) long wantedSent,
        @Measure(value = "Ids that peers asked for.", unit = "ids", counter = true) long wantedReceived,
        @Measure(value = "Messages that came because they were asked for.", unit = "messages", counter = true)
        long repaired,
        @Measure(value = "Messages announced that no peer could deliver.", unit = "messages", counter = true)
        long missed,
        @Measure(value = "Ids announced by peers and not yet received.", unit = "ids") int wanted,
        @Measure(value = "Times this node took a link into the tree to get a message by it.", unit = "grafts",
                counter = true) long graftsSent,
        @Measure(value = "Times a peer asked to be sent bodies.", unit = "grafts", counter = true)
        long graftsReceived,
        @Measure(value = "Times this node asked a peer to announce instead of sending.", unit = "prunes",
                counter = true) long prunesSent,
        @Measure(value = "Times a peer asked for announcements only.", unit = "prunes", counter = true)
        long prunesReceived,
        @Measure(value = "Ids and requests to be sent bodies that were ignored: over the rate.", unit = "ids",
                counter = true) long overRate,
        @Measure(value = "Messages in the logs.", unit = "messages") int cachedMessages,
        @Measure(value = "Bytes of the logs, columns included.", unit = "bytes") long cachedBytes,
        @Measure(value = "Most bytes of the logs.", unit = "bytes") long cacheLimitBytes,
        @Measure(value = "Messages that left the logs for want of room.", unit = "messages", counter = true)
        long cacheEvictedEarly,
        @Measure(value = "Bytes of this node's messages that links which are waited for have not taken.",
                unit = "bytes") long heldBytes,
        @Measure(value = "Bytes of this node's messages that are not settled at every node, as far as that is known.",
                unit = "bytes") long underWayBytes,
        @Measure(value = "Bytes of one priority that may be under way before publishers wait.", unit = "bytes")
        long windowBytes,
        @Measure(value = "Messages that left the logs before a link had sent them.", unit = "messages", counter = true)
        long overrun,
        @Measure(value = "Messages waiting to be validated or delivered.", unit = "messages") int validationQueued,
        @Measure(value = "Bytes of messages waiting to be validated or delivered.", unit = "bytes")
        long validationBytes,
        @Measure(value = "Most bytes of messages that wait for validators; as many may wait for listeners.",
                unit = "bytes") long validationLimitBytes,
        @Measure(value = "Bytes of ids that are kept for fingerprints, beyond what each link is certain to have.",
                unit = "bytes") long fingerprintBytes,
        @Measure(value = "Most bytes of ids that are kept for fingerprints.", unit = "bytes")
        long fingerprintLimitBytes,
        @Measure("Whether links have not been read for at least 100 ms, for want of room.") boolean throttled,
        @Measure(value = "Links not read for want of room.", unit = "links") int pausedLinks,
        @Measure(value = "Times a validator threw, returned nothing or was late.", unit = "calls", counter = true)
        long validatorFailures,
        @Measure(value = "Pieces of work that wait for the relay's thread; from 32768 on, links are not read.",
                unit = "pieces") int relayQueued,
        @Measure("The listeners with their queues.") List<ListenerSnapshot> listeners,
        @Measure("The validators with what waits for them.") List<ValidatorSnapshot> validators,
        @Measure("The links with what they still have to send.") List<OutboundSnapshot> outbound,
        @Measure("The messages of each topic, of 64 at most, and of all others.") List<TopicSnapshot> topics,
        @Measure("Publishers of whose messages a peer told other fingerprints in the last 10 minutes, 64 at most.")
        List<Mismatch> mismatches) {

    /**
     * A publisher and a peer that told fingerprints of its messages which differ from this node's. Between nodes that
     * keep to the protocol there is none: the publisher sends peers different messages, or the peer tells what is not
     * so.
     *
     * @param publisher whose messages they are
     * @param peer who told the fingerprints
     * @param fingerprints how many differed
     */
    public record Mismatch(
            @Measure("Peer that published the messages.") PeerId publisher,
            @Measure("Peer that told the fingerprints.") PeerId peer,
            @Measure(value = "Fingerprints that differed from this node's.", unit = "fingerprints")
            long fingerprints) {
    }
}
