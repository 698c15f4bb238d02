// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives a restart. */
class PersistenceTest {

    @TempDir
    private Path folder;

    private Bench restartedAfter(Bench before, Duration down) {
        before.reputation.stop();
        return Bench.in(folder, before.now().plus(down), Map.of());
    }

    @Test
    void shouldKeepABanOverARestartAndLetThePeerInWhenItsScoreHasDecayed() {
        Bench first = Bench.in(folder);
        first.invalid(Peers.alice(), 25);

        Bench second = restartedAfter(first, Duration.ofMinutes(7));
        assertTrue(second.reputation.shouldBan(Peers.alice()));
        assertEquals(Standing.BANNED, second.reputation.handle(Peers.alice()).standing());
        assertEquals(List.of(), second.told());

        second.pass(Duration.ofMinutes(93).minusSeconds(1));
        assertTrue(second.reputation.shouldBan(Peers.alice()));
        second.pass(Duration.ofSeconds(1));
        assertFalse(second.reputation.shouldBan(Peers.alice()));
        assertEquals(List.of(EventType.PEER_PARDONED), second.told());
    }

    @Test
    void shouldDecayWhileDown() {
        Bench first = Bench.in(folder);
        first.invalid(Peers.alice(), 30);
        first.succeed(Peers.bob(), 100);

        Bench second = restartedAfter(first, Duration.ofHours(5));

        assertEquals(-300, second.score(Peers.alice()));
        assertEquals(0, second.score(Peers.bob()));
        assertFalse(second.reputation.shouldBan(Peers.alice()));
        second.pass(Duration.ofSeconds(2));
        assertEquals(List.of(EventType.PEER_PARDONED), second.told());
    }

    @Test
    void shouldLoseNoPartOfAnIntervalToManyRestarts() {
        Bench bench = Bench.in(folder);
        bench.invalid(Peers.alice(), 10);

        for (int i = 0; i < 20; i++) {
            bench.pass(Duration.ofMinutes(2));
            bench.fail(Peers.bob(), 1);
            bench = restartedAfter(bench, Duration.ofMinutes(1));
        }

        assertEquals(-200 + 6 * 10, bench.score(Peers.alice()));
    }

    @Test
    void shouldKeepBansByHandWithTheirTimesAndReasons() {
        Bench first = Bench.in(folder);
        first.reputation.ban(Peers.alice(), Duration.ofHours(2), "spams \u00fcber all");
        first.reputation.ban(Peers.bob(), Duration.ZERO, "for ever");
        first.reputation.ban(Peers.carol(), Duration.ofMinutes(10), "short");

        Bench second = restartedAfter(first, Duration.ofHours(1));

        PeerReputation alice = second.reputation.stats(Peers.alice()).orElseThrow();
        assertEquals(Optional.of(Bench.START.plus(Duration.ofHours(2))), alice.bannedUntil());
        assertEquals("spams \u00fcber all", alice.banReason());
        assertEquals(Bench.START, alice.firstSeen());
        assertTrue(second.reputation.shouldBan(Peers.bob()));
        assertFalse(second.reputation.shouldBan(Peers.carol()));
        second.pass(Duration.ofSeconds(1));
        assertEquals(List.of(EventType.PEER_PARDONED), second.told());
        second.pass(Duration.ofHours(1));
        assertFalse(second.reputation.shouldBan(Peers.alice()));
        assertTrue(second.reputation.shouldBan(Peers.bob()));
    }

    @Test
    void shouldKeepCountsOfPeersAndCountTheServiceAnew() {
        Bench first = Bench.in(folder);
        first.succeed(Peers.alice(), 70_000);
        first.fail(Peers.alice(), 2);
        first.invalid(Peers.alice(), 3);

        Bench second = restartedAfter(first, Duration.ofSeconds(3));
        second.succeed(Peers.alice(), 1);

        PeerReputation alice = second.reputation.stats(Peers.alice()).orElseThrow();
        assertEquals(70_001, alice.successes());
        assertEquals(2, alice.failures());
        assertEquals(3, alice.invalids());
        assertEquals(Bench.START, alice.firstSeen());
        assertEquals(1, second.reputation.snapshot().successes());
        assertEquals(0, second.reputation.snapshot().failures());
    }

    @Test
    void shouldNotTakeAClockSetBackForTimePassed() {
        Bench first = Bench.in(folder);
        first.invalid(Peers.alice(), 26);
        first.reputation.ban(Peers.bob(), Duration.ofHours(1), "test");
        first.reputation.stop();

        Bench second = Bench.in(folder, Instant.parse("1999-01-01T00:00:00Z"), Map.of());

        assertEquals(-520, second.score(Peers.alice()));
        second.pass(Duration.ofHours(1));
        assertFalse(second.reputation.shouldBan(Peers.bob()));
        assertTrue(second.reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldSurviveAnAbsurdClock() {
        Bench first = Bench.in(folder);
        first.invalid(Peers.alice(), 50);
        first.reputation.stop();

        Bench second = Bench.in(folder, Instant.parse("+20000-01-01T00:00:00Z"), Map.of());

        assertEquals(0, second.score(Peers.alice()));
    }

    @Test
    void shouldSaveAMisdeedSoonAndWithoutStopping() {
        Bench first = Bench.in(folder);
        first.pass(Duration.ofMinutes(2));
        first.invalid(Peers.alice(), 25);
        first.pass(Duration.ofSeconds(5));

        assertTrue(Bench.in(folder).reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldSaveEachOrderOfAnOperatorSoonAndWithoutStopping() {
        Bench bench = Bench.in(folder);
        List.of(Peers.alice(), Peers.bob(), Peers.carol()).forEach(peer -> bench.invalid(peer, 25));
        bench.pass(Duration.ofSeconds(10));

        bench.reputation.pardon(Peers.alice());
        bench.pass(Duration.ofSeconds(5));
        Reputation pardoned = Bench.in(folder).reputation;
        bench.reputation.remove(Peers.bob());
        bench.pass(Duration.ofSeconds(5));
        Reputation removed = Bench.in(folder).reputation;
        bench.reputation.reset();
        bench.pass(Duration.ofSeconds(5));

        assertTrue(!pardoned.shouldBan(Peers.alice()) && pardoned.shouldBan(Peers.bob()));
        assertTrue(!removed.shouldBan(Peers.bob()) && removed.shouldBan(Peers.carol()));
        assertEquals(List.of(), Bench.in(folder).reputation.peers());
    }

    @Test
    void shouldSaveWhatIsKnownWhenScoresAreKeptAgain() throws IOException {
        Bench bench = Bench.in(folder);
        bench.invalid(Peers.alice(), 25);
        bench.pass(Duration.ofSeconds(10));
        bench.set("persist", false);
        Files.delete(folder.resolve("scores"));

        bench.set("persist", true);
        bench.pass(Duration.ofSeconds(5));

        assertTrue(Bench.in(folder).reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldWriteOnlyWhatChangedAndSuccessesSeldom() throws IOException {
        Bench bench = Bench.in(folder);
        bench.pass(Duration.ofMinutes(10));
        assertFalse(Files.exists(folder.resolve("scores")));

        bench.fail(Peers.alice(), 1);
        bench.pass(Duration.ofSeconds(5));
        Files.delete(folder.resolve("scores"));
        bench.pass(Duration.ofMinutes(10));
        assertFalse(Files.exists(folder.resolve("scores")));

        bench.fail(Peers.alice(), 1);
        bench.pass(Duration.ofSeconds(1));
        Files.delete(folder.resolve("scores"));
        for (int i = 0; i < 59; i++) {
            bench.succeed(Peers.alice(), 1);
            bench.pass(Duration.ofSeconds(1));
        }
        assertFalse(Files.exists(folder.resolve("scores")));
        bench.pass(Duration.ofSeconds(1));
        assertTrue(Files.exists(folder.resolve("scores")));
    }

    @Test
    void shouldMoveAnUnreadableFileAsideAndStartEmpty() throws IOException {
        Files.writeString(folder.resolve("scores"), "not scores at all, but long enough to be looked at");

        Bench bench = Bench.in(folder);

        assertEquals(List.of(), bench.reputation.peers());
        assertEquals(1, bench.warnings.size());
        assertTrue(Files.exists(folder.resolve("scores.unreadable")));
        bench.fail(Peers.alice(), 1);
        assertEquals(-5, restartedAfter(bench, Duration.ZERO).score(Peers.alice()));
    }

    @Test
    void shouldKeepTheBansAndScoresThatAreWholeInADamagedFile() throws IOException {
        Bench first = Bench.in(folder);
        first.reputation.ban(Peers.carol(), Duration.ZERO, "spam");
        first.fail(Peers.alice(), 10);
        first.reputation.stop();
        byte[] damaged = Files.readAllBytes(folder.resolve("scores"));
        damaged[damaged.length - 1]++;
        Files.write(folder.resolve("scores"), damaged);

        Bench second = Bench.in(folder);

        assertTrue(second.reputation.shouldBan(Peers.carol()));
        assertEquals(-50, second.score(Peers.alice()));
        assertTrue(second.warnings.get(0).contains("records are whole"), second.warnings.get(0));
        assertArrayEquals(damaged, Files.readAllBytes(folder.resolve("scores.unreadable")));
        second.pass(Duration.ofSeconds(10));
        assertTrue(Bench.in(folder).reputation.shouldBan(Peers.carol()));
    }

    @Test
    void shouldGoOnWhenTheDiskFailsAndSayItOnce() throws IOException {
        Path blocked = folder.resolve("file");
        Files.writeString(blocked, "a file where a folder should be");
        Bench bench = Bench.in(blocked);
        for (int i = 0; i < 5; i++) {
            bench.invalid(Peers.alice(), 10);
            bench.pass(Duration.ofSeconds(10));
        }

        assertTrue(bench.reputation.shouldBan(Peers.alice()));
        assertEquals(1, bench.warnings.stream().filter(line -> line.startsWith("Scores cannot be saved")).count());
        assertFalse(bench.reputation.snapshot().lastSaveError().isEmpty());
        Files.delete(blocked);
        bench.pass(Duration.ofSeconds(10));
        assertEquals("", bench.reputation.snapshot().lastSaveError());
        assertTrue(Bench.in(blocked).reputation.shouldBan(Peers.alice()));
    }

    @Test
    void shouldRestoreNoMorePeersThanMayBe() {
        Bench first = Bench.in(folder);
        for (int i = 0; i < 100; i++) {
            first.fail(Peers.peer(i), i + 1);
        }
        first.reputation.stop();

        Bench second = Bench.in(folder, Bench.START, Map.of("maxPeers", 10));

        assertEquals(10, second.reputation.peers().size());
        assertEquals(-500, second.score(Peers.peer(99)));
    }
}
