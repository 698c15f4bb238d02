// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Prometheus' own tool says of a live node's numbers, and of the alert rules that go with them. */
@EnabledIf(value = "installed", disabledReason = "skipped: no promtool (apt-get install prometheus)")
@ExtendWith(ShownNetwork.Shared.class)
class PromtoolIT {

    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Path TARGET = Path.of("target");

    static boolean installed() {
        return Files.isExecutable(PROMTOOL);
    }

    @Test
    void shouldHaveNothingToSayOfTheMetricsOfALiveNode(ShownNetwork network) throws Exception {
        Path metrics = save(network, "metrics");
        assertTrue(Files.readString(metrics).contains("ippan_gossip_delivered"));

        assertEquals("", promtool(metrics, "check", "metrics"));
    }

    @Test
    void shouldAcceptTheAlertRulesTheNodeGives(ShownNetwork network) throws Exception {
        Path rules = save(network, "monitoring/alerts.yml");

        String said = promtool(Path.of("/dev/null"), "check", "rules", rules.toString());

        assertTrue(said.contains("SUCCESS"), said);
    }

    private static Path save(ShownNetwork network, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(network.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        return Files.writeString(TARGET.resolve(path.replace('/', '-')), answer.body());
    }

    /** Runs it, and gives what it said; it has to approve. */
    private static String promtool(Path input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        File said = TARGET.resolve("promtool.txt").toFile();
        Process process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true)
                .redirectOutput(said).start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "promtool does not end");
        String text = Files.readString(said.toPath());
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
