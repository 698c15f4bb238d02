// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the first pages have one paste does what it says, run as it is printed but for folders and ports. */
@Tag(Nodes.WAITING)
class ReadmeIT {

    private static final Path README = ShellCommand.ROOT.resolve("README.md");
    private static final Path APPLICATIONS = ShellCommand.ROOT.resolve("docs").resolve("applications.md");
    private static final String JAVA = "java -cp ";
    private static final String RUN = "java -jar features/node/target/ippan-node.jar ";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** In the time that a reader gives it, with the artifacts installed. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldRunTheFirstProgramAsPasted() throws IOException {
        runAsPasted(README, "Hello");
    }

    @Test
    void shouldAskAndHearOfPeersAsPasted() throws IOException {
        runAsPasted(APPLICATIONS, "Ask");
    }

    private void runAsPasted(Path page, String name) throws IOException {
        Path program = nodes.path(name + ".java");
        Files.writeString(program, block(page, "public class " + name).text());
        CodeBlock session = block(page, name + ".java");
        String command = session.commands().stream().filter(each -> each.startsWith(JAVA)).findFirst().orElseThrow();

        try (ShellCommand pasted = new ShellCommand(nodes, name, command.replace(name + ".java", "" + program))) {
            assertEquals(session.output(), pasted.end());
        }
    }

    @Test
    void shouldRunTheNodesAsPrinted() throws IOException {
        List<String> commands = block(README, RUN).commands().stream().filter(each -> each.startsWith(RUN))
                .map(each -> each.substring(RUN.length())).toList();
        assertEquals(3, commands.size());

        NodeProcess paris = node("paris", commands.get(0), "unused");
        NodeProcess tokyo = node("tokyo", commands.get(1), paris.listen());
        node("quito", commands.get(2), tokyo.listen());

        List<String> published = Files.readAllLines(README);
        Eventually.until("tokyo has the file", Nodes.SOON,
                () -> Nodes.lines(nodes.path("tokyo.txt")).size() >= published.size());
        assertEquals(Nodes.counted(published), Nodes.counted(Nodes.lines(nodes.path("tokyo.txt"))));
    }

    /** Starts what is printed, in a folder of the test, at a free port, dialling the node that got one before. */
    private NodeProcess node(String name, String command, String peer) {
        assertTrue(command.contains("--data /tmp/" + name + " --listen 127.0.0.1:"), command);
        return nodes.printed(name, command.replaceFirst("--peers \\S+", "--peers " + peer)
                .replace("--publish ", "--publish " + ShellCommand.ROOT + "/"));
    }

    private static CodeBlock block(Path page, String content) {
        return CodeBlock.of(page, ReadmeIT.class).stream().filter(block -> block.text().contains(content)).findFirst()
                .orElseThrow(() -> new AssertionError(page + " has no block with " + content));
    }
}
