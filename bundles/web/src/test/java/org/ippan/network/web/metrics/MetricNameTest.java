// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNameTest {

    /** A row of the table of examples. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "\\| `(\\w+)\\.([\\w.]+)` in ([^|]*) \\| `(ippan_\\w+)` \\|");

    @ParameterizedTest
    @CsvSource({"Dedup,evictedEarly,ids,ippan_dedup_evicted_early,1",
        "Dedup,windowSeconds,seconds,ippan_dedup_window_seconds,1", "Peers,dials,dials,ippan_peers_dials,1",
        "Metrics,bytes_sent,bytes,ippan_sent_bytes,1", "Metrics,latency,milliseconds,ippan_latency_seconds,0.001",
        "Reputation,bans,peers,ippan_reputation_bans,1",
        "Gossip,validatorFailures,calls,ippan_gossip_validator_failures,1",
        "Dedup,hitRatio,ratio,ippan_dedup_hit_ratio,1",
        "Gossip,throttled,'',ippan_gossip_throttled,1"})
    void shouldNameTheBundleThenTheNumberThenItsUnit(String bundle, String name, String unit, String expected,
            double scale) {
        MetricName named = MetricName.of(List.of(bundle, name), unit);

        assertEquals(expected, named.text());
        assertEquals(scale, named.scale());
        assertTrue(named.text().endsWith(named.unit()));
    }

    @Test
    void shouldKeepToTheExamplesOfTheDocuments() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "metrics.md"));
        List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();

        assertTrue(examples.size() >= 5, "docs/metrics.md has only " + examples.size() + " examples");
        for (MatchResult example : examples) {
            List<String> path = new ArrayList<>(List.of(example.group(1)));
            path.addAll(List.of(example.group(2).split("\\.")));
            assertEquals(example.group(4).replaceFirst("_total$", ""), MetricName.of(path, example.group(3)).text());
        }
    }
}
