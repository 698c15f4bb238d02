// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The requests to a node's page that {@code docs/operations.md} prints, sent by curl as they are printed. */
@Tag(Nodes.WAITING)
class PrintedRequestsIT {

    private static final Path OPERATIONS = Path.of("..", "..", "docs").resolve("operations.md");
    private static final Pattern PUBLISHED = Pattern.compile("Published ([0-9a-f]{64})");
    private static final String TOKEN = "sixteen-characters-or-more";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    static boolean curlInstalled() {
        return Path.of("/usr/bin/curl").toFile().canExecute();
    }

    @Test
    @EnabledIf(value = "curlInstalled", disabledReason = "skipped: no curl (apt-get install curl)")
    void shouldAnswerWhatThePageOfTheDocumentsSends() throws Exception {
        IppanNode peer = nodes.embed("peer");
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--http", Nodes.ANY_PORT, "--peers", Nodes.address(peer),
                "--set", "org.ippan.network.web:token=" + TOKEN);
        Eventually.until("connected", Nodes.SOON, () -> run("curl -fsS http://" + node.http() + "/api/v1/peers")
                .contains("\"connected\":true"));
        List<String> commands = CodeBlock.of(OPERATIONS, PrintedRequestsIT.class).stream()
                .flatMap(block -> block.commands().stream()).toList();
        assertEquals(13, commands.size());
        String published = "";
        for (String command : commands) {
            String here = command.replace("curl ", "curl -sS -w '%{http_code}' -o answer ").replace("-O ", "")
                    .replace("127.0.0.1:9780", node.http()).replace("peers/ID/", "peers/" + peer.id() + "/")
                    .replace("10.0.0.12:9700", Nodes.address(peer)).replace("trace/ID", "trace/" + published);
            // Just after its ban was lifted the peer is not connected yet, and nothing can be published.
            Eventually.until(() -> command + ": " + run(here), Nodes.SOON, () -> run(here).equals("200"));
            Matcher id = PUBLISHED.matcher(run("cat answer"));
            published = id.find() ? id.group(1) : published;
        }
    }

    private String run(String command) {
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).directory(nodes.path("").toFile())
                    .redirectErrorStream(true);
            builder.environment().put("TOKEN", TOKEN);
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes());
            process.waitFor(Nodes.SOON.toSeconds(), TimeUnit.SECONDS);
            return said;
        } catch (IOException e) {
            throw new AssertionError(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command, e);
        }
    }
}
