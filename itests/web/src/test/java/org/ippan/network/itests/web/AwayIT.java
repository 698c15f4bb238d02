// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A page that stays open while its node is away, slow, or reached from a place where browsers allow less. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
class AwayIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String WEB = "org.ippan.network.web";

    @TempDir
    private static Path folder;
    private static IppanNode peer;
    private static IppanNode shown;
    private static Browser browser;

    @BeforeAll
    static void start() {
        peer = IppanNode.builder().listen(LOOPBACK, 0).start();
        shown = shown(0);
        browser = Browser.start();
    }

    /** As if no test had been before. */
    @BeforeEach
    void empty() {
        browser.open("about:blank");
        browser.beforeEachPage("");
        browser.complaints();
    }

    /** One that the other node finds again. */
    private static IppanNode shown(int port) {
        IppanNodeBuilder builder = IppanNode.builder().data(folder).listen(LOOPBACK, 0).http(LOOPBACK, port)
                .set("org.ippan.network.survey", "name", "paris");
        return builder.peer(peer.listenAddress().orElseThrow().toString()).start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        shown.close();
        peer.close();
    }

    private static PeerAddress page() {
        return shown.httpAddress().orElseThrow();
    }

    private static void view(String name) {
        browser.find(".tabs [href='#/" + name + "']").click();
        Eventually.until(name, ShownNetwork.SOON, () -> browser.find("#view-" + name).isDisplayed());
    }

    @Test
    void shouldFillAViewThatWasOpenedWhileTheNodeWasAwayAndShowTheSameNodeAgain() throws IOException {
        String id = peer.id().toString().substring(0, 16);
        browser.open("http://" + page() + "/#/network/" + id);
        browser.awaitText("#shown-id", id);
        int port = page().port();
        shown.close();
        browser.awaitText("#offline", "The node does not answer since ");
        assertEquals(List.of(), browser.barriers(), "what was known last can be read");
        view("topics");

        shown = shown(port);

        Eventually.until(() -> "the view is filled: " + browser.text("#view-topics"), ShownNetwork.SOON,
                () -> browser.find("#all-topics-none").isDisplayed() || !browser.text("#all-topics").isEmpty());
        assertEquals("paris", browser.text("#node-name"));
        view("network");
        browser.awaitText("#node-rows", peer.id().shortForm());
        assertEquals(id, browser.text("#shown-id"), "it is the node that the address names");
    }

    @Test
    void shouldAskForTheViewThatIsShownHoweverLateAnotherOneCame() {
        browser.open("http://" + page() + "/");
        browser.awaitText("#verdict-title", "The network carries messages");
        view("peers");
        browser.awaitText("#peer-rows", "connected");
        browser.slowDown(1500);
        browser.find(".tabs [href='#/network']").click();
        browser.find(".tabs [href='#/peers']").click();
        browser.await("setTimeout(arguments[0], 4000)");
        browser.slowDown(0);

        browser.await("performance.clearResourceTimings(); setTimeout(arguments[0], 3000)");

        assertEquals(List.of(), browser.run("return performance.getEntriesByType('resource').map(each => each.name)"
                + ".filter(each => each.includes('/network?'))"));
    }

    /** As when a view is opened while the node still answers the question before. */
    @Test
    void shouldTakeEachSampleOnceThoughItIsAskedForTwiceAtATime() {
        browser.open("http://" + page() + "/");
        browser.awaitText("#verdict-title", "The network carries messages");

        assertEquals(List.of(0L, 1L), browser.await("""
                const done = arguments[0];
                import(new URL('node.js', location).href).then(async ({Samples}) => {
                  const samples = new Samples(['Gossip.new']);
                  await Promise.all([samples.refresh(), samples.refresh()]);
                  await Promise.all([samples.refresh(), samples.refresh()]);
                  const {time, 'Gossip.new': values} = samples.series;
                  done([values.length - time.length, Number(time.length > 0)]);
                });
                """));
    }

    /** What needs no token is shown all the same; the page must not go on with one that is refused. */
    @Test
    void shouldLockWhenTheNodeHasAnotherTokenAndShowTheNodeOn() {
        shown.set(WEB, "token", "the-first-of-tokens");
        browser.open("http://" + page() + "/");
        browser.awaitText("#verdict-title", "The network carries messages");
        Eventually.until("it takes orders", ShownNetwork.SOON, () -> browser.find("#unlock").isDisplayed());
        browser.find("#unlock").click();
        browser.find("#token").sendKeys("the-first-of-tokens", Keys.ENTER);
        Eventually.until("unlocked", ShownNetwork.SOON, () -> browser.text("#unlock").equals("Lock"));

        shown.set(WEB, "token", "the-second-of-tokens");

        Eventually.until("locked", ShownNetwork.SOON, () -> browser.text("#unlock").equals("Unlock"));
        assertEquals("Locked: the node has another token by now.", browser.text("#said"));
        browser.awaitText("#health", "ok");
        assertEquals(false, browser.find("#token-dialog").isDisplayed());

        browser.find("#unlock").click();
        browser.find("#token").sendKeys("the-second-of-tokens", Keys.ENTER);
        Eventually.until("unlocked", ShownNetwork.SOON, () -> browser.text("#unlock").equals("Lock"));
        shown.set(WEB, "token", null);

        Eventually.until("locked", ShownNetwork.SOON, () -> browser.text("#unlock").equals("Unlock"));
        assertEquals("Locked: the node has no token any more, and takes no orders.", browser.text("#said"));
    }

    @Test
    void shouldSayThatAnAnswerDidNotEndInTime() {
        browser.beforeEachPage("""
                const real = window.fetch;
                window.fetch = async (...asked) => {
                  const answer = await real(...asked);
                  if (asked[0].includes('/peers/')) {
                    answer.json = () => Promise.reject(new DOMException('signal timed out', 'TimeoutError'));
                  }
                  return answer;
                };
                """);
        browser.open("http://" + page() + "/#/peers");
        browser.awaitText("#peer-rows", "connected");

        browser.find("#peer-rows button.link").click();

        browser.awaitText("#peer-sentences", "The node does not answer in time.");
        assertEquals(List.of(), browser.complaints());
    }

    @Test
    void shouldCopyIdsWhereTheBrowserKeepsTheClipboardFromPages() {
        browser.beforeEachPage("""
                Object.defineProperty(navigator, 'clipboard', {value: undefined});
                Document.prototype.execCommand = what => {
                  window.copied = `${what} ${document.activeElement.value}`;
                  return true;
                };
                """);
        browser.open("http://" + page() + "/#/node");
        browser.awaitText("#node-full", shown.id().toString());

        browser.find("#node-full + .copy").click();

        browser.awaitText("#node-full + .copy", "Copied");
        assertEquals("copy " + shown.id(), browser.run("return window.copied"));
        assertEquals("Copied", browser.run("return document.activeElement.textContent"));
        assertEquals(List.of(), browser.complaints());
    }
}
