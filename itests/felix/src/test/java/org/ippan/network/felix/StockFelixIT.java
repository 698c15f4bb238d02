// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** A stock Felix with our archive unpacked over it: its shell, files and Web Console, our page, JConsole's way in. */
public class StockFelixIT {

    private static final Path OPERATIONS = Path.of("..", "..", "docs", "operations.md");
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String PEER = "10.0.0.12:9700";

    private static StockFelix felix;
    private static NodeProcess paris;
    private static Http page;
    private static Http console;

    @BeforeClass
    public static void start() throws IOException {
        felix = StockFelix.start();
        Path folder = Container.TARGET.resolve("felix").resolve("paris");
        Container.delete(folder);
        paris = NodeProcess.start(NodeInside.NODE_JAR, folder, "paris", List.of("run", "--data",
                folder.resolve("data").toString(), "--listen", "127.0.0.1:0", "--until-stdin-closes")).awaitReady();
        page = new Http("http://" + felix.logged("Page served at http://(\\S+)/") + "/", "");
        console = new Http("http://127.0.0.1:" + felix.logged("Started Jetty \\S+ at port\\(s\\) HTTP:(\\d+)")
                + "/system/console/", "admin:admin");
        Eventually.until("the Web Console is there", SOON, () -> console.status("configMgr") == 200);
        firstTenMinutes();
    }

    /** The lines the documents have one type, typed as they are printed. */
    private static void firstTenMinutes() throws IOException {
        List<String> printed = Pattern.compile("(?m)^g! (ippan:.*)$").matcher(Files.readString(OPERATIONS)).results()
                .map((MatchResult line) -> line.group(1)).toList();
        assertEquals(List.of("ippan:peer-add", "ippan:status"),
                printed.stream().map(line -> line.split(" ")[0]).toList());

        assertEquals("Added paris at " + paris.listen()
                        + ", kept as the configuration org.ippan.network.peers.peer~paris.",
                felix.type(printed.get(0).replace(PEER, paris.listen())));
        Eventually.until("paris is connected", SOON, () -> typed(printed.get(1)).contains("1 peer connected."));
    }

    private static String typed(String line) {
        try {
            return felix.type(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @AfterClass
    public static void stop() throws Exception {
        try (StockFelix stopped = felix) {
            paris.close();
            assertTrue("stops by itself", stopped.stop());
        }
        assertEquals(List.of(), felix.log().lines().filter(line -> line.matches(".*\\b(WARN|ERROR)\\b.*ippan.*"))
                .filter(line -> !line.contains(": must be ")).toList());
    }

    @Test
    public void shouldStartEveryBundle() throws IOException {
        List<String> bundles = felix.type("lb").lines().filter(line -> line.matches(" *\\d+\\|.*")).toList();

        assertTrue(bundles.toString(), bundles.stream().filter(line -> line.contains("ippan-network")).count() == 13);
        assertEquals(List.of(), bundles.stream().filter(line -> !line.contains("|Active ")).toList());
    }

    @Test
    public void shouldAnswerInTheShellAsItDoesElsewhere() throws IOException {
        assertTrue(felix.type("ippan:help").contains("ippan:peer-ban PEER [SECONDS] [REASON] --yes"));
        String known = felix.type("ippan:peer-explain paris");
        assertTrue(known, known.contains("is connected: this node opened the connection to " + paris.listen()));
        assertTrue(felix.type("ippan:peer-list").contains(paris.id().substring(0, 8) + "  paris"));
        assertEquals("OK   limits: Nothing holds traffic back.", felix.type("ippan:limits"));
        assertTrue(felix.type("ippan:doctor").contains("OK   listener: The node listens on 127.0.0.1:"));
        assertTrue(felix.type("ippan:publish news 'hello from Felix'").startsWith("Published "));
    }

    @Test
    public void shouldBanInTheShellOnlyWhenToldTwice() throws IOException {
        String stranger = "ab".repeat(32);

        assertEquals("Nothing is changed: it takes something away, so say it again with --yes.",
                felix.type("ippan:peer-ban " + stranger + " 60 rubbish"));
        assertEquals("Banned abababab for 60 s.", felix.type("ippan:peer-ban " + stranger + " 60 rubbish --yes"));
        assertTrue(felix.type("ippan:peer-explain abababab").contains("It is banned: rubbish."));
        assertEquals("Pardoned abababab.", felix.type("ippan:peer-pardon " + stranger));
        assertTrue(felix.type("ippan:peer-ban " + stranger + " abc --yes").contains("SECONDS = abc: must be a whole"
                + " number; 0 for ever"));
        assertTrue(felix.type("ippan:peer-ban").contains("usage: ippan:peer-ban PEER"));
        assertTrue(felix.type("ippan:size twenty 1000 512").contains("NODES, MESSAGES and BYTES must be whole numbers,"
                + " as in ippan:size 20 1000 512"));
        assertTrue(felix.type("ippan:network --ill").contains("'--ill' is unknown: --sick and --json are all that may"
                + " follow"));
        assertTrue(felix.type("ippan:peer-add oslo 127.0.0.1:1 --soon").contains("'--soon' is unknown: --transient is"
                + " all that may follow"));
    }

    @Test
    public void shouldTakeOverAFileInLoadAndRefuseABadOne() throws IOException {
        Path file = felix.file("reputation");

        Files.writeString(file, "banThreshold = -450\n");
        awaitSetting("banThreshold", "banThreshold = -450 (" + file.toRealPath() + ")");
        Files.writeString(file, "banThreshold = abc\n");
        awaitSetting("banThreshold", "refused: banThreshold = abc: must be a whole number from -1000 to -2");
        awaitSetting("banThreshold", "banThreshold = -450");
        Files.delete(file);
        awaitSetting("banThreshold", "banThreshold = -500 (default)");
    }

    @Test
    public void shouldRefuseABadKeyInTheFileOfAPeerOnEverySurface() throws IOException {
        Path file = felix.file("peers.peer-rome");
        String refused = "org.ippan.network.peers.peer~rome: address = nonsense: must be an address like host:port, the"
                + " port not 0";

        Files.writeString(file, "address = nonsense\n");
        awaitSetting("rome address", "refused: address = nonsense: must be an address like host:port, the port not 0");
        assertTrue(typed("ippan:doctor"), typed("ippan:doctor").contains("WARN configuration: " + refused));
        assertTrue(typed("ippan:status"), typed("ippan:status").contains(refused));
        assertTrue(page.get("health/ready"), page.get("health/ready").contains(refused));
        Files.writeString(file, "address = 127.0.0.1:1\n");
        awaitSetting("rome address", "address = 127.0.0.1:1 (" + file.toRealPath() + ")");
        Files.delete(file);
        Eventually.until("it is gone", SOON, () -> !typed("ippan:peer-list").contains("rome"));
    }

    private static void awaitSetting(String key, String text) {
        Eventually.until(() -> text + " in " + typed("ippan:config '" + key + "'"), SOON,
                () -> typed("ippan:config '" + key + "'").contains(text));
    }

    @Test
    public void shouldShowThePageWithTheShell() {
        assertTrue(page.get("").contains("<title>"));
        assertEquals(200, page.status("health/ready"));
        assertTrue(page.get("metrics").contains("ippan_peers_connected 1.0"));
    }

    /** Metatype as the console shows it: the words of the code, which also say what a change does. */
    @Test
    public void shouldDescribeEveryKeyInTheWebConsole() throws IOException {
        List<String> wrong = new ArrayList<>();
        String settings = page.get("api/v1/settings");
        List<MatchResult> keys = Pattern.compile("\"pid\":\"([^\"]+)\",\"description\":\\{\"key\":\"([^\"]+)\".*?"
                + "\"text\":\"([^\"]+)\"").matcher(settings).results().toList();
        for (MatchResult key : keys) {
            String shown = console.post("configMgr/" + key.group(1) + "?post=true", "").replace("\\/", "/");
            if (!shown.contains("\"description\":\"" + key.group(3) + " (" + key.group(2) + ")\"")) {
                wrong.add(key.group(2) + " in " + shown);
            }
        }

        assertEquals(List.of(), wrong);
        assertTrue("only " + keys.size() + " keys", keys.size() > 80);
    }

    @Test
    public void shouldTakeOverWhatTheWebConsoleSaves() {
        String form = "apply=true&action=ajaxConfigManager&$location=&propertylist=capacity,windowSeconds"
                + "&windowSeconds=300&capacity=";

        console.post("configMgr/org.ippan.network.dedup", form + "500000");
        awaitSetting("dedup capacity", "capacity = 500000");
        console.post("configMgr/org.ippan.network.dedup", form + "-1");
        awaitSetting("dedup capacity", "refused: capacity = -1: must be a whole number from 0 to 100000000");
        awaitSetting("dedup capacity", "capacity = 500000");
        console.post("configMgr/org.ippan.network.dedup", "apply=true&delete=true");
        awaitSetting("dedup capacity", "capacity = 0 (default)");
    }

    /** What {@code jconsole PID} does: it attaches to the process, which listens for nobody else. */
    @Test
    public void shouldBeManagedByWhoeverAttaches() throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(Long.toString(felix.pid()));
        String address = jvm.startLocalManagementAgent();
        jvm.detach();
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();

            assertEquals(1, beans.getAttribute(new ObjectName("org.ippan.network:type=Node"), "Connected"));
            assertTrue(beans.isRegistered(new ObjectName("org.ippan.network:type=Peer,name=paris")));
        }
    }
}
