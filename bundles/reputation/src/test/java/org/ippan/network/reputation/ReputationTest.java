// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.reputation.ScoreEvent;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Scores and standings; the first four are cases that every release keeps. */
class ReputationTest {

    private final Bench bench = Bench.inMemory();
    private final Reputation reputation = bench.reputation;

    @Test
    void scoreCalculation() {
        bench.succeed(Peers.alice(), 10);
        bench.fail(Peers.alice(), 1);
        bench.invalid(Peers.alice(), 1);

        assertEquals(10 - 5 - 20, bench.score(Peers.alice()));
    }

    @Test
    void banEnforcement() {
        bench.invalid(Peers.alice(), 30);

        assertTrue(reputation.shouldBan(Peers.alice()));
        assertEquals(Standing.BANNED, reputation.score(Peers.alice()).standing());
        assertFalse(reputation.shouldBan(Peers.bob()));
    }

    @Test
    void statistics() {
        bench.succeed(Peers.alice(), 7);
        bench.fail(Peers.alice(), 2);
        bench.invalid(Peers.alice(), 1);

        PeerReputation stats = reputation.stats(Peers.alice()).orElseThrow();
        assertEquals(7, stats.successes());
        assertEquals(2, stats.failures());
        assertEquals(1, stats.invalids());
        assertEquals(0.7, stats.successRate(), 1e-9);
        assertEquals(Bench.START, stats.firstSeen());
        assertEquals(Bench.START, stats.lastSeen());
        assertEquals(Optional.empty(), stats.bannedUntil());
        assertEquals("", stats.banReason());
    }

    @Test
    void manager() {
        bench.succeed(Peers.alice(), 1);
        bench.fail(Peers.bob(), 1);

        assertEquals(Set.of(Peers.alice(), Peers.bob()), Set.copyOf(reputation.peers()));
        assertEquals(1, bench.score(Peers.alice()));
        assertEquals(-5, bench.score(Peers.bob()));
        reputation.remove(Peers.alice());
        assertEquals(List.of(Peers.bob()), reputation.peers());
        assertEquals(ReputationScore.NEUTRAL, reputation.score(Peers.alice()));
        assertEquals(Optional.empty(), reputation.stats(Peers.alice()));
    }

    @Test
    void shouldNotOscillateAroundZeroAsTheReferenceDoes() {
        bench.succeed(Peers.alice(), 15);
        bench.fail(Peers.bob(), 3);

        bench.pass(Duration.ofMinutes(10));
        assertEquals(5, bench.score(Peers.alice()));
        assertEquals(-5, bench.score(Peers.bob()));
        for (int i = 0; i < 5; i++) {
            bench.pass(Duration.ofMinutes(10));
            assertEquals(0, bench.score(Peers.alice()));
            assertEquals(0, bench.score(Peers.bob()));
        }
    }

    @Test
    void shouldLetABannedPeerNobodyUsesRecoverByItselfAsTheReferenceDoesNot() {
        bench.invalid(Peers.alice(), 25);

        bench.pass(Duration.ofMinutes(100));

        assertFalse(reputation.shouldBan(Peers.alice()));
        assertEquals(-400, bench.score(Peers.alice()));
    }

    @Test
    void shouldDecayByElapsedTimeAndNotOneStepHoweverLongAsTheReferenceDoes() {
        bench.invalid(Peers.alice(), 20);

        bench.time.stall(Duration.ofMinutes(200));

        assertEquals(-200, bench.score(Peers.alice()));
    }

    @Test
    void shouldLoseNoFractionOfAnIntervalToFrequentRecords() {
        bench.invalid(Peers.alice(), 10);

        for (int i = 0; i < 60 * 60; i++) {
            bench.pass(Duration.ofSeconds(1));
            reputation.recordSuccess(Peers.alice(), Cause.MESSAGE_ACCEPTED);
            reputation.recordFailure(Peers.alice(), Cause.PING_MISSED);
            if (i % 5 == 4) {
                bench.succeed(Peers.alice(), 20);
            }
        }

        assertEquals(-200 + 6 * 10, bench.score(Peers.alice()));
    }

    @Test
    void shouldBanAtExactlyThe25thInvalidFromNeutral() {
        bench.invalid(Peers.alice(), 24);
        assertFalse(reputation.shouldBan(Peers.alice()));

        bench.invalid(Peers.alice(), 1);

        assertTrue(reputation.shouldBan(Peers.alice()));
        assertEquals(-500, bench.score(Peers.alice()));
    }

    @Test
    void shouldBanAtExactlyThe75thInvalidFromTheGreatestScore() {
        bench.succeed(Peers.alice(), 5000);
        assertEquals(1000, bench.score(Peers.alice()));
        bench.invalid(Peers.alice(), 74);
        assertFalse(reputation.shouldBan(Peers.alice()));

        bench.invalid(Peers.alice(), 1);

        assertTrue(reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldKeepScoresInRange() {
        bench.succeed(Peers.alice(), 2000);
        bench.invalid(Peers.bob(), 100);

        assertEquals(1000, bench.score(Peers.alice()));
        assertEquals(-1000, bench.score(Peers.bob()));
    }

    @Test
    void shouldWarnAtTheThreshold() {
        bench.fail(Peers.alice(), 19);
        assertEquals(new ReputationScore(-95, Standing.GOOD), reputation.score(Peers.alice()));

        bench.fail(Peers.alice(), 1);

        assertEquals(new ReputationScore(-100, Standing.WARNED), reputation.score(Peers.alice()));
    }

    @Test
    void shouldCountMoreSuccessesThanTheWordHolds() {
        PeerStandingHandle handle = reputation.handle(Peers.alice());
        for (int i = 0; i < 200_000; i++) {
            handle.recordSuccess(Cause.MESSAGE_ACCEPTED);
        }

        assertEquals(200_000, reputation.stats(Peers.alice()).orElseThrow().successes());
        assertEquals(1000, handle.score());
    }

    @Test
    void shouldJudgeByHandleAsById() {
        PeerStandingHandle handle = reputation.handle(Peers.alice());

        handle.recordSuccess(Cause.MESSAGE_SENT);
        handle.recordFailure(Cause.SEND_FAILED);
        reputation.recordInvalid(Peers.alice(), Cause.PROTOCOL_ERROR);

        assertEquals(-24, handle.score());
        assertEquals(-24, bench.score(Peers.alice()));
        bench.invalid(Peers.alice(), 5);
        assertEquals(Standing.WARNED, handle.standing());
        bench.invalid(Peers.alice(), 30);
        assertEquals(Standing.BANNED, handle.standing());
    }

    @Test
    void shouldBeginAfreshThroughAHandleOfARemovedPeer() {
        PeerStandingHandle handle = reputation.handle(Peers.alice());
        handle.recordInvalid(Cause.MESSAGE_REJECTED);
        reputation.remove(Peers.alice());

        assertEquals(0, handle.score());
        assertEquals(Standing.GOOD, handle.standing());
        assertTrue(reputation.peers().isEmpty());
        handle.recordFailure(Cause.PING_MISSED);
        assertEquals(-5, bench.score(Peers.alice()));
        assertEquals(-5, handle.score());
    }

    @Test
    void shouldExplainAScoreByItsLastEvents() {
        bench.succeed(Peers.alice(), 3);
        bench.fail(Peers.alice(), 1);
        bench.pass(Duration.ofSeconds(2));
        bench.succeed(Peers.alice(), 7);
        bench.invalid(Peers.alice(), 1);
        bench.succeed(Peers.alice(), 2);

        assertEquals(List.of(new ScoreEvent(Bench.START, Cause.PING_MISSED, -5, -2),
                new ScoreEvent(bench.now(), Cause.MESSAGE_ACCEPTED, 7, 5),
                new ScoreEvent(bench.now(), Cause.MESSAGE_REJECTED, -20, -15),
                new ScoreEvent(bench.now(), Cause.MESSAGE_ACCEPTED, 2, -13)),
                reputation.stats(Peers.alice()).orElseThrow().events());
    }

    @Test
    void shouldKeepNoHistoryOfAPeerThatOnlyDidWell() {
        bench.succeed(Peers.alice(), 50);

        assertEquals(List.of(), reputation.stats(Peers.alice()).orElseThrow().events());
    }

    @Test
    void shouldKeepNoMoreEventsThanConfigured() {
        bench.fail(Peers.alice(), 100);

        List<ScoreEvent> events = reputation.stats(Peers.alice()).orElseThrow().events();
        assertEquals(32, events.size());
        assertEquals(-500, events.get(31).score());
        assertEquals(-345, events.get(0).score());
    }

    @Test
    void shouldSumUpInASnapshot() {
        bench.succeed(Peers.alice(), 4);
        bench.fail(Peers.bob(), 20);
        bench.invalid(Peers.carol(), 25);
        reputation.ban(Peers.peer(4), Duration.ofHours(1), "test");

        ReputationSnapshot snapshot = reputation.snapshot();

        assertEquals(new ReputationSnapshot(3, 10_000, 1, 2, 1, 4, 20, 25, 2, 2, 0, 0, ""), snapshot);
    }

    @Test
    void shouldForgetEverythingOnReset() {
        PeerStandingHandle handle = reputation.handle(Peers.alice());
        bench.invalid(Peers.alice(), 30);
        reputation.ban(Peers.bob(), Duration.ZERO, "test");

        reputation.reset();

        assertEquals(List.of(), reputation.peers());
        assertFalse(reputation.shouldBan(Peers.alice()));
        assertFalse(reputation.shouldBan(Peers.bob()));
        assertEquals(Standing.GOOD, handle.standing());
        assertEquals(new ReputationSnapshot(0, 10_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ""), reputation.snapshot());
    }

    @Test
    void shouldTellAWarningAgainOnlyAfterTheScoreHasRecovered() {
        bench.fail(Peers.alice(), 20);
        for (int i = 0; i < 50; i++) {
            bench.succeed(Peers.alice(), 5);
            bench.fail(Peers.alice(), 1);
        }
        assertEquals(List.of(EventType.PEER_WARNED), bench.told());

        bench.succeed(Peers.alice(), 50);
        bench.fail(Peers.alice(), 10);

        assertEquals(List.of(EventType.PEER_WARNED, EventType.PEER_WARNED), bench.told());
    }

    @Test
    void shouldDescribeEverySetting() {
        assertEquals(List.of(), Descriptions.disagreements(ReputationConfig.class, ReputationSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(ReputationSnapshot.class));
        assertEquals(Optional.empty(), bench.settings.lastConfigError());
    }
}
