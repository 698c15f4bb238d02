// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** What peers say of their neighbours costs little, however often they say it, and with however many identities. */
class NeighbourFloodTest {

    private static final long[] NOTHING = {0, 0, 0};

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1);

    private static Neighbourhood neighbourhood(int epoch, int count) {
        List<Neighbour> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Neighbour(Peers.peer(1000 + i).word0(), true, true, epoch, NOTHING));
        }
        return new Neighbourhood(0, epoch, NOTHING, all);
    }

    private FakeLink stranger(int number) {
        new FakeNode(time, number).connect(node);
        FakeLink link = node.links.get(node.links.size() - 1);
        link.other.receiver = null;
        return link;
    }

    /** Each would take 100 KiB while it waits. */
    @Test
    void shouldKeepTheLastOfWhatAPeerSaysWhileTheRelayIsBusy() {
        FakeLink link = stranger(2);
        time.advance(Duration.ofSeconds(1));

        for (int i = 1; i <= 1000; i++) {
            link.give(neighbourhood(i, 1000).frame());
        }
        int waiting = node.core.context.relay.size();
        time.advance(Duration.ofSeconds(1));
        link.carried.clear();
        stranger(3).give(neighbourhood(5, 0).frame());
        time.advance(Duration.ofSeconds(1));

        assertEquals(1, waiting);
        assertTrue(link.carried(FrameType.NEIGHBOURS) > 0);
    }

    /** One a connection: what is told of all of them to all others must not grow with their number. */
    @Test
    void shouldTellOthersLittleOfStrangersThatComeAndGo() {
        FakeNode honest = new FakeNode(time, 3);
        FakeLink toHonest = node.connect(honest);
        time.advance(Duration.ofSeconds(1));
        toHonest.carried.clear();

        for (int i = 0; i < 400; i++) {
            FakeLink link = stranger(100 + i);
            link.give(neighbourhood(i, 0).frame());
            time.advance(Duration.ofMillis(5));
            link.close(null, "");
        }

        List<Frame> said = toHonest.carried.stream().filter(frame -> frame.type() == FrameType.NEIGHBOURS).toList();
        int longest = said.stream().mapToInt(frame -> frame.bytes().remaining()).max().orElse(0);
        assertTrue(said.size() <= 2000 / 20, said.size() + " in two seconds");
        assertTrue(longest < 3000, longest + " bytes");
    }
}
