// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What the page says of networks that are larger, or sicker, than a test can start: their records are simulated. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
@ExtendWith(ShownNetwork.Shared.class)
class SimulatedNetworkIT {

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @BeforeEach
    void show() {
        browser.showOn(1400, "light");
    }

    /** Opens a page of a network of such nodes. */
    private static void open(ShownNetwork network, String view, String states) throws IOException {
        openAs(network, view, script("simulate.js").replace("STATES", states));
    }

    private static void openAs(ShownNetwork network, String view, String simulation) {
        browser.beforeEachPage(simulation);
        browser.open("about:blank");
        browser.open(network.url() + view);
    }

    /**
     * The states of the nodes, how many of each; what the Overview says then, in which colour, and whether every build
     * looks at how it is shown, too: with {@code -Dlooks=all} always.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ok:5 left:1                | ok   | false | The network carries messages; all 5 nodes are well.
            ok:4 silent:1              | ok   | false | The network carries messages; all 4 nodes that tell are well.
            ok:20 warn:2 gone:1 left:1 | warn | false | The network carries messages; one of 23 nodes is gone.
            ok:195 stale:3 silent:2    | warn | false | The network carries messages; 3 of 200 nodes need attention.
            ok:990 warn:4 fail:6       | fail | true  | The network carries messages; 6 of 1000 nodes fail.
            ok:5 gone:5 split:1        | fail | false | The network may be split: many nodes went within a minute.
            """)
    void shouldSayInOneSentenceHowTheNetworkFares(String states, String status, boolean looked, String sentence,
            ShownNetwork network) throws IOException {
        open(network, "", states);
        browser.awaitText("#verdict-title", sentence);

        assertEquals("card verdict " + status, browser.attribute("#verdict", "class"));
        for (String state : states.replaceAll(" ?split:1", "").split(" ")) {
            String[] nameAndCount = state.split(":");
            browser.awaitText("#states-text", nameAndCount[1] + " " + nameAndCount[0]);
        }
        if (states.contains("gone:1")) {
            browser.awaitText("#last-events", "node gonenode-22");
        }
        assertEquals(List.of(), browser.look("tooNarrow()"));
        if (looked || Browser.showsAll()) {
            shouldLookWell(states.replaceAll("\\W+", "-"));
        }
        assertEquals(List.of(), browser.complaints());
    }

    private static void shouldLookWell(String name) throws IOException {
        browser.picture("simulated-" + name, true);
        assertEquals(List.of(), browser.barriers());
        browser.find(".tabs [href='#/network']").click();
        browser.awaitText("#node-rows", "this node");
        Eventually.until("a picture", ShownNetwork.SOON, () -> browser.attribute("#graph canvas", "aria-label")
                .contains(" nodes and ") || browser.find("#grid .square").isDisplayed());
        browser.picture("simulated-map-" + name, true);
        assertEquals(List.of(), browser.look("tooNarrow()"));
        assertEquals(List.of(), browser.look("tooFaint('light')"));
        assertEquals(List.of(), Browser.showsAll() ? browser.barriers() : List.of());
        browser.showOn(400, "dark");
        Eventually.until("it is dark", ShownNetwork.SOON, () -> look("tooFaint('dark')").isEmpty());
        assertEquals(List.of(), look("tooNarrow()"));
        assertEquals(List.of(), browser.barriers());
        browser.picture("simulated-phone-" + name, true);
    }

    @Test
    @EnabledIf(value = "org.ippan.network.itests.web.Browser#showsAll", disabledReason = "skipped: -Dlooks=all runs it")
    void shouldLookWellOnEveryViewWith200Nodes(ShownNetwork network) throws IOException {
        open(network, "", "ok:180 warn:9 fail:4 stale:3 gone:2 left:1 silent:1");
        browser.awaitText("#states-text", "180 ok");

        browser.pictures("200");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldLeadFromNodeToNodeWithTheKeyboardAlone(ShownNetwork network) throws IOException {
        open(network, "#/network", "ok:4 gone:1");
        browser.awaitText("#shown-node", "node-0");
        browser.run("document.querySelector('#graph canvas').focus()");

        browser.press(Keys.ARROW_RIGHT);
        String chosen = browser.text("#shown-node");
        assertNotEquals("node-0", chosen);
        browser.press(Keys.ENTER);
        assertEquals(chosen, browser.run("return document.activeElement.textContent"));
        browser.press(Keys.ESCAPE);
        browser.awaitText("#shown-node", "node-0");

        browser.press("g");
        Eventually.until("squares", ShownNetwork.SOON, () -> browser.find("#grid").isDisplayed());
        browser.press("/");
        browser.press("gone");
        listsSoon(1);
        browser.find("#node-rows button").click();
        browser.awaitText("#shown-facts", "What to doSee whether its machine runs");
        assertEquals(List.of(), browser.complaints());
    }

    /** A frame lays out few rows, so that the page answers meanwhile. */
    @Test
    void shouldListNodesFrameByFrameAndTheRestWhenAsked(ShownNetwork network) throws IOException {
        open(network, "#/network", "ok:150");
        listsSoon(100);
        browser.awaitText("#more-nodes", "Show the other 50 nodes");
        browser.run("""
                window.most = 0;
                new MutationObserver(changes => {
                  window.most = Math.max(window.most, changes.reduce((sum, each) => sum + each.addedNodes.length, 0));
                }).observe(document.querySelector('#node-rows'), {childList: true});
                """);
        browser.find("#more-nodes").click();
        listsSoon(150);
        assertEquals(20L, browser.run("return window.most"));
        assertFalse(browser.find("#more-nodes").isDisplayed());
    }

    private static void listsSoon(long rows) {
        Eventually.until(rows + " rows", ShownNetwork.SOON,
                () -> (long) browser.run("return document.querySelectorAll('#node-rows tr').length") == rows);
    }

    /** Nodes behind a liar may say whatever they like, as often as they like. */
    @Test
    void shouldStayBoundedWhateverOtherNodesSay(ShownNetwork network) throws IOException {
        open(network, "", "ok:100 fail:300");
        browser.awaitText("#wrong-rest summary", " more, of which 100 are listed");
        assertEquals(100L, browser.run("return document.querySelectorAll('#wrong-rest li').length"));

        assertEquals(List.of("a", "a", "b"), browser.await("""
                const done = arguments[0];
                import(new URL('format.js', location).href).then(({make, reconcile}) => {
                  const list = make('ul');
                  for (let i = 0; i < 3; i++) {
                    reconcile(list, ['a', 'a', 'b'], each => each, each => make('li', {}, each));
                  }
                  done([...list.children].map(each => each.textContent));
                });
                """));
    }

    /** Also one that is that of a check, whose links and colours are no affair of the node. */
    @Test
    void shouldShowTheNameThatANodeGivesItself(ShownNetwork network) throws IOException {
        openAs(network, "", script("simulate.js").replace("STATES", "ok:4 fail:1").replace("`node-${i}`",
                "['a', 'b', 'c', 'd', 'shared-identity'][i]"));

        browser.awaitText("#wrong strong", "shared-identity");
        assertNotEquals("tile fail", browser.attribute("#tiles li[data-key='Nodes up']", "class"));
        assertEquals(List.of("Show in the network", "Help"), browser.run("return [...document.querySelectorAll("
                + "'#wrong li:first-child .links a')].map(each => each.textContent)"));
    }

    /** As a neighbour retells it to a node that has just started. */
    @Test
    void shouldShowThatANodeToldBeforeThisOneWasStarted(ShownNetwork network) throws IOException {
        openAs(network, "#/network", script("simulate.js").replace("STATES", "ok:4 silent:1")
                .replace("900, 990, 0", "900, state === 'silent' ? 0 : -5, -60"));

        browser.awaitText("#node-rows", "node-3");
        assertEquals("16 min 45 s ago", browser.text("#node-rows tr[data-key='3'] td:last-child"));
        assertEquals("never", browser.text("#node-rows tr[data-key='4'] td:last-child"));
    }

    private static List<?> look(String function) {
        try {
            return (List<?>) browser.look(function);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String script(String name) throws IOException {
        try (InputStream script = SimulatedNetworkIT.class.getResourceAsStream("/" + name)) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }
}
