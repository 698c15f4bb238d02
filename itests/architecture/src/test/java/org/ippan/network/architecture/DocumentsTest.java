// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.eventadmin.EventAdminSnapshot;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.health.HealthSnapshot;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.metrics.NetworkCounter;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.api.survey.NetworkSnapshot;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.api.web.WebSnapshot;
import org.junit.jupiter.api.Test;

/**
 * The tables in {@code docs/configuration.md} and {@code docs/metrics.md} are what the code says. When one differs, the
 * right text is left in {@code target/}, to be copied over the page below its marker line.
 */
class DocumentsTest {

    private static final String MARKER = "<!-- From here on compared with the code by DocumentsTest. -->\n";
    private static final Path DOCS = Path.of("..", "..", "docs");

    private static final List<String> CONFIGS = List.of("dedup.DedupConfig", "reputation.ReputationConfig",
            "metrics.MetricsConfig", "health.HealthConfig", "transport.settings.TransportConfig",
            "peers.settings.PeersConfig", "peers.settings.PeerConfig", "gossip.settings.GossipConfig",
            "management.ManagementConfig", "web.settings.WebConfig", "discovery.settings.DnsConfig",
            "discovery.settings.MdnsConfig", "discovery.settings.FileConfig", "discovery.settings.HttpConfig",
            "nat.settings.NatConfig", "survey.settings.SurveyConfig", "transport.websocket.WebSocketConfig",
            "eventadmin.EventAdminConfig", "chaos.ChaosConfig");

    private static final List<Class<? extends Record>> SNAPSHOTS = List.of(DedupSnapshot.class,
            ReputationSnapshot.class, NetworkMetricsSnapshot.class, HealthSnapshot.class, TransportSnapshot.class,
            PeersSnapshot.class, GossipSnapshot.class, WebSnapshot.class, DiscoverySnapshot.class, NatSnapshot.class,
            NetworkSnapshot.class, WebSocketSnapshot.class, EventAdminSnapshot.class, ChaosSnapshot.class);

    @Test
    void shouldKnowEveryConfiguration() {
        assertEquals(Code.BUNDLES.that(Code.configs()).stream().map(type -> type.getName()
                .substring(Code.ROOT.length())).sorted().toList(), CONFIGS.stream().sorted().toList());
    }

    @Test
    void shouldListEveryKeyInConfigurationMd() throws IOException {
        String tables = CONFIGS.stream().map(DocumentsTest::schema).map(DocumentsTest::table)
                .collect(Collectors.joining("\n"));

        assertPage("configuration.md", tables);
    }

    /** A row for each bundle that logs; what its last cell has one look for is in the sources. */
    @Test
    void shouldNameEveryLoggerAndItsLines() throws IOException {
        StringBuilder sources = new StringBuilder();
        Set<String> loggers = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("..", "..", "bundles"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*/src/main/.*\\.java")).toList()) {
                String source = Files.readString(file);
                sources.append(source);
                if (source.contains("LoggerFactory.getLogger(")) {
                    loggers.add(find("(?m)^package (org\\.ippan\\.network\\.\\w+)", source).get(0));
                }
            }
        }
        List<String> rows = Files.readString(DOCS.resolve("running.md")).lines()
                .filter(line -> line.startsWith("| `org.ippan.network.")).toList();

        assertEquals(List.copyOf(loggers), rows.stream().map(row -> find("`([^`]*)`", row).get(0)).sorted().toList());
        for (String row : rows) {
            for (String text : find("`([^`]*)`", row.substring(row.indexOf('`', 3) + 1))) {
                assertTrue(sources.indexOf(text) >= 0, "no bundle logs " + text);
            }
        }
    }

    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void shouldListEveryCounterInMetricsMd() throws IOException {
        String tables = SNAPSHOTS.stream().map(DocumentsTest::table).collect(Collectors.joining("\n"))
                + "\n## Network counters\n\n| Counter | Unit | Meaning |\n|---|---|---|\n"
                + Arrays.stream(NetworkCounter.values())
                        .map(counter -> "| `" + counter + "` | " + counter.unit() + " | " + counter.description())
                        .collect(Collectors.joining(" |\n", "", " |\n"))
                + "\n## Reasons to drop\n\n| Reason | Meaning |\n|---|---|\n"
                + Arrays.stream(DropReason.values()).map(reason -> "| `" + reason + "` | " + reason.description())
                        .collect(Collectors.joining(" |\n", "", " |\n"));

        assertPage("metrics.md", tables);
    }

    private static void assertPage(String name, String expected) throws IOException {
        String page = Files.readString(DOCS.resolve(name));
        int marker = page.indexOf(MARKER);
        String actual = marker < 0 ? "" : page.substring(marker + MARKER.length());
        if (!actual.equals(expected)) {
            Files.writeString(Path.of("target", name), page.substring(0, Math.max(0, marker)) + MARKER + expected);
        }
        assertEquals(expected, actual, "docs/" + name + " differs from the code; target/" + name + " is right");
    }

    private static SettingsSchema schema(String name) {
        try {
            Class<? extends Annotation> config =
                    Class.forName("org.ippan.network." + name).asSubclass(Annotation.class);
            return SettingsSchema.of(pid(config), config);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String pid(Class<?> config) throws ReflectiveOperationException {
        var pid = config.getDeclaredField("PID");
        pid.setAccessible(true);
        return (String) pid.get(null);
    }

    private static String table(SettingsSchema schema) {
        return "## " + schema.pid() + "\n\n| Key | Default | Value | Takes effect | Meaning |\n|---|---|---|---|---|\n"
                + schema.settings().stream().map(DocumentsTest::row).collect(Collectors.joining());
    }

    private static String row(SettingDescription setting) {
        String value = setting.rule() + (setting.unit().isEmpty() ? "" : " (" + setting.unit() + ")");
        String key = "`" + setting.key() + "`" + (setting.failClosed() ? " **S**"
                : setting.guards() ? " **G**" : "");
        String standard = setting.display(setting.defaultValue());
        return "| " + key + " | " + (standard.isEmpty() ? "–" : "`" + standard + "`") + " | " + value + " | "
                + setting.applies().text() + " | " + setting.text() + " |\n";
    }

    private static String table(Class<? extends Record> snapshot) {
        return "## " + snapshot.getSimpleName().replace("Snapshot", "")
                + "\n\n| Value | Unit | Kind | Meaning |\n|---|---|---|---|\n"
                + Arrays.stream(snapshot.getRecordComponents()).map(DocumentsTest::row).collect(Collectors.joining());
    }

    private static String row(RecordComponent component) {
        Measure measure = component.getAnnotation(Measure.class);
        return "| `" + component.getName() + "` | " + measure.unit() + " | " + (measure.counter() ? "counter" : "gauge")
                + " | " + measure.value() + " |\n";
    }
}
