// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.api.snapshot.Measure;

/**
 * What the peers service tells about itself.
 *
 * @param localId this node's id, or empty
 * @param refusal why the node neither listens nor dials, or empty
 * @param connected peers connected
 * @param inbound connections the peers opened
 * @param outbound connections this node opened
 * @param known peers known
 * @param configured peers configured or added by hand
 * @param waiting addresses waiting for their next dial
 * @param dials dials begun
 * @param dialFailures dials that failed
 * @param handshakes handshakes that led to a link
 * @param handshakesRefused handshakes this node refused
 * @param roomRefused handshakes and connections that found no room, by limit
 * @param blocked addresses from which too many handshakes failed, at most 256 of them
 * @param secondKeyHandshakes handshakes whose peer proved the second network key
 * @param secondKeyPeers peers connected by a link that began with the second network key, at most 8 of them by name
 * @param duplicatesClosed connections closed because another to the same peer stayed
 * @param identityElsewhere where another living node with this node's identity was met or told of, or empty
 * @param sharedIdentities peers of which two living nodes use the same identity, at most 8 of them
 * @param advertised addresses this node tells as its own, or empty
 * @param unfindable why peers that are told of this node cannot reach it, or empty
 * @param lastSaveError why the address book could not be saved last; empty if it could
 * @param pingsSent heartbeats sent
 * @param pingsMissed heartbeats not answered in time
 * @param localFaults times a delay was found to be this node's own
 * @param framesWithoutHandler frames of a known type whose handler was not there
 * @param addresses addresses known, by source
 * @param addressRequestsSent times a peer was asked for addresses
 * @param addressAnswers answers to that
 * @param addressAnswersIgnored answers not asked for, or too late
 * @param addressRequestsServed times a peer was answered
 * @param addressRequestsIgnored times a peer asked too often
 * @param addressRecordsTaken genuine records taken
 * @param addressesDropped records and addresses not taken, by reason
 * @param goodbyesSent connections closed by this node, by reason
 * @param goodbyesReceived connections closed by peers, by reason
 */
public record PeersSnapshot(
        @Measure("Id of this node; empty while no transport is there.") String localId,
        @Measure("Why the node neither listens nor dials; empty if it does.") String refusal,
        @Measure(value = "Peers connected.", unit = "peers") int connected,
        @Measure(value = "Connections that peers opened.", unit = "connections") int inbound,
        @Measure(value = "Connections that this node opened.", unit = "connections") int outbound,
        @Measure(value = "Peers known.", unit = "peers") int known,
        @Measure(value = "Peers configured or added by hand.", unit = "peers") int configured,
        @Measure(value = "Addresses waiting for their next dial.", unit = "addresses") int waiting,
        @Measure(value = "Dials begun.", unit = "dials", counter = true) long dials,
        @Measure(value = "Dials that failed.", unit = "dials", counter = true) long dialFailures,
        @Measure(value = "Handshakes that led to a link.", unit = "handshakes", counter = true) long handshakes,
        @Measure(value = "Handshakes this node refused.", unit = "handshakes", counter = true) long handshakesRefused,
        @Measure(value = "Handshakes and connections that found no room, by limit.", unit = "connections",
                counter = true) Map<RoomLimit, Long> roomRefused,
        @Measure("Addresses blocked because too many handshakes from there failed; at most 256 of them.")
        List<BlockedPrefix> blocked,
        @Measure(value = "Handshakes whose peer proved the second network key.", unit = "handshakes", counter = true)
        long secondKeyHandshakes,
        @Measure("Peers connected by a link that began with the second network key, at most 8 of them by id; empty if"
                + " there is none.") String secondKeyPeers,
        @Measure(value = "Connections closed because another to the same peer stayed.", unit = "connections",
                counter = true) long duplicatesClosed,
        @Measure("Where another living node with this node's identity was met or told of; empty if there is none.")
        String identityElsewhere,
        @Measure("Peers of which two living nodes use the same identity, with their addresses; at most 8 of them.")
        String sharedIdentities,
        @Measure("Addresses this node tells its peers as its own; empty while it tells none.") String advertised,
        @Measure("Why peers that are told of this node cannot reach it; empty if they can.") String unfindable,
        @Measure("Why the address book could not be saved last; empty if it could.") String lastSaveError,
        @Measure(value = "Heartbeats sent.", unit = "heartbeats", counter = true) long pingsSent,
        @Measure(value = "Heartbeats not answered in time.", unit = "heartbeats", counter = true) long pingsMissed,
        @Measure(value = "Times a delay was found to be this node's own.", unit = "times", counter = true)
        long localFaults,
        @Measure(value = "Frames of a known type whose handler was not there.", unit = "frames", counter = true)
        long framesWithoutHandler,
        @Measure(value = "Addresses known, by where they are from.", unit = "addresses")
        Map<AddressSource, Long> addresses,
        @Measure(value = "Times a peer was asked for addresses.", unit = "requests", counter = true)
        long addressRequestsSent,
        @Measure(value = "Answers with addresses that were asked for.", unit = "answers", counter = true)
        long addressAnswers,
        @Measure(value = "Answers with addresses that were not asked for or that came too late.", unit = "answers",
                counter = true) long addressAnswersIgnored,
        @Measure(value = "Times a peer that asked was told addresses.", unit = "requests", counter = true)
        long addressRequestsServed,
        @Measure(value = "Times a peer asked for addresses too often.", unit = "requests", counter = true)
        long addressRequestsIgnored,
        @Measure(value = "Genuine records of addresses taken.", unit = "records", counter = true)
        long addressRecordsTaken,
        @Measure(value = "Records and addresses not taken, by reason.", unit = "addresses", counter = true)
        Map<AddressDrop, Long> addressesDropped,
        @Measure(value = "Connections this node closed, by reason told.", unit = "connections", counter = true)
        Map<GoodbyeReason, Long> goodbyesSent,
        @Measure(value = "Connections peers closed, by reason told.", unit = "connections", counter = true)
        Map<GoodbyeReason, Long> goodbyesReceived) {
}
