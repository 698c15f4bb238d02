// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The first thing anybody starts: the demo, as it is printed in the README, and a page it prints the address of. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
class DemoIT {

    private static final Path JAR = Path.of("..", "..", "features", "node", "target", "ippan-node.jar");
    private static final Path FOLDER = Path.of("target", "demo").toAbsolutePath();
    private static final Duration TO_START = Duration.ofMinutes(4);
    private static final Pattern PAGE = Pattern.compile("(?m)^node-\\d: (http://127\\.0\\.0\\.1:\\d+/) ");
    private static final String NEW = "#tiles li[data-key='New messages'] .tile-value";
    private static final String PUBLISHED = "#strips li:nth-child(4) .strip-plot";

    @Test
    void shouldShowItsTrafficWhileSomebodyLooksAndLeaveNothingRunning() throws IOException {
        try (NodeProcess demo = NodeProcess.start(JAR, FOLDER, "demo",
                List.of("demo", "--output", FOLDER.toString())); Browser browser = Browser.start()) {
            Eventually.until(() -> "five pages: " + demo.out() + demo.err(), TO_START,
                    () -> pages(demo).size() == 5);
            List<ProcessHandle> nodes = demo.children();
            assertEquals(5, nodes.size());
            Eventually.until(() -> "the file is through: " + demo.out() + demo.err(), TO_START,
                    () -> demo.out().contains("100.0 %"));

            // One that receives the file, and the one that publishes it.
            for (String page : pages(demo).subList(3, 5)) {
                browser.open(page);
                awaitTraffic(browser);
                assertEquals(List.of(), browser.complaints());
            }
            browser.awaitText("#node-name", "node-");
            browser.pictures("demo");

            demo.terminate();
            assertEquals(0, demo.exitCode(ShownNetwork.SOON), demo.err());
            assertEquals(List.of(), nodes.stream().filter(ProcessHandle::isAlive).toList());
        }
        for (String node : List.of("node-2.txt", "node-5.txt")) {
            assertEquals(sorted("input.txt"), sorted(node), "what is published beside the file is in " + node);
        }
    }

    private static List<String> pages(NodeProcess demo) {
        return PAGE.matcher(demo.out()).results().map(line -> line.group(1)).toList();
    }

    private static void awaitTraffic(Browser browser) {
        Eventually.until(() -> "something is received: " + browser.text(NEW), ShownNetwork.SOON,
                () -> browser.text(NEW).matches("0\\.[1-9]\\d*|[1-9].*"));
        Eventually.until(() -> "something is published: " + browser.attribute(PUBLISHED, "aria-label"),
                ShownNetwork.SOON, () -> browser.attribute(PUBLISHED, "aria-label").matches(".*at most [1-9].*"));
        String before = browser.text("#tiles");
        Eventually.until("other numbers than " + before, ShownNetwork.SOON,
                () -> !browser.text("#tiles").equals(before));
    }

    private static List<String> sorted(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file)).stream().sorted().toList();
    }
}
