// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What an operator with the token does on the page: changes settings, takes them back, looks at messages. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
@ExtendWith(ShownNetwork.Shared.class)
class OperatorIT {

    private static final String DIFF = "#diff li";

    private static ShownNetwork network;
    private static Browser browser;

    @BeforeAll
    static void start(ShownNetwork shared) {
        network = shared;
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @BeforeEach
    void open() {
        browser.showOn(1400, "light");
        browser.open("about:blank");
        browser.open(network.url() + "#/settings");
        browser.awaitText("#settings", "org.ippan.network.web");
    }

    @AfterEach
    void shouldHaveNothingToComplainOf() {
        // What a node refuses, the browser notes as well.
        assertEquals(List.of(), browser.complaints().stream().filter(each -> !each.contains(" 409 ")
                && !each.contains(" 400 ")).toList());
    }

    private static void unlock() {
        browser.find("#unlock").click();
        browser.find("#token").sendKeys(ShownNetwork.TOKEN, Keys.ENTER);
        browser.awaitText("#unlock", "Lock");
    }

    private static void write(String filter, String key, String value) {
        browser.find("#setting-filter").clear();
        browser.find("#setting-filter").sendKeys(filter);
        String selector = "#settings input[aria-label='Value of " + key + "']";
        Eventually.until(key, ShownNetwork.SOON, () -> (long) browser.run(
                "return document.querySelectorAll(arguments[0]).length", selector) == 1);
        WebElement field = browser.find(selector);
        field.clear();
        field.sendKeys(value);
    }

    private static void apply() {
        browser.find("#edits-check").click();
        Eventually.until(() -> "it is checked: " + browser.text("#diff"), ShownNetwork.SOON,
                () -> browser.find("#edits-apply").isEnabled());
        browser.find("#edits-apply").click();
    }

    /** On a desk and on a phone, light and dark. */
    private static void looksWell(String name) throws IOException {
        for (Browser.Look look : Browser.looks()) {
            browser.showOn(look);
            browser.picture(name + "-" + look, false);
            assertEquals(List.of(), browser.look("tooNarrow()"), name + ", " + look);
            assertEquals(List.of(), browser.look("tooFaint('" + look.scheme() + "')"), name + ", " + look);
            assertEquals(List.of(), browser.barriers(look, name.length()), name + ", " + look);
        }
    }

    private static int capacity() {
        return network.shown.service(MessageDeduplicator.class).snapshot().capacity();
    }

    @Test
    void shouldShowViewersNoForm() {
        assertEquals(0L, browser.run("return document.querySelectorAll('#settings :is(input, select)').length"));
        assertFalse(browser.find("#edits").isDisplayed());
    }

    @Test
    void shouldCheckApplyAndUndo() throws IOException {
        unlock();
        write("dedup capacity", "capacity", "abc");
        browser.find("#edits-check").click();
        browser.awaitText(DIFF + " .error", "capacity = abc: must be a whole number from 0 to 100000000");
        assertFalse(browser.find("#edits-apply").isEnabled());

        write("dedup capacity", "capacity", "124000");
        browser.find("#edits-check").click();
        browser.awaitText(DIFF, "0 → 124000at once");
        looksWell("edits");
        apply();
        browser.awaitText("#said", "In force: capacity 0 → 124000; number=");
        assertEquals(124_000, capacity());
        browser.awaitText("#changes", "from 127.0.0.1");

        browser.find("#changes li:first-child button").click();
        Eventually.until("undone", ShownNetwork.SOON, () -> capacity() == 1_000_000);
        browser.awaitText("#changes li:last-child", "undone");
    }

    @Test
    void shouldRefuseWhatSomebodyElseChangedMeanwhile() {
        unlock();
        write("dedup capacity", "capacity", "200000");
        network.shown.set("org.ippan.network.dedup", "capacity", "300000");

        browser.find("#edits-check").click();

        browser.awaitText(DIFF + " .error", "It is 300000 now: look at it again.");
        assertFalse(browser.find("#edits-apply").isEnabled());
        network.shown.set("org.ippan.network.dedup", "capacity", null);
    }

    @Test
    void shouldGoBackFromWhatIsRiskyUnlessItIsKept() {
        unlock();
        write("web maxConnections", "maxConnections", "65");
        apply();
        browser.awaitText("#pending-text", "maxConnections 64 → 65: goes back in ");
        browser.find("#pending-undo").click();
        Eventually.until("it is undone", ShownNetwork.SOON, () -> !browser.find("#pending").isDisplayed());

        write("web maxConnections", "maxConnections", "66");
        apply();
        Eventually.until("it waits", ShownNetwork.SOON, () -> browser.find("#pending").isDisplayed());
        browser.find(".tabs [href='#/overview']").click();
        assertTrue(browser.find("#pending").isDisplayed(), "it is shown on every view");
        browser.find("#pending-keep").click();

        Eventually.until("it is kept", ShownNetwork.SOON, () -> !browser.find("#pending").isDisplayed());
        network.shown.set("org.ippan.network.web", "maxConnections", null);
    }

    @Test
    void shouldShowMessagesAsTheyComeAndWhatBecameOfOne() throws IOException {
        browser.find(".tabs [href='#/messages']").click();
        browser.awaitText("#tap-locked", "Unlock");
        assertFalse(browser.find("#tap").isDisplayed());
        unlock();
        Eventually.until("the form", ShownNetwork.SOON, () -> browser.find("#tap-topic").isDisplayed());
        browser.find("#tap-topic").sendKeys("news", Keys.ENTER);
        browser.awaitText("#tap-rows", "something new");

        browser.run("document.querySelector('#tap-rows button.link').click()");

        browser.awaitText("#trace-lines", "accepted");
        browser.awaitText("#trace-lines", "brought it first");
        browser.awaitText("#trace-lines", "news");
        browser.awaitText("#way-note", " other nodes told");
        browser.awaitText("#way-rows", "published there");
        Eventually.until(() -> "the way from the publisher to this node: " + browser.text("#way-rows"),
                ShownNetwork.SOON, () -> browser.text("#way-rows").contains("this node")
                        && browser.text("#way-rows").contains("on the slowest way"));
        assertTrue(browser.attribute("#way-plot svg", "aria-label").matches(
                "The way of the message: \\d nodes, the last after .+; the table below says all of it"));
        looksWell("tapped");
        browser.find("#tap-stop").click();
        browser.awaitText("#unlock", "Lock");
        browser.find("#unlock").click();
        Eventually.until("locked", ShownNetwork.SOON, () -> browser.find("#tap-locked").isDisplayed());
    }

    @Test
    void shouldFilterEventsByKind() {
        browser.find(".tabs [href='#/events']").click();
        browser.awaitText("#events", "peer up");
        browser.find("#event-kind").sendKeys("peer banned");

        Eventually.until(() -> "bans only: " + browser.text("#events"), ShownNetwork.SOON,
                () -> !browser.text("#events").contains("peer up") && browser.text("#events").contains("peer banned"));
    }
}
