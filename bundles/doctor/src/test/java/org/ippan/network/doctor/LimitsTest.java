// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.Overflow;
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

    @Test
    void shouldTellOfValidationThatDoesNotKeepUp() {
        node.gossip.putAll(Map.of("throttled", true, "validationQueued", 800, "validationBytes", 80_000L,
                "pausedLinks", 2));

        String start = "validation: 800 messages (80000 bytes) waiting to be validated or delivered; ";
        String advice = " Look for a slow validator or listener; then raise validatorThreads or validationQueueMessages"
                + " of org.ippan.network.gossip.";
        limits(start + "peers asked to announce instead of sending, and 2 links not read just now." + advice);

        node.gossip.put("throttled", false);
        limits(start + "2 links not read just now." + advice);

        node.gossip.putAll(Map.of("throttled", true, "pausedLinks", 0));
        limits(start + "peers asked to announce instead of sending." + advice);
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
        node.transport.putAll(Map.of("framesDropped", 5_001L, "refused", 4L));
        node.dedup.putAll(Map.of("evictedEarly", 9L, "advice", "Set capacity to 30000."));

        limits("accepting: 4 connections refused in the last 15 s, by rate, number or address. If they are wanted,"
                + " raise"
                + " acceptPerSecond, maxPendingHandshakes or maxPendingPerAddress of org.ippan.network.transport.",
                "back-pressure: 7 messages of this node's applications refused in the last 15 s: they publish faster"
                + " than the links take. Let them wait for whenWritable, or add links.",
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
