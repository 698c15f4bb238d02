// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stranger carries messages between two nodes that require signatures, one at once and one too late. */
@Tag(Nodes.WAITING)
class ReplayIT {

    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final int WINDOW_SECONDS = 10;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<Optional<PeerId>> publishers = new CopyOnWriteArrayList<>();
    private final List<Long> delivered = new CopyOnWriteArrayList<>();

    private IppanNode node(String name) {
        return nodes.embed(name, builder -> builder.set("org.ippan.network.transport", "tls", "false")
                // The stranger takes the next message for the one that was published.
                .set("org.ippan.network.survey", "share", "off")
                .set(GOSSIP, "signatures", "require").set(GOSSIP, "maxAgeSeconds", String.valueOf(WINDOW_SECONDS)));
    }

    @Test
    void shouldRefuseWhatAStrangerPlaysAgainAfterTheWindow() throws Exception {
        IppanNode alice = node("alice");
        IppanNode bob = node("bob");
        bob.subscribe("t", message -> {
            publishers.add(message.publisher());
            delivered.add(message.payload().getLong());
        });
        try (WirePeer atAlice = WirePeer.connect(Nodes.address(alice), "default");
                WirePeer atBob = WirePeer.connect(Nodes.address(bob), "default")) {
            byte[] kept = published(alice, atAlice, 1);
            byte[] fresh = published(alice, atAlice, 2);

            atBob.send(WirePeer.GOSSIP, fresh);
            atBob.flush();
            Eventually.until(() -> "delivered: " + delivered, Nodes.SOON, () -> delivered.contains(2L));
            TimeUnit.SECONDS.sleep(WINDOW_SECONDS + 1);
            atBob.send(WirePeer.GOSSIP, kept);
            atBob.flush();
            Eventually.until("it is refused", Nodes.SOON, () -> bob.gossip().snapshot().ignored() == 1);

            assertEquals(List.of(2L), delivered);
            assertEquals(List.of(Optional.of(alice.id())), publishers);
        }
    }

    /** What the stranger is sent of a message; its age is as it was then. */
    private static byte[] published(IppanNode node, WirePeer stranger, long number) {
        Eventually.until("linked", Nodes.SOON, () -> node.gossip().snapshot().links() == 1);
        int before = stranger.heard(WirePeer.GOSSIP);
        node.gossip().publish(Message.of(Topic.of("t"), ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
        Eventually.until("it is sent", Nodes.SOON, () -> stranger.heard(WirePeer.GOSSIP) > before);
        return stranger.last(WirePeer.GOSSIP);
    }
}
