// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What a publisher published while its link to a peer was down comes to that peer by others, at any speed. */
class RelinkTest {

    private static final int BEFORE = 5;
    private static final int MEANWHILE = 10;
    private static final int AFTER = 50;

    private final ManualScheduler time = new ManualScheduler();
    private final List<FakeNode> nodes = FakeNode.mesh(time, 3);
    private final FakeNode alice = nodes.get(0);
    private final FakeNode bob = nodes.get(1);
    private final FakeNode carol = nodes.get(2);

    private static FakeLink link(FakeNode from, FakeNode to) {
        return from.links.stream().filter(link -> link.peer.equals(to.id) && link.closed == null)
                .reduce((first, last) -> last).orElseThrow();
    }

    private void publish(int count, String name) {
        for (int i = 0; i < count; i++) {
            alice.publish(name + i);
            time.advance(Duration.ofMillis(20));
        }
    }

    /** Bob has them all before him still when Alice and Carol are linked again, and say so. */
    @Test
    void shouldRelayWhatWasPublishedWhileALinkWasDownThoughTheLinkIsUpAgain() {
        time.advance(Duration.ofSeconds(3));
        publish(BEFORE, "before");
        time.advance(Duration.ofSeconds(1));
        link(bob, carol).stick(true);
        link(alice, carol).close(null, "");
        time.advance(Duration.ofMillis(50));
        publish(MEANWHILE, "meanwhile");
        // At full speed what is announced has left the logs before it is asked for.
        alice.connect(carol).lossy = frame -> frame.type() == FrameType.IHAVE;
        link(bob, carol).lossy = frame -> frame.type() == FrameType.IHAVE;
        publish(AFTER, "after");

        link(bob, carol).stick(false);
        time.advance(Duration.ofSeconds(5));

        assertEquals(BEFORE + MEANWHILE + AFTER, carol.received.size(), carol.received::toString);
    }
}
