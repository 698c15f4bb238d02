// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.Test;

/**
 * Two stock Karafs on one machine, unpacked by hand: one with the archive in {@code deploy/} and no repository to ask,
 * one with a repository and the lines that the documents have one type. They take ports of their own, find each other
 * and exchange messages. The configuration of the first was bad before it started. Then they are uninstalled as the
 * documents say, leave nothing behind, and are the same nodes when they are installed again.
 */
public class TwoContainersIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration FOR_A_READER = Duration.ofMinutes(5);
    private static final Path EXAMPLE = Path.of("..", "..", "examples", "karaf-consumer");
    private static final Path APPLICATIONS = Path.of("..", "..", "docs", "applications.md");
    /** No node of another run on this machine, which has had a port of theirs, is taken for one of them. */
    private static final String NETWORK = "two containers " + ProcessHandle.current().pid();
    private static final String USERS = "\nviewer = viewer,viewer\n"
            + "admin = admin,admin,manager,viewer,systembundles,ssh\n";
    private static final String ERROR = "org.ippan.network.reputation: banThreshold = abc: must be a whole number from "
            + "-1000 to -2";

    @Test
    public void shouldFindEachOtherAndExchangeMessages() throws Exception {
        try (KarafProcess first = KarafProcess.stock("first", USERS);
                KarafProcess second = KarafProcess.withRepository("second", USERS)) {
            for (KarafProcess karaf : List.of(first, second)) {
                karaf.file("org.ippan.network.peers").write("networkId", NETWORK);
            }
            first.file("org.ippan.network.reputation").set("banThreshold", "abc");
            first.start();
            second.start();
            try (Jmx one = first.login("admin"); Jmx two = second.login("admin");
                    Ssh console = second.console("admin")) {
                String address = awaitAddress(one);
                shouldRepairWithoutARestart(first, one);
                keepSilent(one);

                FirstMinutes.type(console, address);
                assertNotEquals(address, awaitAddress(two));
                keepSilent(two);
                awaitLinks(one, 1);
                console.run("ippan:peer-remove --yes " + address);
                // It dials the other from now on, which it met: for how long there is no link is a matter of chance.
                Eventually.until("the first is told that it was removed", SOON, () -> first.log().stream()
                        .anyMatch(line -> line.endsWith("it left the network: removed")));
                second.file("org.ippan.network.peers").set("seeds", address);
                awaitLinks(one, 1);
                shouldArrive("hello", one, two);

                shouldBeTheSameNodesWhenInstalledAgain(first, one, second, two, console);

                shouldRunTheExample(first, second, console);
                try (Ssh sender = first.console("admin")) {
                    shouldShowAnEventOfTheOther(one, sender, two, console);
                }
            }
            assertEquals(List.of(), first.loud().stream().filter(line -> !line.contains(ERROR)).toList());
            assertEquals(List.of(), second.loud());
        }
    }

    /**
     * One container gets it by the command of its README, the other by a copy in its folder {@code deploy/}: in the
     * time that a reader gives it.
     */
    private static void shouldRunTheExample(KarafProcess first, KarafProcess second, Ssh console) throws IOException {
        String printed = CodeBlock.of(EXAMPLE.resolve("README.md"), TwoContainersIT.class).get(0).text();
        Path jar = EXAMPLE.resolve("target").resolve("prices.jar").toRealPath();
        String install = printed.lines().findFirst().orElseThrow().replaceFirst("karaf@root\\(\\)> ", "")
                .replaceFirst("mvn:\\S+", jar.toUri().toString());
        long start = System.nanoTime();

        assertTrue(install, console.run(install).contains("Bundle ID: "));
        Files.copy(jar, first.home().resolve("deploy").resolve("prices.jar"));

        for (KarafProcess karaf : List.of(first, second)) {
            Eventually.until("the other's prices in the log of " + karaf.home(), SOON, () -> karaf.log().stream()
                    .anyMatch(line -> line.endsWith("Price received: prices/tea = 4.20")));
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertTrue("it takes " + taken, taken.compareTo(FOR_A_READER) < 0);
    }

    /**
     * What the documents have one type, as it is printed: one event is sent, and it is shown at the other. The topics
     * come first, as Karaf would take them back when it reads the file that the feature lays down.
     */
    private static void shouldShowAnEventOfTheOther(Jmx one, Ssh sender, Jmx two, Ssh other) throws Exception {
        List<CodeBlock> printed = CodeBlock.of(APPLICATIONS, TwoContainersIT.class);
        for (String line : lines(printed.get(0))) {
            assertEquals(line, "", sender.run(line));
            assertEquals(line, "", other.run(line));
        }
        for (Jmx jmx : List.of(one, two)) {
            Eventually.until("the topics are in force", SOON,
                    () -> read(jmx, "EventAdmin", "Topics") instanceof String[] topics
                            && List.of(topics).equals(List.of("com/acme/orders")));
        }

        List<String> demo = lines(printed.get(1));
        assertEquals("", sender.run(demo.get(0)));
        Eventually.until(() -> "the event arrives; at its sender: " + read(one, "EventAdmin", "LastProblem"), SOON,
                () -> Long.valueOf(1).equals(read(two, "EventAdmin", "Received")));
        String shown = other.run(demo.get(1));

        assertTrue(shown, shown.contains(" - com/acme/orders\n"));
        assertEquals(shown, List.of("ippan.delivered.by: " + one.read("Node", "Id"), "number: 42"),
                shown.lines().skip(1).sorted().toList());
        assertEquals(1L, one.read("EventAdmin", "Sent"));
        assertEquals("it does not come back", 0L, one.read("EventAdmin", "Received"));
    }

    private static List<String> lines(CodeBlock block) {
        return block.text().lines().map(line -> line.replace("karaf@root()> ", "")).toList();
    }

    private static void shouldBeTheSameNodesWhenInstalledAgain(KarafProcess first, Jmx one, KarafProcess second,
            Jmx two, Ssh console) throws Exception {
        Object firstId = one.read("Node", "Id");
        Object secondId = two.read("Node", "Id");
        second.file("org.ippan.network.peers").set("seeds", null);
        new Uninstalling(first, one).byTheArchive();
        new Uninstalling(second, two).byFeatures(console);

        first.deploy();
        String address = awaitAddress(one);
        FirstMinutes.type(console, address);

        awaitLinks(one, 1);
        assertEquals(firstId, one.read("Node", "Id"));
        assertEquals(secondId, two.read("Node", "Id"));
        assertEquals(-450, one.read("Reputation", "BanThreshold"));
        keepSilent(one);
        keepSilent(two);
        shouldArrive("hello again", two, one);
    }

    private static void shouldArrive(String text, Jmx from, Jmx at) throws IOException, JMException {
        long before = (Long) at.read("Gossip", "BodiesReceived");
        String said = from.call("Node", "publishText", "news", text);

        assertTrue(said, said.startsWith("Published "));
        Eventually.until("the message arrives", SOON,
                () -> Long.valueOf(before + 1).equals(read(at, "Gossip", "BodiesReceived")));
    }

    private static void awaitLinks(Jmx jmx, int links) {
        Eventually.until(links + " links", SOON, () -> Integer.valueOf(links).equals(read(jmx, "Gossip", "Links")));
    }

    /** The default is in force and the error is told, until the file is corrected. */
    private static void shouldRepairWithoutARestart(KarafProcess karaf, Jmx jmx) throws IOException, JMException {
        assertTrue(String.valueOf(jmx.read("Reputation", "LastConfigError")).startsWith(ERROR));
        assertEquals(-500, jmx.read("Reputation", "BanThreshold"));
        assertTrue(karaf.log().stream().anyMatch(line -> line.contains("| ERROR |") && line.contains(ERROR)));

        karaf.file("org.ippan.network.reputation").set("banThreshold", "-450");

        Eventually.until("the corrected value", SOON,
                () -> Integer.valueOf(-450).equals(read(jmx, "Reputation", "BanThreshold")));
        assertEquals("", jmx.read("Node", "LastConfigErrors"));
    }

    private static String awaitAddress(Jmx jmx) {
        Eventually.until("the node listens", SOON, () -> read(jmx, "Node", "BoundAddress") instanceof String address
                && !address.isEmpty());
        return String.valueOf(read(jmx, "Node", "BoundAddress"));
    }

    /** Has a node tell nothing of itself, so that what arrives is what was published. */
    private static void keepSilent(Jmx node) throws IOException, JMException {
        Eventually.until("the bean of the network is there", SOON, () -> read(node, "Network", "Share") != null);
        node.write("Network", "Share", "off");
    }

    private static Object read(Jmx jmx, String bean, String attribute) {
        try {
            return jmx.read(bean, attribute);
        } catch (JMException e) {
            // Its bundle is not there yet.
            return null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
