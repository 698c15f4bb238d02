// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Cable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A line that changes bits, so that TCP does not see it. */
@Tag(Nodes.WAITING)
class SpoiltLineIT {

    private static final int TIMES = 3;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** One that dials nothing but what it is told to. */
    private IppanNode node(String name, String... peers) {
        return nodes.embed(name, builder -> builder.set("org.ippan.network.peers", "outboundTarget", "0"), peers);
    }

    @Test
    void shouldDeliverEverythingAndNothingElseThoughALineChangesBits() throws Exception {
        IppanNode publisher = node("publisher");
        try (Cable cable = new Cable(publisher.listenAddress().orElseThrow())) {
            IppanNode receiver = node("receiver", cable.address());
            Nodes.awaitPeers(receiver, 1);
            try (Load load = new Load(publisher, List.of(receiver), 1000, 200)) {
                for (int i = 0; i < TIMES; i++) {
                    long before = receiver.peers().snapshot().handshakes();
                    cable.spoil();
                    Eventually.until(() -> "another link: " + receiver.peers().peers(), Nodes.SOON,
                            () -> !cable.isSpoiling() && receiver.peers().snapshot().handshakes() > before
                                    && receiver.peers().connected().size() == 1);
                }
                load.settle();
            }

            assertEquals(Standing.GOOD, publisher.service(ReputationManager.class).score(receiver.id()).standing());
            assertEquals(Standing.GOOD, receiver.service(ReputationManager.class).score(publisher.id()).standing());
        }
    }
}
