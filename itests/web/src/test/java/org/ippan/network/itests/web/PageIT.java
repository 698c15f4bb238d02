// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** What a person sees and does on the page of a node under traffic, in a real browser. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
@ExtendWith(ShownNetwork.Shared.class)
class PageIT {

    private static final String NEW = "#strips li:first-child .strip-plot";
    private static final String SCORE = "#plot-score";
    private static final String GOSSIP = "org.ippan.network.gossip";
    /** Far more than there are stops before the peers. */
    private static final int MOST_TABS = 40;

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
        browser.open(network.url());
        browser.awaitText("#verdict-title", "The network carries messages");
    }

    /** Goes to another view, as by its tab. */
    private static void view(String name) {
        browser.find(".tabs [href='#/" + name + "']").click();
        Eventually.until(name, ShownNetwork.SOON, () -> browser.find("#view-" + name).isDisplayed());
    }

    private static void viewPeers() {
        view("peers");
        browser.awaitText(row(network.publisher.id()), "connected");
    }

    @AfterEach
    void shouldHaveNothingToComplainOf() {
        assertEquals(List.of(), browser.complaints());
    }

    private static String row(PeerId peer) {
        return "#peer-rows tr[data-key='" + peer + "']";
    }

    private static String name(PeerId peer) {
        return row(peer) + " button.link";
    }

    @Test
    void shouldLoadWithoutErrorAndAskNobodyElse() {
        List<?> asked = (List<?>) browser.run("return performance.getEntriesByType('resource').map(each => each.name)");
        assertTrue(asked.size() > 10, "only " + asked);
        assertEquals(List.of(), asked.stream().filter(url -> !url.toString().startsWith(network.url())).toList());
    }

    @Test
    void shouldBeKeptFromAskingAnybodyElse() {
        Object kept = browser.await("""
                const done = arguments[0];
                document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
                fetch('http://127.0.0.1:1/').catch(() => {});
                """);

        assertEquals("connect-src", kept);
        assertTrue(browser.complaints().toString().contains("Content Security Policy"));
    }

    @Test
    void shouldLoadAViewWhenItIsShownFirst() {
        assertFalse(loaded().contains("settings.js"), loaded());

        view("settings");

        browser.awaitText("#settings", "org.ippan.network.web");
        assertTrue(loaded().contains("settings.js"), loaded());
    }

    private static String loaded() {
        return browser.run("return performance.getEntriesByType('resource').map(each => each.name)").toString();
    }

    @Test
    void shouldSayAboveTheFoldHowTheNodeFaresWhatIsWrongAndWhatToDo() {
        browser.awaitText("#wrong", "lyon at 127.0.0.1:1 is not connected and cannot be reached");
        browser.awaitText("#wrong", "Check the address, whether the node runs, and the firewalls between.");
        browser.awaitText("#verdict-more", " missed by a node that is up in the last hour.");
        browser.awaitText("#states-text", "3 ");
        assertEquals("tile warn", browser.attribute("#tiles li[data-key='Nodes up']", "class"));
        assertEquals("tile ok", browser.attribute("#tiles li[data-key='New messages']", "class"));
        long bottom = ((Number) browser.run("return Math.ceil(document.querySelector('#tiles')"
                + ".getBoundingClientRect().bottom)")).longValue();
        assertTrue(bottom <= 900, "the numbers end at " + bottom);

        browser.find("#wrong [href='#/peers']").click();
        browser.awaitText(row(network.publisher.id()), "connected");
    }

    @Test
    void shouldLeadFromAFindingToTheSettingThatHelps() {
        network.shown.set(GOSSIP, "minPeers", "9");
        browser.awaitText("#wrong", "2 peers connected, fewer than minPeers = 9. For ");

        browser.run("document.querySelector('#wrong a[href*=minPeers]').click()");

        browser.awaitText("#settings tr", "minPeers");
        assertEquals(1L, browser.run("return document.querySelectorAll('#settings tr').length"));
        network.shown.set(GOSSIP, "minPeers", null);
    }

    @Test
    void shouldChangePeersAndPlotsWhileTrafficFlows() {
        Eventually.until(() -> browser.attribute(NEW, "aria-label"), ShownNetwork.SOON,
                () -> browser.attribute(NEW, "aria-label").matches("New: [1-9].* /s now, at most [1-9].* /s"));
        Object plot = drawn();
        Eventually.until("another plot", ShownNetwork.SOON, () -> !drawn().equals(plot));

        viewPeers();
        String peers = browser.text("#peer-rows");
        Eventually.until("other peers", ShownNetwork.SOON, () -> !browser.text("#peer-rows").equals(peers));
    }

    private static Object drawn() {
        return browser.run("return document.querySelector('#strips canvas').toDataURL()");
    }

    @Test
    void shouldHoldThePlotsStillAndShowALongerTime() {
        Eventually.until("a plot", ShownNetwork.SOON, () -> browser.attribute(NEW, "aria-label").contains("now"));
        browser.press(" ");
        browser.awaitText("#pause", "Go on");
        Object plot = drawn();
        String before = browser.text("#topic-rows");
        Eventually.until("the rest goes on", ShownNetwork.SOON, () -> !browser.text("#topic-rows").equals(before));
        assertEquals(plot, drawn());

        browser.find("#spans button:nth-child(2)").click();
        browser.awaitText("#pause", "Pause");
        Eventually.until("the hour", ShownNetwork.SOON, () -> !drawn().equals(plot));
        assertEquals("true", browser.attribute("#spans button:nth-child(2)", "aria-pressed"));
    }

    @Test
    void shouldDrawBarsAsHighAsTheirCounts() throws IOException {
        view("node");
        Eventually.until("three counts to compare", ShownNetwork.SOON, () -> (long) browser.run("""
                return new Set([...document.querySelectorAll('.bar-slot')].map(each => each.title.split(': ')[1])).size
                """) > 2);

        assertEquals(List.of(), browser.look("outOfProportion()"));
    }

    @Test
    void shouldBanWithTheTokenAndNotWithout() {
        viewPeers();
        PeerId suspect = network.suspect.id();
        ReputationManager reputation = network.shown.service(ReputationManager.class);

        assertEquals(401L, browser.await("""
                const [path, done] = arguments;
                fetch(path, {method: 'POST'}).then(answer => done(answer.status))""",
                "api/v1/peers/" + suspect + "/ban"));
        browser.find(name(suspect)).click();
        assertFalse(browser.find("#peer-orders").isDisplayed());
        browser.press(Keys.ESCAPE);
        unlock("not the token at all");
        browser.awaitText("#token-error", "this is not the token of the node");
        browser.press(Keys.ESCAPE);
        assertFalse(reputation.shouldBan(suspect));
        List<String> refused = browser.complaints().stream().filter(each -> each.contains("401")).toList();
        assertEquals(2, refused.size(), refused::toString);

        unlock(ShownNetwork.TOKEN);
        browser.awaitText("#unlock", "Lock");
        browser.find(name(suspect)).click();
        order("ban");
        browser.awaitText("#said", " for 3600 s.");
        browser.awaitText(row(suspect), "banned");
        browser.awaitText("#peer-sentences", "anned");
        assertTrue(reputation.shouldBan(suspect));

        order("pardon");
        browser.awaitText("#said", "Pardoned ");
        Eventually.until("let in", ShownNetwork.SOON, () -> !browser.text(row(suspect)).contains("banned"));
        assertFalse(reputation.shouldBan(suspect));
    }

    private static void unlock(String token) {
        browser.find("#unlock").click();
        browser.find("#token").sendKeys(token, Keys.ENTER);
    }

    private static void order(String what) {
        browser.find("#peer-orders [data-order=" + what + "]").click();
        browser.find("#confirm-yes").click();
    }

    @Test
    void shouldTellWhatChangedTheScoreAndWhereItIsBanned() {
        viewPeers();
        browser.find(name(network.rude.id())).click();
        Eventually.until(() -> browser.attribute(SCORE, "aria-label"), ShownNetwork.SOON,
                () -> browser.attribute(SCORE, "aria-label").matches("Score: Score −5\\d\\d, Warned at −100, "
                        + "Let in again above −400, Banned at −500"));
        List<?> deeds = (List<?>) browser.run("return [...document.querySelectorAll('#peer-events li')].map(each => "
                + "[...each.children].slice(1).map(part => part.textContent).join(' '))");

        assertTrue(deeds.get(deeds.size() - 1).equals("message rejected −20 → −20"), deeds.toString());
        assertTrue(deeds.contains("message rejected −20 → −500"), deeds.toString());
    }

    @Test
    void shouldBeUsableWithTheKeyboardAlone() {
        browser.open("about:blank");
        browser.open(network.url() + "#/peers");
        browser.awaitText(row(network.publisher.id()), "connected");
        List<Object> stops = new ArrayList<>();
        while (stops.size() < MOST_TABS && !focused("closest('#peer-rows') !== null").equals(true)) {
            browser.press(Keys.TAB);
            stops.add(focused("id || document.activeElement.textContent.trim()"));
        }
        String peer = (String) focused("textContent");

        assertEquals(List.of("Skip to the content", "Overview", "tab-network", "Peers", "Topics", "Messages", "Node",
                "Settings", "Events", "unlock", "peer-filter", "Peer", "Address", "Score", "Standing", "Health",
                "Round trip", "Connected", "Queued", "Why", peer), stops);
        assertNotEquals("none", browser.run("return getComputedStyle(document.activeElement).outlineStyle"));

        browser.press(Keys.ENTER);
        browser.awaitText("#peer-title", peer);
        assertTrue(browser.find("#peer-dialog").isDisplayed());
        assertEquals(true, focused("closest('#peer-dialog') !== null"));

        browser.press(Keys.ESCAPE);
        assertFalse(browser.find("#peer-dialog").isDisplayed());
        assertEquals(peer, focused("textContent"));
    }

    private static Object focused(String property) {
        return browser.run("return document.activeElement." + property);
    }

    @ParameterizedTest
    @MethodSource("org.ippan.network.itests.web.Browser#looks")
    void shouldFitTheWindowInTheColoursOfTheSystem(Browser.Look look) throws IOException {
        browser.showOn(look);
        browser.awaitText("#last-events", "peer up");
        for (String name : List.of("overview", "network", "topics", "messages", "node", "settings", "events",
                "peers")) {
            view(name);
            browser.run("scrollTo(0, 0)");
            Eventually.until(name + " is filled", ShownNetwork.SOON, () -> browser.text("#view-" + name).matches(
                    "(?s).*(peer up|news|Unlock|Nothing holds|org.ippan.network.web|127.0.0.1:1|this node).*"));
            browser.picture(name + "-" + look, true);
            browser.run("document.querySelectorAll('.view:not([hidden]) details')"
                    + ".forEach(each => { each.open = true; })");
            assertEquals(List.of(), browser.look("tooNarrow()"), name);
            assertEquals(List.of(), browser.look("tooFaint('" + look.scheme() + "').concat(moving())"), name);
            assertEquals(List.of(), browser.barriers(look, name.length()), name);
        }
        browser.find(name(network.rude.id())).click();
        browser.awaitText("#peer-events", "message rejected");
        browser.picture("peer-" + look, false);
        assertEquals(List.of(), browser.look("tooNarrow()"));
        assertEquals(List.of(), browser.barriers(look, 0));
    }
}
