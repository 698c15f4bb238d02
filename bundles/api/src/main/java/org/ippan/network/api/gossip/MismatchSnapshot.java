// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.ippan.network.api.PeerId;
import org.ippan.network.api.snapshot.Measure;

/**
 * A publisher and a peer that told fingerprints of its messages which differ from this node's. Between nodes that keep
 * to the protocol there is none: the publisher sends peers different messages, or the peer tells what is not so.
 *
 * @param publisher whose messages they are
 * @param peer who told the fingerprints
 * @param fingerprints how many differed
 */
public record MismatchSnapshot(
        @Measure("Peer that published the messages.") PeerId publisher,
        @Measure("Peer that told the fingerprints.") PeerId peer,
        @Measure(value = "Fingerprints that differed from this node's.", unit = "fingerprints") long fingerprints) {
}
