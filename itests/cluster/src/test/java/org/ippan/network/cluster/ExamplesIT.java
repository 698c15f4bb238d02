// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples that need no container, run by the commands of their READMEs. */
class ExamplesIT {

    private static final Path EXAMPLES = ShellCommand.ROOT.resolve("examples");
    private static final String RUN = "java -jar features/node/target/ippan-node.jar ";
    private static final String ALIVE = "WATCHDOG=1";
    /** In place of the node's own process: says when it is asked for the stacks of its threads. */
    private static final String MAIN = " sh -c \"trap 'echo threads' QUIT; while :; do sleep 1; done\"";
    private static final String LISTENING = "listening at ";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private static List<String> commands(String example) {
        return CodeBlock.of(EXAMPLES.resolve(example).resolve("README.md"), ExamplesIT.class).get(0).commands();
    }

    @Test
    void shouldTellTheOtherStationTheWeather() {
        List<String> commands = commands("plain-java");
        try (ShellCommand first = new ShellCommand(nodes, "first", commands.get(0))) {
            Eventually.until("the first station listens", Nodes.SOON, () -> !first.printed().isEmpty());
            String address = first.printed().get(0).substring(LISTENING.length());
            try (ShellCommand second = new ShellCommand(nodes, "second",
                    commands.get(1).replace("127.0.0.1:PORT", address))) {
                Eventually.until("the second station is connected", Nodes.SOON, () -> !second.printed().isEmpty());
                second.type("rain");
                Eventually.until("the first one hears of it", Nodes.SOON,
                        () -> first.printed().contains("heard: rain"));
                first.type("sun");
                Eventually.until("so does the second", Nodes.SOON, () -> second.printed().contains("heard: sun"));

                assertTrue(second.end().contains("said: ACCEPTED"));
            }
            assertTrue(first.end().contains("said: ACCEPTED"));
        }
    }

    @Test
    @EnabledIf(value = "org.ippan.network.cluster.PrintedRequestsIT#curlInstalled",
            disabledReason = "skipped: no curl (apt-get install curl)")
    void shouldPublishOverHttp() {
        List<String> commands = commands("rest");
        NodeProcess rome = nodes.printed("rome", commands.get(0).substring(RUN.length()));
        NodeProcess oslo = nodes.printed("oslo", commands.get(1).substring(RUN.length())
                .replaceFirst("--peers \\S+", "--peers " + rome.listen()));

        try (ShellCommand notice = new ShellCommand(nodes, "notice",
                commands.get(2).replaceFirst("127\\.0\\.0\\.1:\\d+", oslo.http()))) {
            assertTrue(String.join("", notice.end()).contains("Published "), notice.printed().toString());
        }

        Eventually.until("the text arrives", Nodes.SOON, () -> !Nodes.lines(nodes.path("notices.txt")).isEmpty());
        assertEquals(List.of("the harbour is closed"), Nodes.lines(nodes.path("notices.txt")));
    }

    @Test
    @EnabledIf(value = "org.ippan.network.cluster.PrintedRequestsIT#curlInstalled",
            disabledReason = "skipped: no curl (apt-get install curl)")
    void shouldRunAsTheUnitOfSystemdHasIt() throws IOException {
        String unit = Files.readString(EXAMPLES.resolve("systemd/ippan-node.service")).replaceAll("\\\\\\n\\s*", "");
        String folder = Files.createDirectories(nodes.path("lib")).toString();
        Files.writeString(nodes.path("key"), "a-key-of-the-network-7c1e\n");
        String arguments = value(unit, "ExecStart").replaceFirst(".*/ippan-node.jar ", "")
                .replace("/var/lib/ippan", folder).replace("${CREDENTIALS_DIRECTORY}", nodes.path("").toString())
                .replaceAll("127\\.0\\.0\\.1:\\d+", Nodes.ANY_PORT);

        NodeProcess node = nodes.command("service", arguments.split(" ")).awaitReady();
        Path told = nodes.path("told");
        try (ShellCommand service = new ShellCommand(nodes, "helper", "env PATH=" + notifying(told) + ":\"$PATH\""
                + " WATCHDOG_USEC=4000000 " + value(unit, "ExecStart").replaceFirst(" [^ ]*/java .*", MAIN)
                .replace("/opt/ippan", "examples/systemd").replaceFirst("127\\.0\\.0\\.1:\\d+", node.http()))) {
            Eventually.until("the watchdog waits", Nodes.SOON, () -> Nodes.lines(told).size() > 2);
            assertEquals(List.of("--ready", ALIVE, ALIVE), Nodes.lines(told).subList(0, 3));
            assertEquals(List.of(), service.printed());
            node.pause();
            Eventually.until("the node is asked for its threads", Nodes.SOON, () -> !service.printed().isEmpty());
            int times = Nodes.lines(told).size();
            Eventually.until("and again", Nodes.SOON, () -> service.printed().size() > 1);
            assertEquals(times, Nodes.lines(told).size(), "the watchdog waits for a node that does not answer");
            node.resume();
            Eventually.until("it lives again", Nodes.SOON, () -> Nodes.lines(told).size() > times);
        }
        node.terminate();

        assertEquals(0, node.exitCode(Nodes.SOON));
    }

    /** A folder with a program that writes down what systemd is told. */
    private Path notifying(Path told) throws IOException {
        Path folder = Files.createDirectories(nodes.path("bin"));
        Path program = Files.writeString(folder.resolve("systemd-notify"), "#!/bin/sh\necho \"$*\" >> " + told + "\n");
        Files.writeString(told, "");
        assertTrue(program.toFile().setExecutable(true));
        return folder.toAbsolutePath();
    }

    private static String value(String unit, String key) {
        return unit.lines().filter(line -> line.startsWith(key + "=")).findFirst().orElseThrow()
                .substring(key.length() + 1);
    }

    /** The steps of the image that need no container: its file, its command, its signal and the probes. */
    @Test
    void shouldRunAsTheImageDoesAndAnswerProbes() throws Exception {
        String image = Files.readString(EXAMPLES.resolve("container/Containerfile"));
        List<String> copied = List.of(instruction(image, "COPY").split(" "));
        List<String> entry = Pattern.compile("\"([^\"]*)\"").matcher(instruction(image, "ENTRYPOINT")).results()
                .map(found -> found.group(1)).toList();
        int jar = entry.indexOf("-jar");
        assertEquals(copied.get(1), entry.get(jar + 1));
        try (ShellCommand options = new ShellCommand(nodes, "options",
                String.join(" ", entry.subList(0, jar + 1)) + " " + copied.get(0) + " --version")) {
            assertEquals(1, options.end().size());
        }
        Files.writeString(nodes.path("ippan-key"), "a-key-of-the-network-7c1e\n");
        Files.writeString(nodes.path("ippan-token"), "a-token-of-the-page-51d0\n");

        NodeProcess node = nodes.command("image", entry.stream().skip(jar + 2).map(argument -> argument
                .replace("/run/secrets", nodes.path("").toString()).replace("/var/lib/ippan", nodes.path("").toString())
                .replaceAll("0\\.0\\.0\\.0:\\d+", Nodes.ANY_PORT)).toArray(String[]::new)).awaitReady();
        List<MatchResult> probes = Pattern.compile("path: (\\S+), port: (\\d+)").matcher(CodeBlock.of(
                EXAMPLES.resolve("container/README.md"), ExamplesIT.class).get(0).text()).results().toList();
        assertEquals(3, probes.size());
        for (MatchResult probe : probes) {
            assertTrue(instruction(image, "EXPOSE").endsWith(probe.group(2)), probe.group());
            assertEquals(200, HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://" + node.http()
                    + probe.group(1))).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
        }
        assertEquals("SIGTERM", instruction(image, "STOPSIGNAL"));
        node.terminate();

        assertEquals(0, node.exitCode(Nodes.SOON));
    }

    private static String instruction(String image, String name) {
        return image.lines().filter(line -> line.startsWith(name + " ")).findFirst().orElseThrow()
                .substring(name.length() + 1);
    }

    @Test
    @EnabledIf(value = "systemdInstalled", disabledReason = "skipped: no systemd-analyze (apt-get install systemd)")
    void shouldHaveAUnitThatSystemdFindsNothingWrongWith() {
        try (ShellCommand verify = new ShellCommand(nodes, "verify", commands("systemd").get(0) + " 2>&1")) {
            assertEquals(List.of(), verify.end());
        }
    }

    static boolean systemdInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
    }
}
