// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.NodeException;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.osgi.framework.Bundle;

/** What a user reads after a mistake with the command line, a file, or the node in a program. */
@Tag(Nodes.WAITING)
class MistakesIT {

    /** A port that is taken is waited for 10 s. */
    private static final Duration TO_SAY = Duration.ofSeconds(60);
    private static final String SHELL = "exec \"$@\" ";

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Strangers strangers = new Strangers();

    private void refuses(String why, String... arguments) {
        NodeProcess node = nodes.command("wrong", arguments);

        assertEquals(2, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().endsWith("\n\nippan-node: " + why + "\n"), why + " in " + node.err());
        assertOnOneScreen(node.err());
        assertEquals("", node.out());
    }

    private static void assertOnOneScreen(String text) {
        assertTrue(text.startsWith("usage: "), text);
        assertTrue(text.lines().count() <= 24, text);
    }

    @Test
    void shouldHelpOnOneScreenAndExplainEverythingOnMore() {
        NodeProcess brief = nodes.command("brief", "run", "-h");
        NodeProcess whole = nodes.command("whole", "--help");

        assertEquals(0, brief.exitCode(Nodes.SOON), brief.err());
        assertEquals(0, whole.exitCode(Nodes.SOON), whole.err());
        assertOnOneScreen(brief.out());
        Pattern.compile("--[a-z-]+").matcher(brief.out()).results().map(MatchResult::group)
                .forEach(option -> assertTrue(whole.out().contains(option), option));
    }

    private static void says(NodeProcess node, String sentence) {
        Eventually.until(() -> "'" + sentence + "' in " + node.err(), TO_SAY, () -> node.err().contains(sentence));
    }

    @Test
    void shouldSayWhichArgumentIsWrongAndHow() {
        refuses("what to do? run or demo");
        refuses("unknown command 'walk'", "walk");
        refuses("--listen needs a value", "run", "--listen");
        Refused.as("--subscribe is a topic (1 to 64 bytes without control characters), PREFIX/* or *, not 'a/*/b'",
                "run", "--subscribe", "a/*/b", "--output", "-");
        Refused.as("--key-file is empty: give it a value, or leave it out", "run", "--key-file", "");
        Refused.as("--until-stdin-closes is true or false, not 'maybe'", "run", "--until-stdin-closes=maybe");
        Refused.as("--publish - and --until-stdin-closes both want standard input", "run", "--publish", "-", "--topic",
                "news", "--until-stdin-closes");
        Refused.as("--new-key FILE makes a key and uses it, so --key-file has no place beside it", "run", "--new-key",
                "a", "--key-file", "b");
        Refused.as("--listen is HOST:PORT or HOST:PORT-PORT, not 'nowhere'", "run", "--listen", "nowhere");
        Refused.as("--peers is a list of HOST:PORT or HOST:PORT#ID: an address is host:port or scheme://host:port/path,"
                + " not 'nobody'", "run", "--peers", "nobody");
        Refused.as("--set is PID:KEY=VALUE, not 'banThreshold=***'", "run", "--set", "banThreshold=1");
        Refused.as("--publish and --topic go together", "run", "--publish", "file");
        Refused.as("--min-peers says when --publish begins, which is missing", "run", "--min-peers", "2");
        Refused.as("--timeout says when --publish gives up, which is missing", "run", "--timeout", "2");
        Refused.as("--subscribe and --output go together", "run", "--subscribe", "news");
        Refused.as("--jmx is a whole number from 0 to 65535, not '70000'", "run", "--jmx", "70000");
    }

    private void fails(String why, String... arguments) {
        NodeProcess node = nodes.command("wrong", arguments);

        assertEquals(1, node.exitCode(Nodes.SOON), node.err());
        assertEquals("ippan-node: " + why + "\n", node.err());
    }

    @Test
    void shouldNameTheOptionAndTheFile() throws Exception {
        String gone = nodes.path("gone").toString();
        String folder = Files.createDirectories(nodes.path("folder")).toString();

        fails("--publish: " + gone + ": there is no such file or folder", "run", "--publish", gone, "--topic", "news");
        fails("--publish: " + folder + ": it is a folder, not a file", "run", "--publish", folder, "--topic", "news");
        Refused.as("--new-key " + folder + ": it is a folder; name a file in it", "run", "--new-key", folder);
        fails("--output: " + gone + "/file: there is no such file or folder", "run", "--subscribe", "news",
                "--output", gone + "/file");
    }

    @Test
    void shouldSayWhichLinesAreTooLongAndWhatCannotBeRead() throws Exception {
        String peer = Nodes.address(nodes.embed("peer"));
        Path lines = Files.writeString(nodes.path("lines"), "short\n" + "x".repeat(2_000_000) + "\n");
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--peers", peer, "--publish", lines.toString(),
                "--topic", "news");
        NodeProcess other = nodes.run("other", Nodes.ANY_PORT, "--peers", peer, "--publish", "/proc/self/mem",
                "--topic", "news");

        says(node, "ippan-node: line 2 has 2000000 bytes, more than a message may have (maxMessageBytes): not"
                + " published");
        says(node, "ippan-node: 1 lines were too long and not published");
        says(other, "ippan-node: cannot read /proc/self/mem: Input/output error");
    }

    @Test
    void shouldSayWhyNothingIsPublishedAnyMore() throws Exception {
        IppanNode peer = nodes.embed("peer");
        CountDownLatch got = new CountDownLatch(1);
        peer.subscribe("news", message -> got.countDown());
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--peers", Nodes.address(peer), "--publish", "-",
                "--topic", "news", "--timeout", "3");
        node.send("one");
        assertTrue(got.await(TO_SAY.toSeconds(), TimeUnit.SECONDS), node::err);
        peer.close();
        says(node, " is down after ");

        node.send("two");

        says(node, "ippan-node: gave up publishing after 3 s (--timeout): no peer is connected");
        assertEquals(1, node.exitCode(Nodes.SOON), node.err());
    }

    @Test
    void shouldSayThatItsPeersTakeMessagesTooSlowly() throws Exception {
        IppanNode peer = nodes.embed("peer");
        CountDownLatch over = new CountDownLatch(1);
        peer.register(GossipListener.class, message -> awaitEnd(over), Map.of(GossipListener.TOPIC, "news",
                GossipListener.OVERFLOW, "block"));
        Path lines = Files.writeString(nodes.path("lines"), ("x".repeat(1000) + "\n").repeat(100_000));
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--peers", Nodes.address(peer), "--publish",
                lines.toString(), "--topic", "news", "--timeout", "2");

        says(node, "ippan-node: gave up publishing after 2 s (--timeout): the peers take messages more slowly than they"
                + " are published (back-pressure)");
        over.countDown();
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldSayThatWhatItReceivesCannotBeWritten() {
        IppanNode peer = nodes.embed("peer");
        String address = Nodes.address(peer);
        NodeProcess toFile = nodes.run("file", Nodes.ANY_PORT, "--peers", address, "--subscribe", "news",
                "--output", "/dev/full");
        NodeProcess toOutput = nodes.prefixed(List.of("sh", "-c", SHELL + "> /dev/full", "sh"), "output", "--peers",
                address, "--subscribe", "news", "--output", "-");
        says(toOutput, "READY ");
        Stream.of(toFile, toOutput).forEach(node -> says(node, "is up: connected to " + address));
        Eventually.until("gossip speaks over both links", TO_SAY, () -> peer.gossip().snapshot().links() == 2);

        peer.gossip().publish(Message.of(Topic.of("news"), new byte[] {'1'}));

        says(toFile, "ippan-node: cannot write to /dev/full: No space left on device; receiving waits for it");
        says(toOutput, "ippan-node: cannot write to standard output: No space left on device; stopping");
        assertEquals(1, toOutput.exitCode(Nodes.SOON), toOutput.err());
        toFile.terminate();
        toFile.exitCode(Nodes.SOON);
        says(toFile, " bytes were received but not written: No space left on device");
    }

    @Test
    void shouldSayThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Nodes.LOOPBACK))) {
            NodeProcess waiting = nodes.launch("waiting", Nodes.LOOPBACK + ":" + taken.getLocalPort());

            says(waiting, "ippan-node: up, but it does not serve: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                    + ": Address already in use");
        }
    }

    private static void fails(String why, Executable action) {
        String said = assertThrows(NodeException.class, action).getMessage();

        assertTrue(said.startsWith(why), why + " in " + said);
    }

    @Test
    void shouldTellProgramsInWordsWhyANodeDoesNotRun() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(Nodes.LOOPBACK))) {
            fails("the node does not serve: cannot listen on 127.0.0.1:", () -> nodes.embed("taken", builder -> builder
                    .listen(Nodes.LOOPBACK, taken.getLocalPort()).startTimeout(Duration.ofSeconds(2))));
        }
        fails("only 0 of 1 peers connected within 100 ms: no other peer is configured or known",
                () -> nodes.embed("alone", builder -> builder.awaitPeers(1, Duration.ofMillis(100))));
        String busy = strangers.busy();
        fails("only 0 of 1 peers connected within 1 ms: " + busy + ": not reached yet",
                () -> nodes.embed("hasty", builder -> builder.awaitPeers(1, Duration.ofMillis(1)), busy));
        Exception noPeer = assertThrows(IllegalArgumentException.class, () -> IppanNode.builder().peer("paris"));
        assertEquals("an address is host:port or scheme://host:port/path, not 'paris'", noPeer.getMessage());
        IppanNode node = nodes.embed("node");
        Bundle gossip = Stream.of(node.bundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName()
                .equals("org.ippan.network.gossip")).findFirst().orElseThrow();
        gossip.stop();
        fails("the Gossip service is not there", node::gossip);
        gossip.start();
        Thread.currentThread().interrupt();
        fails("interrupted while waiting for peers", () -> node.awaitPeers(1, Nodes.SOON));
        assertTrue(Thread.interrupted());
        node.close();
        fails("the node is closed", () -> node.subscribe("news", message -> { }));
        fails("the node is closed", node::gossip);
        fails("the node is closed", () -> node.set("org.ippan.network.gossip", "minPeers", "2"));
    }
}
