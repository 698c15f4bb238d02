// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;

/**
 * The counters of a node in one line for scripts: {@code STATUS peers=2 published=0 …}.
 *
 * @param peers peers connected
 * @param published messages accepted from this node's applications
 * @param delivered messages handed to listeners
 * @param written lines written by {@code --subscribe}
 * @param relayed bodies queued for peers
 * @param duplicates bodies received that were known
 * @param repaired messages that came because they were asked for
 * @param bytesRead bytes of frames read
 * @param bytesWritten bytes of frames written
 * @param queuedBytes bytes queued for peers
 */
record Status(long peers, long published, long delivered, long written, long relayed, long duplicates, long repaired,
        long bytesRead, long bytesWritten, long queuedBytes) {

    static final String MARK = "STATUS ";

    static final Status NONE = new Status(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What the services tell now; what is not there counts 0. */
    static Status of(IppanNode node, long written) {
        Optional<GossipSnapshot> gossip = node.find(Gossip.class).map(Gossip::snapshot);
        Optional<TransportSnapshot> transport = node.find(Transport.class).map(Transport::snapshot);
        return new Status(node.find(PeerDirectory.class).map(peers -> (long) peers.snapshot().connected()).orElse(0L),
                gossip.map(GossipSnapshot::published).orElse(0L), gossip.map(GossipSnapshot::delivered).orElse(0L),
                written, gossip.map(GossipSnapshot::relayed).orElse(0L),
                gossip.map(GossipSnapshot::duplicates).orElse(0L), gossip.map(GossipSnapshot::repaired).orElse(0L),
                transport.map(TransportSnapshot::bytesRead).orElse(0L),
                transport.map(TransportSnapshot::bytesWritten).orElse(0L),
                transport.map(TransportSnapshot::queuedBytes).orElse(0L));
    }

    /** The line, without its end. */
    String line() {
        long[] values = values();
        var components = Status.class.getRecordComponents();
        StringBuilder line = new StringBuilder(MARK.trim());
        for (int i = 0; i < values.length; i++) {
            line.append(' ').append(components[i].getName()).append('=').append(values[i]);
        }
        return line.toString();
    }

    private long[] values() {
        return new long[] {peers, published, delivered, written, relayed, duplicates, repaired, bytesRead,
                bytesWritten, queuedBytes};
    }

    /** Reads a line; what it does not say counts 0. */
    static Status parse(String line) {
        var values = Arrays.stream(line.substring(MARK.length()).split(" ")).map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2).collect(Collectors.toMap(pair -> pair[0],
                        pair -> Long.parseLong(pair[1])));
        var value = Arrays.stream(Status.class.getRecordComponents())
                .mapToLong(component -> values.getOrDefault(component.getName(), 0L)).toArray();
        return new Status(value[0], value[1], value[2], value[3], value[4], value[5], value[6], value[7], value[8],
                value[9]);
    }
}
