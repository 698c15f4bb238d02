// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.peers.book.Circuit;
import org.ippan.network.peers.context.LogLines;
import org.ippan.network.peers.handshake.Duplicates;
import org.ippan.network.peers.handshake.Duplicates.Candidate;
import org.ippan.network.peers.handshake.Duplicates.Trust;
import org.ippan.network.peers.handshake.Duplicates.Verdict;
import org.ippan.network.peers.session.RoundTrip;
import org.ippan.network.peers.settings.BackOff;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** The small parts, each by itself. */
class PartsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final BackOff POLICY = new BackOff(SECOND, 60 * SECOND, false);
    private static final Trust PROVED = new Trust(true, 0);

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /* RoundTrip */

    @Test
    void shouldWaitTheLongestTimeBeforeTheFirstSample() {
        assertEquals(5 * SECOND, new RoundTrip().timeoutNanos(SECOND, 5 * SECOND));
    }

    @Test
    void shouldEstimateAsRfc6298Does() {
        RoundTrip roundTrip = new RoundTrip();

        roundTrip.sample(800_000_000);
        roundTrip.sample(1_600_000_000);

        assertEquals(900_000_000, roundTrip.smoothedNanos());
        assertEquals(900_000_000 + 4 * 500_000_000L, roundTrip.timeoutNanos(SECOND, 5 * SECOND));
        assertEquals(SECOND, roundTrip.timeoutNanos(SECOND, SECOND));
    }

    @Test
    void shouldNeverWaitLessThanASecond() {
        RoundTrip roundTrip = new RoundTrip();

        roundTrip.sample(1_000_000);

        assertEquals(SECOND, roundTrip.timeoutNanos(SECOND, 5 * SECOND));
    }

    /* Circuit */

    @Test
    void shouldDoubleTheLongestWaitUpToTheLimit() {
        Random random = new Random(1);
        for (int failures = 1; failures <= 12; failures++) {
            long cap = Math.min(60, 1L << failures - 1) * SECOND;
            long longest = 0;
            for (int i = 0; i < 500; i++) {
                Circuit circuit = new Circuit();
                circuit.restore(failures - 1);
                circuit.failed(0, POLICY, random, 0);
                longest = Math.max(longest, circuit.nextTry());
            }
            assertTrue(longest <= cap && longest > cap * 0.97, failures + " failures: " + longest);
        }
    }

    @Test
    void shouldNotWaitLongForAConfiguredPeerThatIsAwayForLessThanAMinute() {
        Random random = new Random(1);
        BackOff eager = new BackOff(SECOND, 60 * SECOND, true);
        Circuit circuit = new Circuit();
        long now = 0;
        long longest = 0;
        while (now < 60 * SECOND) {
            circuit.failed(now, eager, random, 0);
            longest = Math.max(longest, circuit.nextTry() - now);
            now = circuit.nextTry();
        }

        for (int i = 0; i < 50; i++) {
            circuit.failed(now, eager, random, 0);
            now = circuit.nextTry();
        }
        circuit.failed(now, eager, random, 0);

        assertTrue(2 * longest <= 5 * SECOND, longest + " ns");
        assertEquals(CircuitState.OPEN, circuit.state());
    }

    @Test
    void shouldNotWaitLongForAConfiguredPeerThatIsLostAgainSoonAfterItCameBack() {
        Random random = new Random(1);
        BackOff eager = new BackOff(SECOND, 60 * SECOND, true);
        Circuit circuit = new Circuit();
        circuit.restore(9);
        long longest = 0;
        long longestOfFlapping = 0;
        for (int i = 0; i < 200; i++) {
            circuit.lost(100 * SECOND, 10 * SECOND, eager, random, 0);
            longest = Math.max(longest, circuit.nextTry() - 100 * SECOND);
            circuit.dial();
            circuit.lost(200 * SECOND, SECOND, eager, random, 0);
            longestOfFlapping = Math.max(longestOfFlapping, circuit.nextTry() - 200 * SECOND);
            circuit.dial();
        }

        assertTrue(2 * longest <= 5 * SECOND, longest + " ns");
        assertTrue(longestOfFlapping > 50 * SECOND, longestOfFlapping + " ns");
    }

    @Test
    void shouldBeginAgainAfterAMinuteConnected() {
        Circuit circuit = new Circuit();
        circuit.restore(9);

        circuit.lost(0, 59 * SECOND, POLICY, new Random(1), 0);
        int shortlyUp = circuit.failures();
        circuit.dial();
        circuit.lost(0, 60 * SECOND, POLICY, new Random(1), 0);

        assertEquals(10, shortlyUp);
        assertEquals(1, circuit.failures());
        assertTrue(circuit.nextTry() <= SECOND);
    }

    @Test
    void shouldShowTheBreaker() {
        Circuit circuit = new Circuit();
        List<CircuitState> states = new ArrayList<>();

        states.add(circuit.state());
        circuit.dial();
        states.add(circuit.state());
        circuit.failed(0, POLICY, new Random(1), 7 * SECOND);
        states.add(circuit.state());
        boolean due = circuit.due(7 * SECOND - 1);
        circuit.dial();
        states.add(circuit.state());
        circuit.connected();
        states.add(circuit.state());

        assertFalse(due);
        assertEquals(List.of(CircuitState.CLOSED, CircuitState.CLOSED, CircuitState.OPEN, CircuitState.HALF_OPEN,
                CircuitState.CLOSED), states);
    }

    /* Prefixes and networks */

    @Test
    void shouldKnowWhatLiesInANetwork() {
        NetSet nets = NetSet.parse(List.of("10.0.0.0/8", "fc00::/7", "::1/128", "192.168.1.77/24"));

        assertTrue(nets.contains(ip("10.255.0.1")));
        assertTrue(nets.contains(ip("fd12::1")));
        assertTrue(nets.contains(ip("::1")));
        assertTrue(nets.contains(ip("192.168.1.1")));
        assertTrue(nets.contains(ip("::ffff:10.0.0.1")));
        assertFalse(nets.contains(ip("11.0.0.1")));
        assertFalse(nets.contains(ip("::2")));
        assertFalse(nets.contains(ip("192.168.2.1")));
    }

    @Test
    void shouldRefuseWhatIsNoNetwork() {
        for (String wrong : List.of("10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "name/8", "::/129", "/8", "10.0.0.0/x")) {
            assertThrows(IllegalArgumentException.class, () -> NetSet.parse(List.of(wrong)), wrong);
        }
    }

    @Test
    void shouldCountOneHostOfIpv6ByItsNetwork() {
        assertEquals(Prefix.host(ip("2001:db8:1:1::1")), Prefix.host(ip("2001:db8:1:1:ffff::9")));
        assertFalse(Prefix.host(ip("10.0.0.1")).equals(Prefix.host(ip("10.0.0.2"))));
        assertEquals(Prefix.subnet(ip("10.0.0.1")), Prefix.subnet(ip("10.0.0.2")));
        assertEquals(Prefix.region(ip("10.0.0.1")), Prefix.region(ip("10.0.9.2")));
    }

    /* Duplicates */

    @Test
    void shouldComeToTheSameResultAtBothEnds() {
        Candidate dialledByUs = new Candidate(true, 1);
        Candidate dialledByThem = new Candidate(false, 1);
        boolean aliceIsSmaller = Peers.alice().compareTo(Peers.bob()) < 0;

        Verdict atAlice = Duplicates.judge(Peers.alice(), Peers.bob(), dialledByUs, dialledByThem, PROVED);
        Verdict atBob = Duplicates.judge(Peers.bob(), Peers.alice(), dialledByThem, dialledByUs, PROVED);
        Verdict atBobInTheOtherOrder =
                Duplicates.judge(Peers.bob(), Peers.alice(), dialledByUs, dialledByThem, PROVED);

        assertEquals(aliceIsSmaller ? Verdict.ASK_OLD : Verdict.CLOSE_OLD, atAlice);
        assertEquals(atAlice, atBob);
        assertEquals(atAlice == Verdict.ASK_OLD ? Verdict.CLOSE_OLD : Verdict.ASK_OLD, atBobInTheOtherOrder);
    }

    @Test
    void shouldLeaveConnectionsOfOneDirectionToTheAcceptor() {
        Candidate dialled = new Candidate(true, 1);
        Candidate accepted = new Candidate(false, 1);

        assertEquals(Verdict.WAIT, Duplicates.judge(Peers.alice(), Peers.bob(), dialled, dialled, PROVED));
        assertEquals(Verdict.ASK_OLD, Duplicates.judge(Peers.alice(), Peers.bob(), accepted, accepted, PROVED));
    }

    @Test
    void shouldKeepTheNewerOfAPeerThatStartedAgain() {
        for (boolean old : new boolean[] {true, false}) {
            for (boolean fresh : new boolean[] {true, false}) {
                assertEquals(Verdict.CLOSE_OLD, Duplicates.judge(Peers.alice(), Peers.bob(), new Candidate(old, 1),
                        new Candidate(fresh, 2), PROVED));
            }
        }
    }

    @Test
    void shouldAskTheOlderWhereIdsAreOnlyClaimed() {
        Trust claimed = new Trust(false, 20 * SECOND);

        assertEquals(Verdict.ASK_OLD, Duplicates.judge(Peers.alice(), Peers.bob(), new Candidate(false, 1),
                new Candidate(false, 2), claimed));
        assertEquals(Verdict.ASK_OLD, Duplicates.judge(Peers.alice(), Peers.bob(), new Candidate(true, 1),
                new Candidate(false, 1), claimed));
        assertEquals(Verdict.WAIT, Duplicates.judge(Peers.alice(), Peers.bob(), new Candidate(false, 1),
                new Candidate(true, 2), claimed));
    }

    /* Log */

    @Test
    void shouldNotLetAPeerWriteTheLog() {
        ManualScheduler time = new ManualScheduler();
        List<String> lines = new ArrayList<>();
        LogLines log = new LogLines(time, lines::add);

        for (int i = 0; i < 1000; i++) {
            log.tell("mallory", "again");
            time.stall(Duration.ofMillis(10));
        }
        log.tell("alice", "hello");

        assertTrue(lines.size() <= 14, lines.size() + " lines");
        assertTrue(lines.get(4).startsWith("again (") && lines.get(4).endsWith(" lines left out)"), lines.get(4));
        assertEquals("hello", lines.get(lines.size() - 1));
    }
}
