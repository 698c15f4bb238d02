// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.HealthSnapshot;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

    /** Peers remembered by default. */
    static final int MOST = 100_000;

    private static final Duration MILLI = Duration.ofMillis(1);

    private final ManualScheduler clock = new ManualScheduler();
    private final Health monitor = new Health(new HealthSettings(30, 5, 1_000, 3, 300, 0, MOST), clock, clock,
            event -> { });
    private final PeerId peer = Peers.alice();

    private PeerHealthStats stats() {
        return monitor.stats(peer).orElseThrow();
    }

    private void fail(PeerId who, int times) {
        for (int i = 0; i < times; i++) {
            monitor.recordFailure(who);
        }
    }

    @Test
    void shouldKnowNothingOfAPeerNeverProbed() {
        assertEquals(PeerHealth.UNKNOWN, monitor.health(peer));
        assertEquals(Optional.empty(), monitor.stats(peer));
        assertEquals(List.of(), monitor.unhealthyPeers());
        assertEquals(new HealthSnapshot(0, 0, 0, 0, 0, 0, 0, 0, MOST), monitor.snapshot());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "3, 1, 3", "4, 2, 4", "10, 5, 10"})
    void shouldDegradeAtHalfTheThresholdAndGiveUpAtTheThreshold(int threshold, int degraded, int unhealthy) {
        monitor.apply(new HealthSettings(30, 5, 1_000, threshold, 300, 0, MOST));

        for (int failures = 1; failures <= threshold + 1; failures++) {
            monitor.recordFailure(peer);

            PeerHealth expected = failures >= unhealthy ? PeerHealth.UNHEALTHY
                    : failures >= degraded ? PeerHealth.DEGRADED : PeerHealth.HEALTHY;
            assertEquals(expected, monitor.health(peer), failures + " failures");
        }
    }

    @Test
    void shouldBeHealthyAfterOneSuccessHoweverManyFailuresCameBefore() {
        fail(peer, 70_000);
        assertEquals(65_535, stats().consecutiveFailures(), "counted as far as 16 bits go, and no further");

        monitor.recordSuccess(peer);

        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));
        assertEquals(0, stats().consecutiveFailures());
        assertEquals(70_001, stats().totalChecks());
    }

    @Test
    void shouldBeUnhealthyWhenStaleAndNotAMomentSooner() {
        monitor.recordSuccess(peer);

        clock.advance(Duration.ofSeconds(300).minus(MILLI));
        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));

        clock.advance(MILLI);
        assertEquals(PeerHealth.UNHEALTHY, monitor.health(peer));
        assertEquals(List.of(peer), monitor.unhealthyPeers());
    }

    @Test
    void shouldAnswerTheSameInHealthAndStatsWhenStale() {
        monitor.recordSuccess(peer);
        clock.advance(Duration.ofSeconds(300));

        assertEquals(PeerHealth.UNHEALTHY, stats().health(), "the reference says healthy here");
        assertEquals(monitor.health(peer), stats().health());
        assertEquals(1, monitor.snapshot().unhealthy());
    }

    @Test
    void shouldAnswerTheSameInHealthAndStatsAtAllTimes() {
        monitor.apply(new HealthSettings(1, 1, 1_000, 4, 3, 0, MOST));
        for (int step = 0; step < 200; step++) {
            if (step % 7 < 2) {
                monitor.recordSuccess(peer);
            } else if (step % 7 < 5) {
                monitor.recordFailure(peer);
            }

            assertEquals(monitor.health(peer), stats().health());
            assertEquals(monitor.health(peer) == PeerHealth.UNHEALTHY, monitor.unhealthyPeers().contains(peer));
            clock.advance(Duration.ofMillis(step * 10));
        }
    }

    @Test
    void shouldCountThePeerThatNeverSucceededFromItsFirstRecord() {
        monitor.apply(new HealthSettings(30, 5, 1_000, 1_000, 300, 0, MOST));
        monitor.recordFailure(peer);

        clock.advance(Duration.ofSeconds(299));
        monitor.recordFailure(peer);
        assertEquals(PeerHealth.HEALTHY, monitor.health(peer));

        clock.advance(Duration.ofSeconds(1));
        assertEquals(PeerHealth.UNHEALTHY, monitor.health(peer));
        assertEquals(Optional.empty(), stats().sinceLastSuccess());
    }

    @Test
    void shouldTellTimesAndRoundTrip() {
        monitor.recordSuccess(peer, 1_234_567);
        clock.advance(Duration.ofSeconds(10));
        monitor.recordSuccess(peer);
        clock.advance(Duration.ofSeconds(20));
        monitor.recordFailure(peer);
        clock.advance(Duration.ofSeconds(5));

        assertEquals(new PeerHealthStats(peer, PeerHealth.DEGRADED, 1, 2.0 / 3, 3,
                Optional.of(Duration.ofSeconds(25)), Duration.ofSeconds(5), Duration.ofNanos(1_234_000)), stats());
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "9223372036854775807, 2147483647000"})
    void shouldKeepRoundTripsInRange(long nanos, long told) {
        monitor.recordSuccess(peer, nanos);

        assertEquals(Duration.ofNanos(told), stats().roundTrip());
    }

    @Test
    void shouldForgetARemovedPeer() {
        fail(peer, 3);

        monitor.remove(peer);

        assertEquals(PeerHealth.UNKNOWN, monitor.health(peer));
        assertEquals(Optional.empty(), monitor.stats(peer));
        assertEquals(3, monitor.snapshot().failures(), "what was counted stays counted");
    }

    @Test
    void shouldForgetPeersNotProbedForTwiceTheStaleTime() {
        monitor.recordSuccess(peer);
        clock.stall(Duration.ofSeconds(1));
        fail(Peers.bob(), 1);
        clock.stall(Duration.ofSeconds(598));
        assertEquals(0, monitor.cleanup());

        clock.stall(Duration.ofSeconds(1));

        assertEquals(1, monitor.cleanup());
        assertEquals(PeerHealth.UNKNOWN, monitor.health(peer));
        assertEquals(PeerHealth.UNHEALTHY, monitor.health(Peers.bob()));
    }

    @Test
    void shouldForgetThemByItself() {
        monitor.recordSuccess(peer);

        clock.advance(Duration.ofSeconds(601));

        assertEquals(0, monitor.snapshot().peers());
    }

    @Test
    void shouldKeepAPeerThatIsProbedHoweverOftenItFails() {
        for (int i = 0; i < 100; i++) {
            monitor.recordFailure(peer);
            clock.advance(Duration.ofSeconds(30));
        }

        assertEquals(100, stats().totalChecks());
    }

    @Test
    void shouldCountPeersByHealth() {
        monitor.recordSuccess(Peers.alice());
        fail(Peers.bob(), 1);
        fail(Peers.carol(), 3);

        assertEquals(new HealthSnapshot(3, 1, 1, 1, 5, 4, 3, 0, MOST), monitor.snapshot());
    }

    @Test
    void shouldForgetThePeersNotCheckedForLongestWhenThereAreTooMany() {
        for (int i = 0; i < MOST; i++) {
            clock.stall(MILLI);
            monitor.recordSuccess(Peers.peer(i));
        }
        clock.stall(MILLI);
        monitor.recordSuccess(Peers.peer(0));

        monitor.recordSuccess(Peers.peer(MOST));

        assertTrue(monitor.snapshot().peers() <= MOST);
        assertEquals(PeerHealth.HEALTHY, monitor.health(Peers.peer(0)), "checked lately");
        assertEquals(PeerHealth.UNKNOWN, monitor.health(Peers.peer(1)), "the oldest");
        assertEquals(PeerHealth.HEALTHY, monitor.health(Peers.peer(MOST / 2)));
        assertEquals(PeerHealth.HEALTHY, monitor.health(Peers.peer(MOST)), "the newest");
    }

    @Test
    void shouldForgetAsManyAsALowerLimitAsksForAndCountThem() {
        monitor.apply(new HealthSettings(30, 5, 1_000, 3, 300, 0, 1_000));
        for (int i = 0; i < 1_000; i++) {
            monitor.recordSuccess(Peers.peer(i));
        }
        monitor.apply(new HealthSettings(30, 5, 1_000, 3, 300, 0, 160));

        monitor.recordSuccess(Peers.peer(1_000));

        assertEquals(151, monitor.snapshot().peers());
        assertEquals(850, monitor.snapshot().evicted());
        assertEquals(160, monitor.snapshot().maxPeers());
    }

    @Test
    void shouldStayBoundedWhenAllPeersComeAtOnce() {
        for (int i = 0; i < MOST * 5 / 4; i++) {
            monitor.recordSuccess(Peers.peer(i));
        }

        int peers = monitor.snapshot().peers();
        assertTrue(peers <= MOST && peers > MOST / 2, peers + " peers");
    }

    @Test
    void shouldDescribeEveryMeasure() {
        assertEquals(List.of(), Descriptions.undescribed(HealthSnapshot.class));
    }
}
