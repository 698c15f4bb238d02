// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.api.transport.TransportSnapshot;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules ask for numbers that there are. */
class MonitoringTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "page", "monitoring");
    private static final Pattern NAME = Pattern.compile("\\bippan_\\w+");
    private static final Map<String, Class<? extends Record>> SNAPSHOTS = Map.of("Dedup", DedupSnapshot.class,
            "Gossip", GossipSnapshot.class, "Metrics", NetworkMetricsSnapshot.class, "Node", VerdictNumber.class,
            "Peer", Peer.class,
            "Peers", PeersSnapshot.class, "Reputation", ReputationSnapshot.class, "Transport", TransportSnapshot.class);

    /** Its keys are numbers of their own. */
    private static final Set<String> COLLECTED = Set.of("counters");

    private static Set<String> names() {
        Set<String> names = new HashSet<>(Set.of("ippan_peer_score_value",
                "ippan_gossip_outbound_lag_bytes", "ippan_findings", "ippan_topic_messages_total", "ippan_build_info"));
        SNAPSHOTS.forEach((bundle, type) -> {
            for (RecordComponent component : type.getRecordComponents()) {
                Measure measure = component.getAnnotation(Measure.class);
                names.add(MetricName.of(List.of(bundle, component.getName()), measure.unit()).text()
                        + (measure.counter() ? "_total" : ""));
            }
        });
        Arrays.stream(NetworkCounter.values()).forEach(counter -> names.add(
                MetricName.of(List.of("Metrics", counter.name()), counter.unit()).text() + "_total"));
        return names;
    }

    /** Two numbers of one name would be added up. */
    @Test
    void shouldNameEachNumberOnce() {
        List<String> all = new ArrayList<>();
        SNAPSHOTS.forEach((bundle, type) -> Arrays.stream(type.getRecordComponents())
                .filter(component -> !COLLECTED.contains(component.getName()))
                .forEach(component -> all.add(MetricName.of(List.of(bundle, component.getName()),
                        component.getAnnotation(Measure.class).unit()).text())));
        Arrays.stream(NetworkCounter.values()).forEach(counter -> all.add(MetricName.of(
                List.of("Metrics", counter.name()), counter.unit()).text()));

        assertEquals(List.of(), all.stream().filter(name -> Collections.frequency(all, name) > 1).distinct().toList());
    }

    /** The ranges of PromQL fit the distance of samples only if Grafana chooses them. */
    @Test
    void shouldLeaveTheRangesOfRatesToGrafana() throws IOException {
        String dashboard = Files.readString(FOLDER.resolve("dashboard.json"));

        assertFalse(dashboard.matches("(?s).*\\[\\d+[smh]].*"));
        assertTrue(dashboard.contains("[$__rate_interval]"));
    }

    @Test
    void shouldAskOnlyForNumbersThatThereAre() throws IOException {
        Set<String> asked = new TreeSet<>();
        for (String file : List.of("alerts.yml", "dashboard.json")) {
            NAME.matcher(Files.readString(FOLDER.resolve(file))).results().map(MatchResult::group)
                    .map(name -> name.replaceFirst("_bucket$", "")).forEach(asked::add);
        }
        assertTrue(asked.size() > 15, "only " + asked);

        asked.removeAll(names());

        assertEquals(Set.of(), asked);
    }
}
