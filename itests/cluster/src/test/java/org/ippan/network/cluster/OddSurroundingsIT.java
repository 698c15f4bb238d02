// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node says on a machine, or started by a command, that gives it what no node can use. */
@Tag(Nodes.WAITING)
class OddSurroundingsIT {

    private static final int NAMES = 32;
    /** Together they ask for more names than may wait. */
    private static final int MANY = 12;
    /** More names than may wait to be looked up. */
    private static final int WAITING = 1100;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** A node started by a shell. */
    private NodeProcess shell(String command, String... arguments) {
        return nodes.prefixed(List.of("sh", "-c", command, "sh"), "node", arguments);
    }

    private static void ends(NodeProcess node, int code, String why) {
        assertEquals(code, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().contains(why), why + " in " + node.err());
    }

    @Test
    void shouldSayThatItsStandardInputIsNone() {
        ends(shell("exec \"$@\" < /", "--until-stdin-closes"), 0, "ippan-node: standard input broke: Is a"
                + " directory");
    }

    @Test
    void shouldSayThatAPathNeedsALocaleWithItsLetters() {
        ends(shell("LC_ALL=C exec \"$@\" --key-file \"$(printf 'k\\303\\274')\""), 2, "ippan-node: --key-file:"
                + " 'k??' is no path:"
                + " Malformed input or input contains unmappable characters; letters beyond ASCII need a locale"
                + " with UTF-8, for example LC_ALL=C.UTF-8");
    }

    @Test
    void shouldSayThatTheFrameworkHasNoPlaceForItsFiles() throws Exception {
        Path cache = Files.createDirectories(nodes.path("node").resolve("cache"));
        Files.createSymbolicLink(cache.resolve("framework"), Path.of("/proc/sys"));

        ends(nodes.launch("node", Nodes.ANY_PORT), 1, "ippan-node: the OSGi framework does not start: ");
    }

    /** Neither a class of Java nor nothing at all. */
    @Test
    void shouldSayThatAJvmWithoutIpv6HasNoSuchAddresses() {
        NodeProcess node = nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Djava.net.preferIPv4Stack=true"), "node",
                "--listen", "[::]:0", "--http", "[::1]:0", "--peers", "[::1]:1");
        String why = ": this JVM has no IPv6, which that address needs: see java.net.preferIPv4Stack";

        for (String what : List.of("cannot listen on [::]:0" + why, "cannot listen on [::1]:0" + why, "[::1]:1")) {
            Eventually.until(() -> what + " in " + node.err(), Nodes.SOON, () -> node.err().lines()
                    .anyMatch(line -> line.contains(what) && line.contains(why)));
        }
        assertFalse(node.err().contains("AddressType"), node.err());
    }

    /** Root may read everything, unless it gives that up. */
    private NodeProcess withoutPrivileges(String... arguments) {
        return shell("[ $(id -u) != 0 ] || exec setpriv --bounding-set=-dac_override,-dac_read_search \"$@\"\nexec"
                + " \"$@\"", arguments);
    }

    @Test
    void shouldSayWhatItsUserMayNotOpen() throws Exception {
        Path key = Files.writeString(nodes.path("key"), "no user may read this one");
        Files.setPosixFilePermissions(key, Set.of());
        ends(withoutPrivileges("--key-file", key.toString()), 2, key + ": the user of this process may not open it");

        Path place = nodes.path("node").resolve("state").resolve("transport");
        Path hidden = Files.createDirectories(place.resolve("hidden"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(hidden, Set.of());
        NodeProcess node = withoutPrivileges();
        Eventually.until(() -> "it says so: " + node.err(), Nodes.SOON, () -> node.err().contains("who may read "
                + place + " cannot be found out: " + hidden + ": the user of this process may not open it"));
        node.kill();
        Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
    }

    /** As an administrator may have it who has read of an attack. */
    @Test
    void shouldSayThatThisJavaMayNotSpeakTls() throws Exception {
        Path rules = Files.writeString(nodes.path("rules"), "jdk.tls.disabledAlgorithms=TLSv1.3\n");
        NodeProcess node = nodes.prefixed(List.of("env", "_JAVA_OPTIONS=-Djava.security.properties=" + rules), "node");

        Eventually.until(() -> "it says so: " + node.err(), Nodes.SOON, () -> node.err().contains("TLS does not work"
                + " with itself: "));
    }

    /** A node whose file of names is a pipe into which no program writes: who asks for a name waits for ever. */
    private NodeProcess nameless(String... arguments) {
        Programs.run(nodes.path("."), "mkfifo", "hosts");
        return nodes.prefixed(List.of("env", "_JAVA_OPTIONS=-Djdk.net.hosts.file=" + nodes.path("hosts")), "node",
                arguments);
    }

    @Test
    void shouldSayThatItDoesNotListenWhileItsNameIsLookedFor() {
        NodeProcess node = nameless("--set", "org.ippan.network.transport:listenAddress=oslo.example:0");

        Eventually.until(() -> "it says so: " + node.err(), Nodes.SOON, () -> node.err().contains("ippan-node: up, but"
                + " it does not serve: it does not listen yet"));
    }

    @Test
    void shouldSayWhichNamesAreNotFoundWhileTheNameServiceHangs() throws Exception {
        NodeProcess node = nameless("--jmx", "0", "--peers", IntStream.range(0, NAMES)
                .mapToObj(i -> "oslo" + i + ".example:9700").collect(Collectors.joining(","))).awaitReady();
        try (JmxClient client = JmxClient.connect(node)) {
            Diagnosis doctor = Diagnosis.of(client);

            doctor.tells("WARN seeds: oslo0.example:9700 is not connected and cannot be reached: no answer within 6 s."
                    + " Check the address, whether the node runs, and the firewalls between.");
            doctor.tells("OK listener: The node listens on " + node.listen() + " and is reached there from itself.");
            List<Thread> others = Stream.generate(() -> new Thread(doctor::all, "asks")).limit(MANY).toList();
            others.forEach(Thread::start);
            doctor.tells("WARN seeds: oslo0.example:9700 is not connected and cannot be reached: earlier attempts are"
                    + " still under way. Check the address, whether the node runs, and the firewalls between.");
            for (Thread other : others) {
                other.join();
            }
            for (int i = 0; i < WAITING; i++) {
                client.call("Peers", "connect", "bergen" + i + ".example:9700");
            }
            // Where no peer was met, an address is forgotten within 10 s, perhaps just now: it is dialled anew.
            Eventually.until(() -> explained(client), Nodes.SOON, () -> explained(client)
                    .contains("too many names are being looked up"));
        }
    }

    /** What is said of an address that was just ordered to be dialled. */
    private static String explained(JmxClient client) {
        String address = "bergen.example:9700";
        try {
            client.call("Peers", "connect", address);
            return String.valueOf(client.call("Node", "explainPeer", address));
        } catch (Exception e) {
            return e.toString();
        }
    }
}
