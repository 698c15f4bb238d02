// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.settings.ChangeSet;

/**
 * The node as the page shows it, all at one moment.
 *
 * @param network its name, as nodes of it are configured; empty while that is not known
 * @param id of the node, or empty
 * @param name what the node calls itself in the view of the network, or empty
 * @param version of ippan-network
 * @param time of the node
 * @param started when the page's bundle was
 * @param listenAddress where peers reach the node; empty while they do not
 * @param orders whether orders are taken from clients with the token
 * @param health how the node fares
 * @param since from when on each of the reasons was found, by its check and text
 * @param snapshots what each bundle tells, by its name
 * @param peers connected ones first
 * @param pending a change of settings that goes back by itself unless it is confirmed
 * @param events after the one asked for, oldest first
 */
record NodeView(String network, String id, String name, String version, Instant time, Instant started,
        String listenAddress, boolean orders, Verdict health, Map<String, Instant> since,
        SortedMap<String, Record> snapshots, List<Peer> peers, Optional<ChangeSet> pending,
        List<EventLog.Entry> events) {
}
