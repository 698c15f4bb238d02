// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.verdict.Surface;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * The console of a stock Karaf with our archive in {@code deploy/} and no repository to ask: three users by ssh, every
 * command, and what the documents print of them.
 */
public class ShellIT {

    private static final Path OPERATIONS = Path.of("..", "..", "docs", "operations.md");
    private static final String USERS = "\nviewer = viewer,viewer,ssh\nmanager = manager,manager,viewer,ssh\n"
            + "admin = admin,admin,manager,viewer,systembundles,ssh\n";
    private static final Duration SETTLED = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final String STRANGER = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);
    private static final List<String> ALL = List.of("viewer", "manager", "admin");
    private static final List<String> MANAGERS = List.of("manager", "admin");
    private static final List<String> ADMINS = List.of("admin");

    /** Every command and who may run it, in an order that leaves the node as it was. */
    private static final List<Map.Entry<String, List<String>>> ACCESS = List.of(
            Map.entry("status", ALL), Map.entry("doctor", ALL), Map.entry("size 3 10 100", ALL),
            Map.entry("config banThreshold", ALL),
            Map.entry("metrics Dedup", ALL), Map.entry("tail --seconds 1 none", ALL), Map.entry("peer-list", ALL),
            Map.entry("peer-explain paris", ALL), Map.entry("network", ALL),
            Map.entry("trace --seconds 1 " + "0".repeat(64), ALL), Map.entry("key", MANAGERS),
            Map.entry("peer-add oslo 127.0.0.1:2", MANAGERS),
            Map.entry("peer-connect 127.0.0.1:2", MANAGERS), Map.entry("peer-remove --yes 127.0.0.1:2", MANAGERS),
            Map.entry("peer-disconnect --yes " + OTHER, MANAGERS), Map.entry("publish none text", MANAGERS),
            Map.entry("publish --file etc/host.none none", ADMINS), Map.entry("peer-ban --yes " + OTHER, ADMINS),
            Map.entry("peer-pardon " + OTHER, MANAGERS), Map.entry("peer-blocked", ALL),
            Map.entry("peer-unblock 203.0.113.7", MANAGERS));

    private static KarafProcess karaf;
    private static NodeProcess paris;
    private static final Map<String, Ssh> USER = new LinkedHashMap<>();

    @BeforeClass
    public static void start() throws IOException {
        karaf = KarafProcess.stock("shell", USERS).start();
        karaf.login("admin").close();
        Path folder = Path.of("target", "paris").toAbsolutePath();
        KarafProcess.delete(folder);
        paris = NodeProcess.start(Path.of("..", "..", "features", "node", "target", "ippan-node.jar"), folder, "paris",
                List.of("run", "--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0",
                        "--until-stdin-closes")).awaitReady();
        for (String user : ALL) {
            USER.put(user, karaf.console(user));
        }
        Ssh admin = USER.get("admin");
        Eventually.until("the commands are there", Installed.SOON,
                () -> said(admin, "ippan:status --no-format").contains("listening\t127.0.0.1:"));
        FirstMinutes.type(admin, paris.listen());
        assertEquals("Added lyon at 127.0.0.1:1, kept as the configuration org.ippan.network.peers.peer~lyon.",
                admin.run("ippan:peer-add lyon 127.0.0.1:1"));
        assertEquals("Banned abababab for 3600 s.", admin.run("ippan:peer-ban --yes --seconds 3600 --reason rubbish "
                + STRANGER));
        Eventually.until("paris is connected", Installed.SOON,
                () -> said(admin, "ippan:peer-list --no-format").contains("\thealthy\t"));
        Eventually.until("lyon is tried again", Installed.SOON,
                () -> said(admin, "ippan:peer-explain lyon").contains(" dials failed"));
    }

    private static String said(Ssh user, String command) {
        try {
            return user.run(command);
        } catch (IOException e) {
            // Not there yet, or being replaced.
            return "";
        }
    }

    @AfterClass
    public static void stop() throws Exception {
        USER.values().forEach(Ssh::close);
        paris.close();
        karaf.close();
    }

    @Test
    public void shouldMakeFaultsByAFeatureAndOneLineAndEndThemWithTheFeature() throws IOException {
        new ChaosByFeature(karaf, USER.get("admin")).check();
    }

    @Test
    public void shouldPrintWhatTheDocumentsSay() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<MatchResult> blocks = Pattern.compile("(?s)```\\nkaraf@root\\(\\)> (ippan:[^\\n]*)\\n(.*?)\\n?```")
                .matcher(Files.readString(OPERATIONS)).results()
                // What takes the product out of the container is typed by another test.
                .filter(block -> !block.group(1).startsWith("ippan:peer-remove")).toList();
        for (MatchResult block : blocks) {
            String said = USER.get("admin").run(block.group(1));
            // A dial may just be under way, or due: the words are others for a second or two.
            long end = System.nanoTime() + SETTLED.toNanos();
            while (!normalised(said).equals(normalised(block.group(2))) && System.nanoTime() < end) {
                LockSupport.parkNanos(AGAIN.toNanos());
                said = USER.get("admin").run(block.group(1));
            }
            if (!normalised(said).equals(normalised(block.group(2)))) {
                wrong.add(block.group(1) + "\nprints now\n" + said);
            }
        }

        assertEquals("", String.join("\n\n", wrong));
        assertTrue("only " + blocks.size() + " commands are documented", blocks.size() >= 6);
    }

    /** Without what differs each time: ids, times, numbers, widths. */
    private static String normalised(String text) {
        return text.replace(karaf.home().toString(), "/opt/karaf")
                // A busy machine's timers are late.
                .replaceAll("(?m)^\\w+ +timers .*\\R?( +-> .*\\R?)?", "")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                .replaceAll("\\b[0-9a-f]{8,64}\\b", "ID")
                .replaceAll("-?\\d+(\\.\\d+)?", "N").replaceAll("\\b(N h |N min |N m |N s |Nh|Nm|Ns)+", "N")
                .replaceAll("[-+─┼│]{3,}", "---").replaceAll("│", "|").replaceAll("[ \\t]+", " ")
                .replaceAll(" ?\\n ?", "\n").strip();
    }

    private static void state(Severity state, String reason) {
        Eventually.until(() -> state + " in " + said(USER.get("viewer"), "ippan:status"), Installed.SOON, () -> {
            List<String> rows = said(USER.get("viewer"), "ippan:status --no-format").lines().toList();
            return rows.contains("state\t" + Surface.KARAF.cell(state))
                    && rows.stream().anyMatch(row -> row.startsWith("reasons\t") && row.contains(reason));
        });
    }

    @Test
    public void shouldShowEachStateOfTheNode() throws IOException {
        Ssh admin = USER.get("admin");
        state(Severity.OK, "");

        admin.run("config:property-set -p org.ippan.network.dedup windowSeconds 5min");
        state(Severity.WARN, "configuration: org.ippan.network.dedup: windowSeconds = 5min: must be a whole number");
        admin.run("config:property-delete -p org.ippan.network.dedup windowSeconds");
        state(Severity.OK, "");

        admin.run("bundle:stop org.ippan.network.gossip");
        state(Severity.FAIL, "services: Absent: gossip.");
        admin.run("bundle:start org.ippan.network.gossip");
        state(Severity.OK, "");
    }

    @Test
    public void shouldLetEachUserRunWhatItsRoleMay() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : ACCESS) {
            for (String user : ALL) {
                String said = USER.get(user).run("ippan:" + entry.getKey());
                boolean refused = said.contains("Command not found") || said.contains("Insufficient credentials");
                if (refused == entry.getValue().contains(user)) {
                    wrong.add(user + " " + entry.getKey() + ": " + said);
                }
            }
        }

        assertEquals(List.of(), wrong);
    }

    @Test
    public void shouldRefuseATopicThatNoMessageCanHave() throws IOException {
        String said = USER.get("viewer").run("ippan:tail 'news/*/today'");

        assertTrue(said, said.contains("topic = 'news/*/today': must be a topic (1 to 64 bytes without control"
                + " characters), PREFIX/* or *"));
    }

    @Test
    public void shouldListEveryCommandInTheRules() {
        assertEquals(commands().collect(Collectors.toSet()), karaf.file("org.apache.karaf.command.acl.ippan").lines()
                .stream().filter(line -> line.matches("[a-z-]+(\\[.*])? = .*"))
                .map(line -> line.replaceAll("[ \\[].*", "")).collect(Collectors.toSet()));
    }

    private static Stream<String> commands() {
        return ACCESS.stream().map(entry -> entry.getKey().split(" ")[0]).distinct();
    }

    @Test
    public void shouldHelpWithEveryCommand() throws IOException {
        for (String command : commands().toList()) {
            String help = USER.get("admin").run("ippan:" + command + " --help");
            assertTrue(help, help.contains("DESCRIPTION") && help.contains("Examples:"));
        }
    }

    @Test
    public void shouldCompletePeersKeysAndSnapshots() throws IOException {
        USER.get("admin").type("ippan:peer-explain par\t", "peer-explain paris");
        USER.get("admin").type("ippan:config banThr\t", "config banThreshold");
        USER.get("admin").type("ippan:metrics Ded\t", "metrics Dedup");
        USER.get("viewer").type("ippan:peer-ex\t", "peer-explain");
    }

    /** Karaf's own command, which reads Metatype: a row a key, with what the code says of it. */
    @Test
    public void shouldDescribeEveryKeyInConfigMeta() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (SettingsSchema schema : Schemas.all().stream().filter(ShellIT::isInstalled).toList()) {
            String said = USER.get("admin").run("config:meta " + schema.pid());
            for (SettingDescription setting : schema.settings()) {
                String row = "(?m)^" + setting.key() + " +[|│] [^|│]*[A-Za-z][^|│]*[|│] \\w+ *[|│] "
                        + Pattern.quote(setting.display(setting.defaultValue())) + " *[|│] "
                        + Pattern.quote(setting.text()) + "$";
                if (!Pattern.compile(row).matcher(said).find()) {
                    wrong.add(row + " in " + said);
                }
            }
        }

        assertEquals(List.of(), wrong);
    }

    /** Discovery, nat, eventadmin and chaos have features of their own. */
    private static boolean isInstalled(SettingsSchema schema) {
        return !schema.pid().matches("org\\.ippan\\.network\\.(discovery\\..*|nat|eventadmin|chaos)");
    }

    @Test
    public void shouldWriteForPrograms() throws IOException {
        String json = USER.get("viewer").run("ippan:peer-explain --json paris");
        assertTrue(json, json.startsWith("{\"peer\":{\"id\":\"" + paris.id()) && json.endsWith("}"));
        assertEquals(2, USER.get("viewer").run("ippan:peer-list --no-format").lines()
                .filter(line -> line.matches("\\S+\\t(paris|lyon)\\t127\\.0\\.0\\.1:\\d+\\t.*")).count());
        assertTrue(USER.get("viewer").run("ippan:metrics --json").startsWith("{\"Dedup\":{\"size\":"));
    }

    @Test
    public void shouldTellMistakesInOneLine() throws IOException {
        Ssh admin = USER.get("admin");
        assertTrue(admin.run("ippan:peer-explain berlin").startsWith("no peer is known as 'berlin'"));
        assertEquals("an address is host:port or scheme://host:port/path, not 'here'",
                admin.run("ippan:peer-add oslo here"));
        assertEquals("there is no terminal to ask at; with --yes it is done without asking",
                admin.run("ippan:peer-ban " + STRANGER));
        assertEquals("give either a text or --file", admin.run("ippan:publish news"));
        Path lines = karaf.home().resolve("lines.txt");
        Files.write(lines, new byte[] {'a', '\n', (byte) 0xFC, '\n'});
        assertEquals("cannot read " + lines + " after 0 messages: it is no text in UTF-8",
                admin.run("ippan:publish --file " + lines + " news"));
        Files.writeString(lines, "a\n" + "b".repeat(2_000_000) + "\n");
        assertEquals("not published: the payload is longer than maxMessageBytes of org.ippan.network.gossip allows; 1"
                + " messages before it were", admin.run("ippan:publish --file " + lines + " news"));
        String metrics = admin.run("ippan:metrics Weather");
        assertTrue(metrics, metrics.startsWith("there is no snapshot Weather, only "));
        String unknown = admin.run("ippan:config zzz");
        assertTrue(unknown, unknown.startsWith("no PID or key contains 'zzz'; there are org.ippan.network.dedup, "));
        assertEquals("no PID or key contains 'banTreshold'; did you mean banThreshold?",
                admin.run("ippan:config banTreshold"));
        assertEquals(List.of(), karaf.log().stream().filter(line -> line.contains("while executing command")).toList());
    }

    @Test
    public void shouldTellADumpHowTheNodeIs() throws IOException {
        String said = USER.get("admin").run("dev:dump-create -d target-dump");

        Path dump = karaf.home().resolve("target-dump/ippan-network.txt");
        assertTrue(said, Files.exists(dump));
        String text = Files.readString(dump);
        assertTrue(text, Stream.of("Status", "Doctor", "PeerList", "Config", "Metrics")
                .allMatch(section -> text.contains("== " + section + " ==")));
        assertTrue(text, text.contains("banThreshold") && text.contains("paris"));
    }
}
