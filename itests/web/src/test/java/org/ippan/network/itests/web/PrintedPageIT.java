// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code docs/operations.md} prints of the page is what the page shows, but for numbers, ids and times. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
@ExtendWith(ShownNetwork.Shared.class)
class PrintedPageIT {

    private static final Path OPERATIONS = Path.of("..", "..", "docs", "operations.md");
    /** Where on the page, what there, and what is shown. */
    private static final Pattern PRINTED = Pattern.compile("(?s)```\\n› (\\w+) › ([^\\n]+)\\n(.*?)\\n```");
    private static final Map<String, String> VIEWS = Map.of("Peers", "#/peers", "Configuration", "#/settings", "Node",
            "#/node");
    private static final String LINES = "return [...document.querySelectorAll(arguments[0])]"
            + ".map(each => each.innerText.replaceAll(/\\s+/g, ' ').trim()).join('\\n')";

    @Test
    void shouldShowWhatTheDocumentsPrint(ShownNetwork network) throws IOException {
        List<MatchResult> blocks = PRINTED.matcher(Files.readString(OPERATIONS)).results().toList();
        List<String> wrong = new ArrayList<>();
        try (Browser browser = Browser.start()) {
            browser.showOn(1400, "light");
            for (MatchResult block : blocks) {
                browser.open("about:blank");
                browser.open(network.url() + VIEWS.get(block.group(1)));
                String shown = shownAt(browser, block);
                if (!normalised(shown).equals(normalised(block.group(3)))) {
                    wrong.add("› " + block.group(1) + " › " + block.group(2) + "\n" + shown);
                }
            }
        }

        assertEquals("", String.join("\n\n", wrong), "is what the page shows now");
        assertTrue(blocks.size() >= 4, "only " + blocks.size() + " answers are printed");
    }

    private static String shownAt(Browser browser, MatchResult block) {
        String lines = find(browser, block.group(1), block.group(2));
        String[] shown = {""};
        try {
            // A dial may just be under way, or the page not be filled yet.
            Eventually.until("what is printed", ShownNetwork.SOON, () -> {
                shown[0] = (String) browser.run(LINES, lines);
                return normalised(shown[0]).equals(normalised(block.group(3)));
            });
        } catch (AssertionError e) {
            // The caller says how it differs.
            return shown[0];
        }
        return shown[0];
    }

    /** Goes there, and gives the selector of the lines that are shown. */
    private static String find(Browser browser, String section, String what) {
        return switch (section) {
            case "Peers" -> {
                String row = what.equals(ShownNetwork.ABSENT) ? what : "banned";
                browser.awaitText("#peer-rows", row);
                browser.run("[...document.querySelectorAll('#peer-rows tr')].find(each => each.innerText.includes("
                        + "arguments[0])).querySelector('button').click()", row);
                yield "#peer-sentences li";
            }
            case "Configuration" -> {
                Eventually.until("the view", ShownNetwork.SOON, () -> browser.find("#setting-filter").isDisplayed());
                browser.find("#setting-filter").sendKeys(what);
                yield "#settings tr";
            }
            default -> "#limits li";
        };
    }

    /** Without what differs each time. */
    private static String normalised(String text) {
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME").replaceAll("\\b[0-9a-f]{8,64}\\b", "ID")
                .replaceAll("[-−]?\\d+(\\.\\d+)?", "N").replaceAll("\\b(N h |N min )+N\\b", "N")
                // After staleSeconds, which is five minutes, that are shown to other classes.
                .replaceAll("was unhealthy: (the last answer .* ago); N in a row make it unhealthy", "was healthy: $1")
                .strip();
    }
}
