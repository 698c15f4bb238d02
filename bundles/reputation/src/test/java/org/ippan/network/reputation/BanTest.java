// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.ippan.network.api.event.EventType.PEER_BANNED;
import static org.ippan.network.api.event.EventType.PEER_PARDONED;
import static org.ippan.network.api.event.EventType.PEER_WARNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Who is banned, until when, and what is told of it. */
class BanTest {

    private final Bench bench = Bench.inMemory();
    private final Reputation reputation = bench.reputation;

    @Test
    void shouldPardonAtExactlyTheTimeItSaid() {
        bench.pass(Duration.ofSeconds(100));
        bench.invalid(Peers.alice(), 26);
        Instant until = reputation.stats(Peers.alice()).orElseThrow().bannedUntil().orElseThrow();

        assertEquals(Bench.START.plus(Duration.ofMinutes(120)), until);
        bench.time.stall(Duration.between(bench.now(), until).minusNanos(1));
        assertTrue(reputation.shouldBan(Peers.alice()));
        bench.time.stall(Duration.ofNanos(1));
        assertFalse(reputation.shouldBan(Peers.alice()));
        assertEquals(Standing.WARNED, reputation.score(Peers.alice()).standing());
        assertEquals(-400, bench.score(Peers.alice()));
    }

    @Test
    void shouldTellAPardonByTimeOnceThoughNobodyAsks() {
        bench.invalid(Peers.alice(), 25);

        bench.pass(Duration.ofHours(5));

        assertEquals(List.of(PEER_WARNED, PEER_BANNED, PEER_PARDONED), bench.told());
        assertEquals(1, reputation.snapshot().pardons());
        assertEquals(0, reputation.snapshot().banned());
    }

    @Test
    void shouldStayBannedUntilThePardonScoreAndNotFlapAtTheThreshold() {
        bench.invalid(Peers.alice(), 25);

        for (int i = 0; i < 99; i++) {
            bench.succeed(Peers.alice(), 1);
            assertTrue(reputation.shouldBan(Peers.alice()), "at " + bench.score(Peers.alice()));
        }
        bench.succeed(Peers.alice(), 1);

        assertFalse(reputation.shouldBan(Peers.alice()));
        assertEquals(List.of(PEER_WARNED, PEER_BANNED, PEER_PARDONED), bench.told());
        bench.invalid(Peers.alice(), 4);
        assertFalse(reputation.shouldBan(Peers.alice()));
        bench.invalid(Peers.alice(), 1);
        assertTrue(reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldTellABanOnceHoweverManyInvalidMessagesFollow() {
        bench.invalid(Peers.alice(), 1000);

        assertEquals(List.of(PEER_WARNED, PEER_BANNED), bench.told());
        assertTrue(bench.events.get(1).text().contains(Peers.alice().shortForm()), bench.events.get(1).text());
        assertEquals(Optional.of(Peers.alice()), bench.events.get(1).peer());
        assertEquals(1, reputation.snapshot().bans());
        assertEquals(1, reputation.snapshot().warnings());
    }

    @Test
    void shouldTellOnlyTheBanOfAPeerThatFallsPastBothThresholdsAtOnce() {
        bench.set("invalidPoints", -1000);

        bench.invalid(Peers.alice(), 1);

        assertEquals(List.of(PEER_BANNED), bench.told());
    }

    @Test
    void shouldBanByHandUntilATime() {
        reputation.ban(Peers.alice(), Duration.ofMinutes(5), "spam\nfrom \u001b[31mred");

        PeerReputation stats = reputation.stats(Peers.alice()).orElseThrow();
        assertEquals(Optional.of(Bench.START.plusSeconds(300)), stats.bannedUntil());
        assertEquals("spamfrom [31mred", stats.banReason());
        assertEquals(List.of(Peers.alice()), reputation.peers());
        bench.time.stall(Duration.ofMinutes(5).minusNanos(1));
        assertTrue(reputation.shouldBan(Peers.alice()));
        bench.time.stall(Duration.ofNanos(1));
        assertFalse(reputation.shouldBan(Peers.alice()));
        bench.pass(Duration.ofSeconds(1));
        assertEquals(List.of(PEER_BANNED, PEER_PARDONED), bench.told());
        assertEquals(0, reputation.snapshot().bannedByHand());
    }

    @Test
    void shouldBanByHandForEver() {
        reputation.ban(Peers.alice(), Duration.ZERO, "test");
        reputation.ban(Peers.bob(), Duration.ofSeconds(Long.MAX_VALUE), "test");

        bench.skip(Duration.ofDays(400));

        assertTrue(reputation.shouldBan(Peers.alice()));
        assertTrue(reputation.shouldBan(Peers.bob()));
        assertEquals(Optional.empty(), reputation.stats(Peers.alice()).orElseThrow().bannedUntil());
        assertEquals(Standing.BANNED, reputation.handle(Peers.alice()).standing());
    }

    @Test
    void shouldTellOneBanWhereHandAndScoreOverlap() {
        reputation.ban(Peers.alice(), Duration.ofMinutes(5), "test");
        bench.invalid(Peers.alice(), 25);

        bench.pass(Duration.ofMinutes(6));
        assertTrue(reputation.shouldBan(Peers.alice()));
        assertEquals(List.of(PEER_BANNED), bench.told());
        bench.pass(Duration.ofHours(2));

        assertEquals(List.of(PEER_BANNED, PEER_PARDONED), bench.told());
    }

    @Test
    void shouldSetAWorseScoreToThePardonScoreWhenPardonedByHand() {
        bench.invalid(Peers.alice(), 50);

        assertTrue(reputation.pardon(Peers.alice()));

        assertEquals(-400, bench.score(Peers.alice()));
        assertFalse(reputation.shouldBan(Peers.alice()));
        assertEquals(List.of(PEER_WARNED, PEER_BANNED, PEER_PARDONED), bench.told());
        assertEquals(Cause.MANUAL, reputation.stats(Peers.alice()).orElseThrow().events().get(31).cause());
    }

    @Test
    void shouldKeepABetterScoreWhenPardonedByHand() {
        bench.succeed(Peers.alice(), 50);
        reputation.ban(Peers.alice(), Duration.ZERO, "test");

        assertTrue(reputation.pardon(Peers.alice()));

        assertEquals(50, bench.score(Peers.alice()));
        assertFalse(reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldDoNothingWhenPardoningWhoIsNotBanned() {
        bench.fail(Peers.alice(), 25);

        assertFalse(reputation.pardon(Peers.alice()));
        assertFalse(reputation.pardon(Peers.bob()));

        assertEquals(-125, bench.score(Peers.alice()));
        assertEquals(List.of(PEER_WARNED), bench.told());
    }

    @Test
    void shouldLetARemovedPeerInAgain() {
        bench.invalid(Peers.alice(), 25);
        reputation.ban(Peers.bob(), Duration.ZERO, "test");

        reputation.remove(Peers.alice());
        reputation.remove(Peers.bob());
        reputation.remove(Peers.carol());

        assertFalse(reputation.shouldBan(Peers.alice()));
        assertFalse(reputation.shouldBan(Peers.bob()));
        assertEquals(List.of(PEER_WARNED, PEER_BANNED, PEER_BANNED, PEER_PARDONED, PEER_PARDONED), bench.told());
    }

    @Test
    void shouldRefuseANegativeDurationAndAFullTable() {
        assertThrows(IllegalArgumentException.class,
                () -> reputation.ban(Peers.alice(), Duration.ofSeconds(-1), "test"));
        for (int i = 0; i < 10_000; i++) {
            reputation.ban(Peers.peer(i), Duration.ZERO, "test");
        }

        assertThrows(IllegalStateException.class, () -> reputation.ban(Peers.alice(), Duration.ZERO, "test"));
        reputation.ban(Peers.peer(5), Duration.ofSeconds(1), "shorter");
        assertEquals(10_000, reputation.snapshot().bannedByHand());
    }

    @Test
    void shouldKeepBansByHandThatALowerLimitWouldNotAllow() {
        reputation.ban(Peers.peer(1), Duration.ZERO, "test");
        reputation.ban(Peers.peer(2), Duration.ZERO, "test");
        bench.set("maxHandBans", 1);

        var refused = assertThrows(IllegalStateException.class,
                () -> reputation.ban(Peers.peer(3), Duration.ZERO, "test"));

        assertEquals("there are 2 bans by hand already, and maxHandBans is 1; pardon some first", refused.getMessage());
        assertEquals(2, reputation.snapshot().bannedByHand());
    }

    @Test
    void shouldKeepBansByHandWhenStrangersFillTheTable() {
        bench.set("maxPeers", 10);
        reputation.ban(Peers.alice(), Duration.ofHours(1), "test");
        bench.fail(Peers.alice(), 1);

        for (int i = 0; i < 1000; i++) {
            bench.invalid(Peers.peer(i), 2);
        }

        assertTrue(reputation.shouldBan(Peers.alice()));
        assertEquals(Standing.BANNED, reputation.score(Peers.alice()).standing());
    }
}
