// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Who leaves when the table is full, and the table itself. */
class EvictionTest {

    private final Bench bench = Bench.inMemory(Map.of("maxPeers", 5));
    private final Reputation reputation = bench.reputation;

    @Test
    void shouldLetTheScoreNearestToZeroLeaveFirst() {
        bench.succeed(Peers.peer(1), 3);
        bench.fail(Peers.peer(2), 2);
        bench.succeed(Peers.peer(3), 2);
        bench.succeed(Peers.peer(4), 50);
        bench.fail(Peers.peer(5), 1);

        bench.fail(Peers.alice(), 1);
        bench.fail(Peers.bob(), 1);

        assertFalse(reputation.peers().contains(Peers.peer(3)));
        assertFalse(reputation.peers().contains(Peers.peer(1)));
        assertEquals(5, reputation.peers().size());
        assertEquals(2, reputation.snapshot().evicted());
        assertEquals(55, reputation.snapshot().successes());
    }

    @Test
    void shouldLetBannedPeersLeaveLastAndTheSoonestToExpireFirst() {
        bench.invalid(Peers.peer(1), 40);
        bench.invalid(Peers.peer(2), 26);
        bench.invalid(Peers.peer(3), 30);
        bench.succeed(Peers.peer(4), 1000);
        bench.succeed(Peers.peer(5), 900);

        bench.succeed(Peers.alice(), 950);
        assertFalse(reputation.peers().contains(Peers.peer(5)));
        bench.succeed(Peers.bob(), 960);
        bench.succeed(Peers.carol(), 970);
        assertTrue(reputation.shouldBan(Peers.peer(2)));

        bench.invalid(Peers.carol(), 100);
        bench.invalid(Peers.bob(), 100);
        bench.succeed(Peers.peer(6), 1);

        assertFalse(reputation.shouldBan(Peers.peer(2)));
        assertTrue(reputation.shouldBan(Peers.peer(3)));
        assertTrue(reputation.shouldBan(Peers.peer(1)));
    }

    @Test
    void shouldLetTheOneNotJudgedForLongestLeaveAmongEquals() {
        for (int i = 1; i <= 5; i++) {
            bench.pass(Duration.ofSeconds(1));
            bench.succeed(Peers.peer(i), 1);
        }
        bench.pass(Duration.ofSeconds(1));
        bench.succeed(Peers.peer(1), 1);
        bench.fail(Peers.peer(1), 1);
        bench.succeed(Peers.peer(1), 4);

        bench.succeed(Peers.alice(), 1);

        assertFalse(reputation.peers().contains(Peers.peer(2)));
        assertTrue(reputation.peers().contains(Peers.peer(1)));
    }

    @Test
    void shouldKeepAConnectedPeerInAccountThoughStrangersPushedItOut() {
        PeerStandingHandle handle = reputation.handle(Peers.alice());
        for (int i = 0; i < 10; i++) {
            bench.succeed(Peers.peer(i), 5);
        }
        assertFalse(reputation.peers().contains(Peers.alice()));

        for (int i = 0; i < 25; i++) {
            handle.recordInvalid(Cause.MESSAGE_REJECTED);
        }

        assertTrue(reputation.shouldBan(Peers.alice()));
        assertEquals(25, reputation.stats(Peers.alice()).orElseThrow().invalids());
    }

    @Test
    void shouldHoldOnePeerWhereOnlyOneMayBe() {
        bench.set("maxPeers", 1);

        bench.invalid(Peers.alice(), 30);
        bench.succeed(Peers.bob(), 1);

        assertEquals(1, reputation.peers().size());
        assertEquals(1, bench.score(Peers.bob()));
    }

    @Test
    void shouldNeverExceedItsBoundWhileStrangersFlood() {
        bench.set("maxPeers", 1000);
        bench.invalid(Peers.alice(), 25);

        for (int i = 0; i < 20_000; i++) {
            bench.fail(Peers.peer(i), 1);
            assertTrue(reputation.peerCount() <= 1000);
        }

        assertTrue(reputation.shouldBan(Peers.alice()));
        assertTrue(reputation.snapshot().peers() > 900);
    }

    @Test
    void shouldFindWhatWasAddedAndNothingElseThroughManyChanges() {
        Bench wide = Bench.inMemory();
        PeerTable table = new PeerTable(new Random(3), new PeerEntry(wide.reputation, PeerId.of(0, 0, 0, 0)));
        Map<PeerId, PeerEntry> model = new HashMap<>();
        Random random = new Random(11);

        for (int i = 0; i < 50_000; i++) {
            PeerId peer = Peers.peer(random.nextInt(700));
            if (random.nextInt(3) == 0) {
                assertEquals(model.remove(peer), table.remove(peer));
            } else {
                PeerEntry fresh = new PeerEntry(wide.reputation, peer);
                PeerEntry present = model.putIfAbsent(peer, fresh);
                assertEquals(present == null ? fresh : present, table.add(fresh));
            }
            PeerId asked = Peers.peer(random.nextInt(700));
            assertEquals(model.get(asked), table.find(asked));
            assertEquals(model.size(), table.size());
        }
        int[] visited = new int[1];
        for (int from = table.visit(0, 7, any -> visited[0]++); from != 0;) {
            from = table.visit(from, 7, any -> visited[0]++);
        }
        assertEquals(model.size(), visited[0]);
        assertTrue(IntStream.range(0, 700).mapToObj(Peers::peer).allMatch(p -> table.find(p) == model.get(p)));
    }
}
