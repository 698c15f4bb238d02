// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key, changed while running. */
class SettingsTest {

    private final Bench bench = Bench.inMemory();
    private final Reputation reputation = bench.reputation;

    @ParameterizedTest
    @CsvSource({"successPoints,-1", "successPoints,101", "failurePoints,1", "invalidPoints,-1001", "warnThreshold,0",
        "warnThreshold,-500", "banThreshold,abc", "banThreshold,-100", "banThreshold,-1001", "pardonMargin,0",
        "pardonMargin,1001", "decayPoints,-1", "decayPoints,1001", "decayIntervalSeconds,0",
        "decayIntervalSeconds,86401", "maxPeers,0", "maxPeers,1000001", "maxHandBans,0", "historySize,-1",
        "historySize,1001", "persist,maybe"})
    void shouldKeepTheLastGoodSettingsWhenAValueIsBad(String key, String bad) {
        bench.set("successPoints", 3);
        ReputationSettings good = bench.settings.current();
        bench.fail(Peers.alice(), 2);

        assertFalse(bench.set(key, bad));

        assertEquals(good, reputation.rules());
        assertEquals(-10, bench.score(Peers.alice()));
        assertEquals(1, bench.errors.size());
        assertTrue(bench.errors.get(0).startsWith("org.ippan.network.reputation: " + key.replace("warnThreshold",
                bad.equals("-500") ? "banThreshold" : key) + " = "), bench.errors.get(0));
    }

    @Test
    void shouldStartOnDefaultsWhereAValueIsBad() {
        Bench broken = Bench.inMemory(Map.of("banThreshold", "abc", "invalidPoints", "-100"));

        broken.invalid(Peers.alice(), 5);

        assertTrue(broken.reputation.shouldBan(Peers.alice()));
        assertEquals(-500, broken.reputation.rules().banThreshold());
    }

    @Test
    void shouldChangePointsLive() {
        bench.succeed(Peers.alice(), 10);
        bench.set("successPoints", 5);
        bench.set("failurePoints", -50);
        bench.set("invalidPoints", -100);

        bench.succeed(Peers.alice(), 2);
        assertEquals(20, bench.score(Peers.alice()));
        bench.fail(Peers.alice(), 1);
        assertEquals(-30, bench.score(Peers.alice()));
        bench.invalid(Peers.alice(), 1);
        assertEquals(-130, bench.score(Peers.alice()));
    }

    @Test
    void shouldJudgeScoresAnewWhenTheWarningThresholdChanges() {
        bench.fail(Peers.alice(), 12);

        bench.set("warnThreshold", -50);
        assertEquals(Standing.WARNED, reputation.score(Peers.alice()).standing());
        assertEquals(List.of(EventType.PEER_WARNED), bench.told());

        bench.set("warnThreshold", -200);
        assertEquals(Standing.GOOD, reputation.score(Peers.alice()).standing());
        assertEquals(-60, bench.score(Peers.alice()));
    }

    @Test
    void shouldJudgeScoresAnewWhenTheBanThresholdChanges() {
        bench.fail(Peers.alice(), 60);

        bench.set("banThreshold", -300);
        assertTrue(reputation.shouldBan(Peers.alice()));
        bench.set("banThreshold", -350);
        assertTrue(reputation.shouldBan(Peers.alice()), "-300 is below the pardon score -250");
        bench.set("banThreshold", -500);
        assertFalse(reputation.shouldBan(Peers.alice()));

        assertEquals(List.of(EventType.PEER_WARNED, EventType.PEER_BANNED, EventType.PEER_PARDONED), bench.told());
    }

    @Test
    void shouldChangeThePardonMarginLiveAndNeverPardonAboveTheWarningThreshold() {
        bench.invalid(Peers.alice(), 25);
        bench.set("pardonMargin", 1000);
        bench.succeed(Peers.alice(), 399);
        assertTrue(reputation.shouldBan(Peers.alice()));

        bench.succeed(Peers.alice(), 1);

        assertEquals(-100, bench.score(Peers.alice()));
        assertFalse(reputation.shouldBan(Peers.alice()));
        bench.invalid(Peers.alice(), 20);
        bench.set("pardonMargin", 5);
        bench.succeed(Peers.alice(), 5);
        assertFalse(reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldNotMakeScoresJumpWhenDecayChanges() {
        bench.invalid(Peers.alice(), 20);
        bench.pass(Duration.ofMinutes(35));
        assertEquals(-370, bench.score(Peers.alice()));

        bench.set("decayPoints", 100);
        assertEquals(-370, bench.score(Peers.alice()));
        bench.set("decayIntervalSeconds", 1);
        assertEquals(-370, bench.score(Peers.alice()));
        bench.set("decayIntervalSeconds", 600);
        assertEquals(-370, bench.score(Peers.alice()));

        bench.pass(Duration.ofMinutes(5).minusNanos(1));
        assertEquals(-370, bench.score(Peers.alice()));
        bench.pass(Duration.ofNanos(1000));
        assertEquals(-270, bench.score(Peers.alice()));
        bench.set("decayPoints", 0);
        bench.skip(Duration.ofDays(3));
        assertEquals(-270, bench.score(Peers.alice()));
    }

    @Test
    void shouldBanForEverWithoutDecay() {
        bench.set("decayPoints", 0);
        bench.invalid(Peers.alice(), 30);

        bench.skip(Duration.ofDays(30));

        assertTrue(reputation.shouldBan(Peers.alice()));
        assertTrue(reputation.stats(Peers.alice()).orElseThrow().bannedUntil().isEmpty());
    }

    @Test
    void shouldKeepAScoreForgottenThroughTheWrapOfTheDecayTotal() {
        bench.set("decayPoints", 512);
        bench.set("decayIntervalSeconds", 1);
        bench.succeed(Peers.alice(), 1000);
        Duration quarter = Duration.ofSeconds((1L << 34) / 512 / 4);

        for (int i = 0; i < 8; i++) {
            bench.skip(quarter);
            assertEquals(0, bench.score(Peers.alice()));
        }
    }

    @Test
    void shouldShrinkAtOnceWhenMaxPeersIsLowered() {
        for (int i = 0; i < 100; i++) {
            bench.fail(Peers.peer(i), i + 1);
        }

        bench.set("maxPeers", 64);

        assertTrue(reputation.peers().size() <= 64 && reputation.peers().size() >= 60);
        assertEquals(-500, bench.score(Peers.peer(99)));
        bench.set("maxPeers", 1000);
        assertEquals(-500, bench.score(Peers.peer(99)));
    }

    @Test
    void shouldChangeTheHistorySizeLive() {
        bench.fail(Peers.alice(), 10);

        bench.set("historySize", 3);
        assertEquals(3, reputation.stats(Peers.alice()).orElseThrow().events().size());
        bench.set("historySize", 5);
        bench.fail(Peers.alice(), 10);
        assertEquals(5, reputation.stats(Peers.alice()).orElseThrow().events().size());
        bench.set("historySize", 0);
        bench.fail(Peers.alice(), 1);
        assertEquals(List.of(), reputation.stats(Peers.alice()).orElseThrow().events());
        bench.set("historySize", 1000);
        bench.fail(Peers.alice(), 2000);
        assertEquals(1000, reputation.stats(Peers.alice()).orElseThrow().events().size());
    }

    @Test
    void shouldChangePersistLive(@TempDir Path folder) throws IOException {
        Bench kept = Bench.in(folder, Bench.START, Map.of("persist", false));
        kept.fail(Peers.alice(), 10);
        kept.pass(Duration.ofMinutes(5));
        assertFalse(Files.exists(folder.resolve("scores")));

        kept.set("persist", true);
        kept.pass(Duration.ofSeconds(10));
        byte[] saved = Files.readAllBytes(folder.resolve("scores"));
        kept.set("persist", "false");
        kept.fail(Peers.bob(), 1);
        kept.pass(Duration.ofMinutes(5));
        kept.reputation.stop();

        assertEquals(saved.length, Files.size(folder.resolve("scores")));
        assertEquals(-40, kept.score(Peers.alice()));
        assertEquals(0, Bench.in(folder, Bench.START, Map.of("persist", false)).score(Peers.alice()));
    }
}
