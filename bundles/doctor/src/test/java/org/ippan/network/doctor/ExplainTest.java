// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ScoreEvent;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** Why a peer is treated as it is, in the words operators read. */
class ExplainTest {

    private static final PeerAddress PARIS = PeerAddress.parse("10.0.0.12:9700");
    private static final PeerId ID = PeerId.parse("2f1c9a3e" + "07".repeat(28));

    private final FakeNode node = new FakeNode();
    private final Map<String, Object> paris = new HashMap<>(Map.of("id", Optional.of(ID), "alias", "paris",
            "address", PARIS, "configured", true, "circuit", CircuitState.CLOSED, "direction", Direction.NONE,
            "score", ReputationScore.NEUTRAL, "health", PeerHealth.UNKNOWN));

    {
        paris.putAll(Map.of("reason", "an operator wants it", "firstConnected",
                Optional.of(FakeNode.NOW.minus(Duration.ofHours(3)))));
    }

    private final List<ScoreEvent> events = new ArrayList<>();

    private List<String> explain(String who) {
        node.peers.add(Records.of(Peer.class, paris));
        return node.doctor().explain(who).sentences();
    }

    private void judged(int score, Standing standing, Map<String, Object> stated) {
        paris.put("score", new ReputationScore(score, standing));
        Map<String, Object> known = new HashMap<>(Map.of("peer", ID, "score", score, "standing", standing,
                "successes", 120L, "failures", 1L, "invalids", 7L, "firstSeen",
                FakeNode.NOW.minus(Duration.ofHours(2)), "lastSeen", FakeNode.NOW, "events", events));
        known.putAll(stated);
        node.reputationAnswers.put("stats", Optional.of(Records.of(PeerReputation.class, known)));
    }

    @Test
    void shouldSayOfAConnectedPeerHowItFares() {
        paris.putAll(Map.of("connected", true, "direction", Direction.OUTBOUND, "uptime", Duration.ofMinutes(123),
                "lastSeen", Optional.of(FakeNode.NOW.minusSeconds(1)), "queuedBytes", 4096L, "agent", "ippan/1.0.0",
                "timeout", Duration.ofMillis(250)));
        judged(37, Standing.GOOD, Map.of("invalids", 0L));
        node.health.put("stats", Optional.of(new PeerHealthStats(ID, PeerHealth.HEALTHY, 0, 1, 40,
                Optional.of(Duration.ofSeconds(12)), Duration.ofSeconds(12), Duration.ofMillis(23))));

        assertEquals(List.of(
                "paris (2f1c9a3e) is connected: this node opened the connection to 10.0.0.12:9700 2 h 3 min ago.",
                "The last byte came from it 1 s ago.",
                "Its standing is good: its score is 37.",
                "It did well 120 times, failed 1 time and sent something invalid 0 times since it was first judged"
                        + " 2 h ago.",
                "Its connection is healthy: the last answer to a probe came 12 s ago.",
                "Its round trip is 23 ms; an answer is waited for 250 ms, at most 5 s.",
                "4096 bytes wait to be sent to it.",
                "Its certificate id is " + ID + ".",
                "It says it runs ippan/1.0.0."), explain("paris"));
    }

    @Test
    void shouldSayWhatIsLeftToSendToAPeerAndThatItIsSlow() {
        paris.putAll(Map.of("connected", true, "direction", Direction.OUTBOUND, "queuedBytes", 4096L));
        Patience slow = Patience.TOO_SLOW;
        node.gossip.put("outbound", List.of(new OutboundSnapshot(ID, true, true, 70_000, 0, 0, true, slow)));

        List<String> said = explain("paris");
        assertTrue(said.contains("70000 bytes wait to be sent to it."), said::toString);
        assertTrue(said.contains("It is slow: publishers and other links no longer wait for it, so it may miss"
                + " messages."), said::toString);
    }

    @Test
    void shouldSayThatAStrangerIsNotWaitedForAndWhy() {
        paris.putAll(Map.of("connected", true, "direction", Direction.INBOUND));
        node.gossip.put("outbound", List.of(new OutboundSnapshot(ID, true, true, 9, 0, 0, false, Patience.STRANGER)));

        String said = explain("paris").toString();
        assertTrue(said.contains("It is a stranger, and not waited for, so it may miss messages. Strangers that have"
                + " not kept up for 3 s yet have used up the time that others wait for all of them."), said);
    }

    @Test
    void shouldSayWhyAPeerIsNotConnectedAndWhenItIsTriedNext() {
        paris.putAll(Map.of("lastError", "Connection refused: /10.0.0.12:9700", "failedDials", 7,
                "circuit", CircuitState.OPEN, "nextTry", Optional.of(FakeNode.NOW.plusSeconds(41))));

        assertEquals(List.of(
                "paris (2f1c9a3e) is not connected: Connection refused: /10.0.0.12:9700.",
                "The last 7 dials failed. 10.0.0.12:9700 is dialled again in 41 s (2026-11-24T10:00:41Z); until then"
                        + " its circuit is open.",
                "It was never judged: its score is 0, which is good.",
                "It was not probed yet.",
                "Its certificate id is " + ID + "."), explain("10.0.0.12:9700"));
    }

    @Test
    void shouldSayWhyAPeerIsBannedAndUntilWhen() {
        events.add(new ScoreEvent(FakeNode.NOW.minusSeconds(119), Cause.MESSAGE_REJECTED, -20, -480));
        events.add(new ScoreEvent(FakeNode.NOW.minusSeconds(61), Cause.PROTOCOL_ERROR, -20, -500));
        paris.put("nextTry", Optional.of(FakeNode.NOW));
        judged(-500, Standing.BANNED, Map.of("banReason", "score -500 is below the pardon score -400",
                "bannedUntil", Optional.of(FakeNode.NOW.plus(Duration.ofMinutes(100)))));

        assertEquals(List.of(
                "paris (2f1c9a3e) is not connected: it is banned.",
                "It is refused as long as it is banned; its address is dialled all the same, as it is configured.",
                "10.0.0.12:9700 is dialled again now.",
                "It is banned: score -500 is below the pardon score -400. If nothing else happens it is let in again"
                        + " in 1 h 40 min (2026-11-24T11:40:00Z).",
                "Its score recovers by 10 every 10 min: it is above -100 within 6 h 50 min, by 2026-11-24T16:50:00Z.",
                "It did well 120 times, failed 1 time and sent something invalid 7 times since it was first judged"
                        + " 2 h ago.",
                "2026-11-24T09:58:59Z, 1 min 1 s ago: -20 points, score -500: it broke the protocol.",
                "2026-11-24T09:58:01Z, 1 min 59 s ago: -20 points, score -480: a validator rejected a message it"
                        + " brought.",
                "It was not probed yet.",
                "Its certificate id is " + ID + "."), explain("2f1c9a3e"));
    }

    @Test
    void shouldSayOfABanByHandThatOnlyAPardonEndsIt() {
        paris.put("configured", false);
        judged(0, Standing.BANNED, Map.of("banReason", "sends spam"));

        assertEquals(List.of("It is not dialled, and refused if it comes, as long as it is banned.",
                "It is banned: sends spam. It stays banned until an operator pardons it."),
                explain("paris").subList(1, 3));
    }

    @Test
    void shouldSayWhenAWarnedPeerIsGoodAgainUnderTheDecayInForce() {
        judged(-140, Standing.WARNED, Map.of());
        node.configure("reputation", Map.of("decayPoints", "41", "decayIntervalSeconds", "60"));

        assertEquals("Its score recovers by 41 every 1 min: it is above -100 within 1 min, by 2026-11-24T10:01:00Z.",
                explain("paris").get(3));

        node.configure("reputation", Map.of("decayPoints", "0"));

        assertEquals("Its score does not recover by itself: decayPoints is 0.",
                node.doctor().explain("paris").sentences().get(3));
    }

    @Test
    void shouldExplainAStateOfEveryCircuit() {
        paris.putAll(Map.of("circuit", CircuitState.HALF_OPEN, "failedDials", 1));
        assertEquals("The last dial failed. 10.0.0.12:9700 is being dialled now: the circuit is half open.",
                explain("paris").get(1));

        node.peers.clear();
        paris.putAll(Map.of("circuit", CircuitState.CLOSED, "failedDials", 0));
        assertEquals("10.0.0.12:9700 is dialled now or at the next opportunity: an operator wants it.",
                explain("paris").get(1));

        node.peers.clear();
        paris.putAll(Map.of("configured", false, "reason", "not needed: others were chosen"));
        assertEquals("It is not configured, so it is dialled if this node wants more connections: not needed: others"
                + " were chosen.", explain("paris").get(1));

        node.peers.clear();
        paris.putAll(Map.of("circuit", CircuitState.OPEN, "nextTry", Optional.of(FakeNode.NOW.plusSeconds(41))));
        assertEquals("10.0.0.12:9700 may be dialled again in 41 s (2026-11-24T10:00:41Z); until then its circuit is"
                + " open.", explain("paris").get(1));

        node.peers.clear();
        node.peersTold.put("refusal", "mode = alowlist: must be one of open, allowlist");
        assertEquals("No peer is dialled: mode = alowlist: must be one of open, allowlist.", explain("paris").get(1));
    }

    @Test
    void shouldExplainHowUnhealthyAPeerIs() {
        paris.put("connected", true);
        node.health.put("stats", Optional.of(new PeerHealthStats(ID, PeerHealth.DEGRADED, 2, 0.5, 4,
                Optional.of(Duration.ofSeconds(70)), Duration.ofSeconds(10), Duration.ZERO)));

        assertTrue(explain("paris").containsAll(List.of(
                "Its connection is degraded: the last answer to a probe came 1 min 10 s ago, and 2 probes in a row"
                        + " failed; 3 in a row make it unhealthy.",
                "Its round trip is not known; an answer is waited for at most 5 s.")));
    }

    @Test
    void shouldNotTakeTheHealthOfALostConnectionForThatOfOneThatIsThere() {
        node.health.put("stats", Optional.of(new PeerHealthStats(ID, PeerHealth.HEALTHY, 0, 1, 4,
                Optional.of(Duration.ofSeconds(70)), Duration.ofSeconds(10), Duration.ofMillis(7))));

        List<String> told = explain("paris");

        assertTrue(told.contains("Its last connection was healthy: the last answer to a probe came 1 min 10 s ago."),
                told.toString());
        assertTrue(told.stream().noneMatch(sentence -> sentence.contains("round trip")), told.toString());
    }

    @Test
    void shouldSayOfAPeerThatWasNeverMetThatItsIdIsNotProved() {
        paris.put("firstConnected", Optional.empty());

        List<String> told = explain("paris");

        assertEquals("paris (2f1c9a3e) is not connected, and no peer has answered at its address yet.", told.get(0));
        assertTrue(told.contains("It should have the certificate id " + ID + ", which no peer has proved yet."),
                told.toString());
    }

    @Test
    void shouldSayOfAPeerThatSaidGoodbyeThatNothingIsWrongWithIt() {
        paris.put("health", PeerHealth.LEFT);

        assertTrue(explain("paris").contains("It left: it said goodbye, so nothing is wrong with it."));
    }

    @Test
    void shouldSayThatAnIdIsOnlyClaimedInPlaintext() {
        node.transport.put("tls", false);

        assertTrue(explain("paris").contains("Its certificate id is " + ID
                + ", which it only claims: connections are not encrypted."));
    }

    @Test
    void shouldSayThatNobodyIsDialledWhileNobodyJudges() {
        node.absent.add("reputation");

        assertEquals("No peer is dialled or let in: the service reputation is absent.", explain("paris").get(1));
    }

    @Test
    void shouldTellOnlyTheLastOfManyChangesOfAScore() {
        for (int i = 1; i <= 32; i++) {
            events.add(new ScoreEvent(FakeNode.NOW.minusSeconds(100 - i), Cause.PING_MISSED, -5, -5 * i));
        }
        judged(-160, Standing.WARNED, Map.of());

        List<String> told = explain("paris");

        assertEquals(8, told.stream().filter(line -> line.contains("it did not answer a heartbeat")).count());
        assertTrue(told.contains("Before that, 24 more changes of its score."), told.toString());
    }

    @Test
    void shouldExplainAPeerThatIsOnlyKnownByHowItBehaved() {
        node.reputationAnswers.put("peers", List.of(Peers.alice()));
        node.reputationAnswers.put("score", ReputationScore.NEUTRAL);
        node.health.put("health", PeerHealth.UNKNOWN);

        assertEquals("It is not dialled: no address of it is known.",
                node.doctor().explain(Peers.alice().shortForm()).sentences().get(1));
        assertEquals(Peers.bob().shortForm() + " is not connected.",
                node.doctor().explain(Peers.bob().toString()).sentences().get(0));
    }

    @Test
    void shouldSayWhoCouldBeMeant() {
        node.peers.add(Records.of(Peer.class, Map.of("alias", "rome", "address", PARIS, "score",
                ReputationScore.NEUTRAL)));

        var nobody = assertThrows(IllegalArgumentException.class, () -> explain("berlin"));
        var two = assertThrows(IllegalArgumentException.class, () -> explain("10.0.0.12:9700"));

        assertEquals("no peer is known as 'berlin'; there are rome, paris (2f1c9a3e). Give an alias, an address, or 8"
                + " or more digits of the id", nobody.getMessage());
        assertTrue(two.getMessage().startsWith("more than one peer is '10.0.0.12:9700'; there are"), two.getMessage());
        assertThrows(IllegalArgumentException.class, () -> explain("2f1c9a3"));
        assertThrows(IllegalArgumentException.class, () -> explain(""));
    }

    @Test
    void shouldExplainWhatItCanWhileServicesAreAbsent() {
        node.absent.addAll(List.of("reputation", "health", "transport", "gossip"));

        assertTrue(explain("paris").containsAll(List.of("Its score is not known: the service reputation is absent.",
                "Its health is not known: the service health is absent.")));
    }
}
