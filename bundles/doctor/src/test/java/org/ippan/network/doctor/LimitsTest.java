// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.peers.BlockedPrefix;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.RoomLimit;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Records;
import org.junit.jupiter.api.Test;

/** What holds back throughput just now, each provoked alone. */
class LimitsTest {

    private final FakeNode node = new FakeNode();
    private final Doctor doctor = node.doctor();

    private void limits(String... expected) {
        List<String> found = doctor.limits().stream().map(finding -> finding.check() + ": " + finding.text()
                + (finding.advice().isEmpty() ? "" : " " + finding.advice())).toList();

        assertEquals(List.of(expected), found);
    }

    private static ListenerSnapshot slow(String name, Overflow overflow) {
        return Records.of(ListenerSnapshot.class, Map.of("name", name, "topics", "prices/*", "overflow", overflow,
                "queued", 900, "capacity", 1024, "dropped", 12L, "slow", true));
    }

    @Test
    void shouldSayThatNothingDoes() {
        limits("limits: Nothing holds traffic back.");
    }

    @Test
    void shouldNameSlowListeners() {
        node.gossip.put("listeners", Stream.of(Overflow.values()).map(rule -> slow("a.b.C", rule)).toList());

        String advice = " Make it faster, or give it a longer queue or another overflow rule (ippan.queue,"
                + " ippan.overflow).";
        String start = "listener: The listener a.b.C of prices/* is slow: 900 messages in its queue of 1024, and ";
        limits(start + "while that is full the senders are slowed down." + advice,
                start + "12 were dropped, the oldest first." + advice,
                start + "12 were dropped, the newest first." + advice);
    }

    private static OutboundSnapshot link(int peer, boolean eager, boolean slow, long lagBytes) {
        return new OutboundSnapshot(Peers.peer(peer), eager, slow, lagBytes, 0, 0, true,
                slow ? Patience.TOO_SLOW : Patience.WAITS);
    }

    private static String named(int peer) {
        return Peers.peer(peer).shortForm();
    }

    @Test
    void shouldTellOfValidationThatDoesNotKeepUp() {
        node.gossip.putAll(Map.of("throttled", true, "validationQueued", 800, "validationBytes", 80_000L,
                "pausedLinks", 2));

        String expected = "reading: Reading of 2 links is paused just now; their senders wait. 800 messages"
                + " (80000 bytes) wait to be validated or delivered. Look for a slow validator; then raise"
                + " validatorThreads or validationQueueMessages of org.ippan.network.gossip.";
        limits(expected);

        node.gossip.put("throttled", false);
        limits(expected);
    }

    /** The pause is over before the next message comes. */
    @Test
    void shouldSayNothingOfAPauseForWhichNoLinkIsBehind() {
        node.gossip.putAll(Map.of("throttled", true, "pausedLinks", 1));
        limits("limits: Nothing holds traffic back.");

        node.gossip.putAll(Map.of("pausedLinks", 0, "validationQueued", 7));
        limits("limits: Nothing holds traffic back.");
    }

    @Test
    void shouldNameThePeerThatLinksPauseFor() {
        node.gossip.putAll(Map.of("pausedLinks", 1, "outbound", List.of(link(1, true, false, 10),
                link(2, true, false, 9_000_000))));

        limits("reading: Reading of 1 link is paused just now; its senders wait. " + named(2) + " is"
                + " furthest behind: 9000000 bytes are still to be sent to it. Check the load of the peers that are"
                + " behind and the lines to them.");
    }

    @Test
    void shouldNameThePeerThatHoldsPublishersBack() {
        node.peers.add(Records.of(Peer.class, Map.of("alias", "paris", "id", Optional.of(Peers.peer(2)),
                "address", PeerAddress.tcp("10.0.0.12", 9700), "score", ReputationScore.NEUTRAL)));
        node.gossip.putAll(Map.of("heldBytes", 1_048_577L, "outbound", List.of(link(1, true, false, 1_000),
                link(2, true, false, 1_048_577), link(3, false, false, 2_000_000))));

        limits("back-pressure: 1048577 bytes of this node's messages wait to be sent: applications publish faster than"
                + " the links take. paris (" + named(2) + ") is furthest behind: 1048577 bytes are still to be sent to"
                + " it. Let applications wait for whenWritable; check the load of that peer and the line to it.");

        node.gossip.put("heldBytes", 1_048_576L);
        limits("limits: Nothing holds traffic back.");
    }

    @Test
    void shouldNameThePeerBehindWhichMostIsMissing() {
        node.gossip.putAll(Map.of("underWayBytes", 70_000L, "windowBytes", 65_536L, "outbound", List.of(
                new OutboundSnapshot(Peers.peer(1), true, false, 0, 0, 5_000, true, Patience.WAITS),
                new OutboundSnapshot(Peers.peer(2), true, false, 0, 0, 65_000, true,
                        Patience.WAITS))));

        limits("back-pressure: 70000 bytes of this node's messages have not arrived everywhere yet: applications"
                + " publish faster than the links take. Most is missing behind " + named(2) + ": 65000 bytes that were"
                + " sent to it have not arrived at it and all nodes it sends them to. Let applications wait for"
                + " whenWritable; check the load of that peer and the line to it.");
    }

    @Test
    void shouldNameStrangersThatAreNotWaitedForAndSayWhy() {
        node.gossip.put("outbound", List.of(
                new OutboundSnapshot(Peers.peer(1), true, true, 7_000, 0, 0, false, Patience.STRANGER),
                new OutboundSnapshot(Peers.peer(2), true, true, 8_000, 0, 0, false, Patience.STRANGER_OF_STANDING)));

        String advice = " If it belongs here, make it a member: by a networkKey of org.ippan.network.peers,"
                + " mode = allowlist, or as a configured peer; it is one from its next connection on. When it keeps up,"
                + " this node announces to it what it missed.";
        String start = " is not waited for, as it is a stranger: Strangers that ";
        String end = " have used up the time that others wait for all of them. ";
        limits("slow-link: " + named(1) + start + "have not kept up for 3 s yet" + end + "7000 bytes are still to be"
                + " sent to it, and it may miss messages." + advice,
                "slow-link: " + named(2) + start + "kept up before" + end + "8000 bytes are still to be sent to it, and"
                + " it may miss messages." + advice);
    }

    @Test
    void shouldNameSlowLinksAndNotBlameThemForWhatOthersHold() {
        node.gossip.putAll(Map.of("heldBytes", 2_000_000L, "outbound", List.of(link(1, true, true, 5_000_000))));

        limits("back-pressure: 2000000 bytes of this node's messages wait to be sent: applications publish faster than"
                + " the links take. Let applications wait for whenWritable, or add links.",
                "slow-link: " + named(1) + " is slow: 5000000 bytes are still to be sent to it. Publishers and other"
                + " links no longer wait for it, so it may miss messages. Check its load and the line to it. When it"
                + " keeps up, this node announces to it what it missed.");
    }

    @Test
    void shouldTellOfMessagesThatALinkCouldNotSendInTime() {
        node.gossip.put("overrun", 3L);
        node.wait15s();
        node.gossip.put("overrun", 10L);

        limits("overrun: 7 messages left the logs in the last 15 s before a slow link had sent them. Look for slow"
                + " links; a higher cacheBytes of org.ippan.network.gossip bridges longer delays.");
    }

    /** Its links are not read any more, so nothing comes that would find it full. */
    @Test
    void shouldNameAListenerThatHangs() {
        node.gossip.put("listeners", List.of(Records.of(ListenerSnapshot.class, Map.of("name", "a.b.C",
                "topics", "prices/*", "overflow", Overflow.BLOCK, "queued", 1030, "capacity", 1024, "slow", false))));

        limits("listener: The listener a.b.C of prices/* is slow: 1030 messages in its queue of 1024, and while that"
                + " is full the senders are slowed down. Make it faster, or give it a longer queue or another overflow"
                + " rule (ippan.queue, ippan.overflow).");
    }

    @Test
    void shouldNameTheListenerThatKeepsLinksPaused() {
        node.gossip.putAll(Map.of("pausedLinks", 1, "validationQueued", 7, "validationBytes", 700L, "listeners",
                List.of(Records.of(ListenerSnapshot.class, Map.of("name", "a.b.C", "topics", "prices/*",
                        "overflow", Overflow.BLOCK, "queued", 1030, "capacity", 1024, "slow", false)))));

        assertEquals("Reading of 1 link is paused just now; its senders wait. The queue of the listener"
                + " a.b.C is full: 7 messages (700 bytes) wait to be validated or delivered.",
                doctor.limits().get(1).text());
    }

    @Test
    void shouldCountAllOfAServiceThatCameOrBeganAgainSince() {
        node.absent.add("gossip");
        node.transport.put("framesDropped", 5_000L);
        node.wait15s();
        node.absent.clear();
        node.gossip.put("publishRefused", 7L);
        node.transport.put("framesDropped", 2L);

        assertEquals(List.of("7 messages of this node's applications refused in the last 15 s: they publish faster than"
                + " the links take.", "2 control frames dropped in the last 15 s: the queue of a connection was full,"
                + " as its peer or the line takes too little."),
                doctor.limits().stream().map(Finding::text).toList());
    }

    @Test
    void shouldTellOfWhatHappenedInTheLastSecondsOnly() {
        node.gossip.put("publishRefused", 1_000L);
        node.transport.put("framesDropped", 5_000L);
        node.wait15s();
        node.wait15s();
        limits("limits: Nothing holds traffic back.");

        node.wait15s();
        node.gossip.put("publishRefused", 1_007L);
        node.transport.putAll(Map.of("framesDropped", 5_001L, "refused", 9L, "refusedPending", 4L));
        node.dedup.putAll(Map.of("evictedEarly", 9L, "advice", "Set capacity to 30000."));

        limits("accepting: 4 connections refused in the last 15 s: maxPendingPerAddress was reached. If they are"
                + " wanted, raise maxPendingPerAddress of org.ippan.network.transport.",
                "back-pressure: 7 messages of this node's applications refused in the last 15 s: they publish faster"
                + " than the links take. Let applications wait for whenWritable, or add links.",
                "dedup: 9 ids forgotten early in the last 15 s: messages may be delivered and relayed twice. Set"
                + " capacity to 30000.",
                "links: 1 control frame dropped in the last 15 s: the queue of a connection was full, as its peer or"
                + " the line takes too little. See which by their queues; what was announced to these peers is"
                + " announced again.");
    }

    @Test
    void shouldTellOfSomethingUntilTwentySecondsHavePassed() {
        node.wait15s();
        node.transport.put("framesDropped", 1L);
        node.wait15s();
        node.transport.put("framesDropped", 3L);
        String told = "links: %d control frames dropped in the last %d s: the queue of a connection was full, as its"
                + " peer or the line takes too little. See which by their queues; what was announced to these peers is"
                + " announced again.";

        limits(told.formatted(2, 10));
        node.time.advance(Duration.ofSeconds(9));
        limits(told.formatted(2, 19));
        node.time.advance(Duration.ofSeconds(2));
        limits(told.formatted(2, 11));
        node.time.advance(Duration.ofSeconds(9));
        limits("limits: Nothing holds traffic back.");
    }

    @Test
    void shouldNameTheKeyOfTheLimitThatRefusesPeers() {
        node.wait15s();
        node.peersTold.putAll(Map.of("roomRefused", Map.of(RoomLimit.MAX_INBOUND, 1L, RoomLimit.MAX_CONNECTIONS, 0L)));
        node.transport.putAll(Map.of("refusedByRate", 3L, "handshakesGivenUp", 1L));

        limits("accepting: 3 connections refused in the last 15 s: acceptPerSecond was reached. If they are wanted,"
                + " raise acceptPerSecond of org.ippan.network.transport.",
                "accepting: 1 handshake given up for newer ones in the last 15 s: maxPendingHandshakes was reached. If"
                + " they are wanted, raise maxPendingHandshakes of org.ippan.network.transport.",
                "room: 1 peer refused in the last 15 s: maxInbound is reached. If they are wanted, raise maxInbound of"
                + " org.ippan.network.peers, or configure them as peers.");
    }

    @Test
    void shouldNameTheKeysBehindHandshakesThatFailTooOften() {
        node.wait15s();
        node.peersTold.putAll(Map.of("roomRefused", Map.of(RoomLimit.FAILED_HANDSHAKES, 4L),
                "blocked", List.of(new BlockedPrefix("203.0.113.7/32", 600, 2))));

        limits("failed-handshakes: Peers at 203.0.113.7/32 are heard once a minute only, for 10 min: too many of"
                + " their handshakes failed. 4 connections refused in the last 15 s. Compare networkKey of"
                + " org.ippan.network.peers at the nodes there; peer-unblock hears them again. If many nodes share that"
                + " address, raise failuresPerMinute or add it to exemptNets.");
    }

    @Test
    void shouldTellOfRatesThatAreSet() {
        node.wait15s();
        node.transport.putAll(Map.of("ratePausedConnections", 1, "shapedConnections", 2, "framesIgnored", 5L));

        limits("control-frames: 5 control frames ignored in the last 15 s, because peers sent more than"
                + " controlFramesPerSecond. If that is wanted traffic, raise it in org.ippan.network.transport.",
                "rates: 1 connection not read just now: peers send more than inboundMessagesPerSecond or"
                + " inboundBytesPerSecond allow. Raise them in org.ippan.network.transport; 0 is no limit.",
                "shaping: 2 connections held back just now by outboundBytesPerSecond or peerOutboundBytesPerSecond."
                + " Raise them in org.ippan.network.transport; 0 is no limit.");
    }
}
