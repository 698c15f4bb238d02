// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.TopicSnapshot;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.metrics.Rates;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.testkit.Peers;
import org.ippan.network.web.http.Answer;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    /** A snapshot with many listeners. */
    record Listening(@Measure("The listeners.") List<ListenerSnapshot> listeners) {
    }

    /** A snapshot with links. */
    record Sending(@Measure("The links.") List<OutboundSnapshot> outbound) {
    }

    /** Keys of an application, which say nothing of themselves. */
    enum Shop { PARIS, ROME }

    record Branch(@Measure("Its name.") String name, @Measure("What it took.") long orders) {
    }

    /** What an application may tell. */
    record Sales(@Measure("By shop.") Map<Shop, Long> counters, @Measure("States.") Map<Shop, String> states,
            @Measure("Branches.") List<Branch> branches) {
    }

    /** Names that mean something to Prometheus, and one that is none there. */
    record Odd(@Measure("All orders.") long total, @Measure("When.") long created, @Measure("A kind.") long info,
            @Measure(value = "Sold.", counter = true) long bucket, @Measure("Its size.") long größe,
            @Measure("Parts.") List<Piece> parts, @Measure("Its number.") long number) {
    }

    record Piece(@Measure("Its name.") String __name, @Measure("How many.") long count) {
    }

    /** An application's, under the name of a number of the network. */
    record Messages(@Measure(value = "Dropped.", unit = "messages", counter = true) long dropped) {
    }

    record Lengths(@Measure("Dropped.") HistogramSnapshot dropped) {
    }

    private static NetworkMetricsSnapshot metrics() {
        Map<NetworkCounter, Long> counters = new EnumMap<>(NetworkCounter.class);
        Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
        counters.put(NetworkCounter.BYTES_SENT, 9_007_199_254_740_991L);
        counters.put(NetworkCounter.MESSAGES_DROPPED, 5L);
        dropped.put(DropReason.DUPLICATE, 3L);
        dropped.put(DropReason.LISTENER_FULL, 2L);
        HistogramSnapshot latency = new HistogramSnapshot(4, 1, 1, 1, 1, 1, 1, 90_004,
                HistogramSnapshot.BOUNDS_MILLIS.stream()
                        .map(bound -> new HistogramSnapshot.Bucket(bound, bound < 1 ? 0 : bound < 5 ? 2 : 3)).toList());
        return new NetworkMetricsSnapshot(counters, dropped, 2, 60, latency, HistogramSnapshot.EMPTY,
                HistogramSnapshot.EMPTY, Rates.ZERO, Rates.ZERO, Rates.ZERO, Rates.ZERO, 1);
    }

    private static Peer peer(int number, String alias) {
        return new Peer(Optional.of(Peers.peer(number)), alias, PeerAddress.tcp("10.0.0.1", number), false,
                Direction.INBOUND, true, Optional.empty(), Optional.empty(), Duration.ofSeconds(7),
                Duration.ofMillis(2), Duration.ofSeconds(1), 0, "", "", CircuitState.CLOSED, EndCause.NONE, "",
                Optional.empty(), 0, 10, new ReputationScore(-7, Standing.GOOD), PeerHealth.HEALTHY,
                PeerState.CONNECTED);
    }

    private static String text(Exposition exposition, String accept) {
        return new String(exposition.answer(accept).body(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldMakeCountersCounters() {
        String text = text(new Exposition().add("Metrics", metrics()), null);

        assertTrue(text.contains("# TYPE ippan_sent_bytes_total counter\n"), text);
        assertTrue(text.contains("\nippan_sent_bytes_total 9.007199254740991E15\n"), text);
    }

    @Test
    void shouldTellTheReasonByALabel() {
        String text = text(new Exposition().add("Metrics", metrics()), null);

        assertTrue(text.contains("ippan_dropped_total{reason=\"duplicate\"} 3.0\n"), text);
        assertTrue(text.contains("\nippan_messages_dropped_total 5.0\n"), text);
    }

    @Test
    void shouldSayWhichNodeOfWhichNetworkThisIs() {
        String text = text(new Exposition().build("1.0.0", "prod", Peers.peer(1).toString()), null);

        assertTrue(text.contains("\nippan_build_info{java=\"" + System.getProperty("java.version")
                + "\",network=\"prod\",node=\"" + Peers.peer(1).toString().substring(0, 16)
                + "\",version=\"1.0.0\"} 1"), text);
    }

    /** Prometheus takes rates of counters over the time it is asked for. */
    @Test
    void shouldLeaveOutRates() {
        String text = text(new Exposition().add("Metrics", metrics()), null);

        assertFalse(text.contains("last") || text.contains("since_start"), text);
    }

    /** A snapshot with topics. */
    record Carrying(@Measure("The topics.") List<TopicSnapshot> topics) {
    }

    @Test
    void shouldTellTheMessagesOfEachTopicByWhatHappenedToThem() {
        String text = text(new Exposition().add("Gossip", new Carrying(List.of(new TopicSnapshot("news",
                Map.of(TopicEvent.NEW, 7L), 700)))), null);

        assertTrue(text.contains("\nippan_topic_messages_total{event=\"new\",topic=\"news\"} 7.0\n"), text);
        assertTrue(text.contains("\nippan_topic_bytes_total{topic=\"news\"} 700.0\n"), text);
    }

    /** A source among several of its kind. */
    record Searching(@Measure(value = "Searches made.", unit = "searches", counter = true) long looks) {
    }

    @Test
    void shouldTellSeveralOfOneKindApartByALabel() {
        String text = text(new Exposition().add("Discovery.dns", new Searching(3)).add("Discovery.file",
                new Searching(4)), null);

        assertTrue(text.contains("ippan_discovery_looks_total{name=\"dns\"} 3.0\n"), text);
        assertTrue(text.contains("ippan_discovery_looks_total{name=\"file\"} 4.0\n"), text);
    }

    @Test
    void shouldMakeDurationsHistogramsInSeconds() {
        String text = text(new Exposition().add("Metrics", metrics()), null);

        assertTrue(text.contains("# TYPE ippan_latency_seconds histogram\n"), text);
        assertTrue(text.contains("ippan_latency_seconds_bucket{le=\"0.001\"} 2\n"), text);
        assertTrue(text.contains("ippan_latency_seconds_bucket{le=\"60.0\"} 3\n"), text);
        assertTrue(text.contains("ippan_latency_seconds_bucket{le=\"+Inf\"} 4\n"), text);
        assertTrue(text.contains("ippan_latency_seconds_sum 90.004\n"), text);
    }

    @Test
    void shouldTellUnitsToWhoeverAsksForOpenMetrics() {
        Answer answer = new Exposition().add("Metrics", metrics()).answer(OPEN_METRICS);
        String text = new String(answer.body(), StandardCharsets.UTF_8);

        assertTrue(answer.type().startsWith("application/openmetrics-text"), answer.type());
        assertTrue(text.contains("# UNIT ippan_latency_seconds seconds\n"), text);
        assertTrue(text.endsWith("# EOF\n"), text);
    }

    @Test
    void shouldBoundTheNumberOfPeersAndAddUpTheRest() {
        List<Peer> peers = IntStream.range(0, 1_000).mapToObj(i -> peer(i, "")).toList();

        String text = text(new Exposition().add(peers), null);

        assertEquals(Exposition.MAX_PEERS + 1, text.lines()
                .filter(line -> line.startsWith("ippan_peer_queued_bytes{")).count());
        assertTrue(text.contains("ippan_peer_queued_bytes{peer=\"other\"} 4880.0\n"), text);
    }

    @Test
    void shouldBoundTheNumberOfTopicsAndKeepEqualListenersTogether() {
        List<ListenerSnapshot> listeners = IntStream.range(0, 600).mapToObj(i -> new ListenerSnapshot("Same",
                "topic-" + i / 2, Overflow.BLOCK, 1, 10, 0, 0, 0, false)).toList();

        String text = text(new Exposition().add("Gossip", new Listening(listeners)), null);

        List<String> lines = text.lines().filter(line -> line.startsWith("ippan_gossip_listeners_queued{"))
                .toList();
        assertEquals(Exposition.MAX_LABELS + 1, lines.size());
        assertTrue(lines.contains("ippan_gossip_listeners_queued{name=\"Same\",topics=\"topic-3\"} 2.0"));
        assertTrue(lines.contains("ippan_gossip_listeners_queued{name=\"other\",topics=\"other\"} 88.0"));
    }

    @Test
    void shouldAddUpLinksAndNameNoPeer() {
        List<OutboundSnapshot> links = List.of(new OutboundSnapshot(Peers.peer(1), true, false, 1_000, 10, 0, true,
                Patience.WAITS),
                new OutboundSnapshot(Peers.peer(2), true, true, 2_000, 0, 0, false, Patience.STRANGER));

        String text = text(new Exposition().add("Gossip", new Sending(links)), null);

        assertTrue(text.contains("\nippan_gossip_outbound_lag_bytes 3000.0\n"), text);
        assertTrue(text.contains("\nippan_gossip_outbound_slow 1.0\n"), text);
        assertFalse(text.contains(Peers.peer(1).toString().substring(0, 8)), text);
    }

    @Test
    void shouldEscapeWhatAnOperatorCalledAPeer() {
        String text = text(new Exposition().add(List.of(peer(1, "a\"b\\\nc"))), null);

        assertTrue(text.contains("ippan_peer_connected{peer=\"a\\\"b\\\\\\nc\"} 1.0\n"), text);
    }

    /** It must not keep all other numbers from being told. */
    @Test
    void shouldTakeWhateverAnApplicationTells() {
        String text = text(new Exposition().add("Metrics", metrics()).add("Sales", new Sales(Map.of(Shop.PARIS, 3L),
                Map.of(Shop.ROME, "closed"), List.of(new Branch(null, 2)))), null);

        assertTrue(text.contains("\nippan_sales_counters{shop=\"paris\"} 3.0\n"), text);
        assertTrue(text.contains("\nippan_sales_branches_orders{name=\"\"} 2.0\n"), text);
        assertFalse(text.contains("closed"), text);
        assertTrue(text.contains("\nippan_sent_bytes_total "), text);
    }

    @Test
    void shouldLeavePromtoolNothingToSay() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "skipped: there is no " + PROMTOOL + " (apt-get install prometheus)");
        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics").redirectErrorStream(true)
                .start();

        try (OutputStream in = promtool.getOutputStream()) {
            in.write(new Exposition().add("Metrics", metrics()).add(List.of(peer(1, ""))).answer(null).body());
        }

        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(promtool.waitFor(30, TimeUnit.SECONDS));
        assertEquals("", said);
        assertEquals(0, promtool.exitValue());
    }

    /** Else one of them would cost all numbers of the node. */
    @Test
    void shouldTellWhatItCanWhateverTheNamesOfAnApplication() {
        Odd odd = new Odd(1, 2, 3, 4, 5, List.of(new Piece("a", 6)), 7);

        String text = text(new Exposition().add("Odd", odd).add("Metrics", metrics()), null);

        for (String line : List.of("ippan_odd_total_number 1.0", "ippan_odd_created_number 2.0", "ippan_odd_info_number"
                + " 3.0", "ippan_odd_bucket_number_total 4.0", "ippan_odd_gr_e 5.0", "ippan_odd_number 7.0",
                "ippan_messages_dropped_total")) {
            assertTrue(text.contains(line), line + " in " + text);
        }
    }

    /** Whichever is added first. */
    @Test
    void shouldLeaveTheNumbersOfTheNetworkAsTheyAre() {
        String alone = text(new Exposition().add("Metrics", metrics()), null);

        for (Record other : List.of(new Messages(1_000_000), new Lengths(HistogramSnapshot.EMPTY))) {
            assertEquals(alone, text(new Exposition().add("Metrics", metrics()).add("Messages", other), null));
            assertEquals(alone, text(new Exposition().add("Messages", other).add("Metrics", metrics()), null));
        }
    }

    record Waiting(@Measure(value = "For how long.", unit = "seconds") Duration left) {
    }

    @Test
    void shouldTellOfTimesOfAnyLength() {
        String text = text(new Exposition().add("Queue", new Waiting(ChronoUnit.FOREVER.getDuration())), null);

        assertTrue(text.contains("ippan_queue_left_seconds 9.223372036854776E18"), text);
    }
}
