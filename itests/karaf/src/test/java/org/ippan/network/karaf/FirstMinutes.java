// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ippan.network.testkit.Eventually;

/** The first lines {@code docs/operations.md} has one type into a container's console, typed as they are printed. */
final class FirstMinutes {

    private static final Path OPERATIONS = Path.of("..", "..", "docs", "operations.md");
    private static final Path FEATURES = Path.of("..", "..", "features", "karaf", "target", "feature", "feature.xml");
    private static final String PROMPT = "karaf@root()> ";
    private static final String PEER = "10.0.0.12:9700";

    private FirstMinutes() {
    }

    /**
     * Types them, and waits after each until it did what it should.
     *
     * @param admin at the console of a container
     * @param peer a node, in place of the address that is printed
     */
    static void type(Ssh admin, String peer) throws IOException {
        List<String> printed = printed();
        assertEquals(List.of("feature:repo-add", "feature:install", "ippan:peer-add", "ippan:status"),
                printed.stream().map(line -> line.split(" ")[0]).toList());

        assertTrue(admin.run(printed.get(0)).startsWith("Adding feature url"));
        assertEquals("", admin.run(printed.get(1)));
        assertEquals("Added paris at " + peer + ", kept as the configuration org.ippan.network.peers.peer~paris.",
                admin.run(printed.get(2).replace(PEER, peer)));
        Eventually.until("paris is connected", Installed.SOON, () -> says(admin, printed.get(3),
                "(?s).*\\nlistening +[|│] 127\\.0\\.0\\.1:\\d+\\n.*\\npeers connected +[|│] 1\\n.*"));
    }

    private static boolean says(Ssh user, String command, String pattern) {
        try {
            return user.run(command).matches(pattern);
        } catch (IOException e) {
            throw new AssertionError(command, e);
        }
    }

    private static List<String> printed() throws IOException {
        return printed("feature:repo-add");
    }

    /** The lines of the block that begins with a command. */
    static List<String> printed(String command) throws IOException {
        String block = find("(?s)```\n(karaf@root\\(\\)> " + command + " [^`]*?)```", Files.readString(OPERATIONS));
        String version = find("<features name=\"ippan-network-([^\"]+)\"", Files.readString(FEATURES));
        List<String> lines = new ArrayList<>();
        for (String line : block.split("\n")) {
            assertTrue(line, line.startsWith(PROMPT));
            lines.add(line.substring(PROMPT.length()).replace("VERSION", version));
        }
        return lines;
    }

    private static String find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map((MatchResult found) -> found.group(1)).findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + pattern));
    }
}
