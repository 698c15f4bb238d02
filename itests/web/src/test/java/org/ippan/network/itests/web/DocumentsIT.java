// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents that the node itself serves: every finding leads to the section that says what to do. */
@EnabledIf(value = "org.ippan.network.itests.web.Browser#installed",
        disabledReason = "skipped: no browser (apt-get install chromium chromium-driver)")
@ExtendWith(ShownNetwork.Shared.class)
class DocumentsIT {

    private static final Pattern LINK = Pattern.compile("href=\"([^\"#]*)#?([^\"]*)\"");
    private static final String SEEDS = "#wrong a[href='docs/findings#seeds']";
    private static final String LINKS = "return [...document.querySelectorAll(\"a[href^='docs/']\")]"
            + ".map(each => each.getAttribute('href'))";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldLeadFromAFindingToWhatToDo(ShownNetwork network) throws IOException {
        try (Browser browser = Browser.start()) {
            browser.showOn(1400, "light");
            browser.open(network.url());
            browser.awaitText("#wrong", "lyon at 127.0.0.1:1 is not connected and cannot be reached");
            assertEquals("_blank", browser.attribute(SEEDS, "target"), "the page would lose its token");
            browser.run("document.querySelector(arguments[0]).removeAttribute('target')", SEEDS);

            browser.find(SEEDS).click();

            browser.awaitText(":target", "seeds");
            long top = ((Number) browser.run(
                    "return Math.round(document.querySelector(':target').getBoundingClientRect().top)")).longValue();
            assertTrue(top > 40 && top < 600, "the section begins at " + top);
            browser.awaitText("main", "its networkKey is not that of this node");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void shouldHaveASectionForEveryFindingOfTheNode(ShownNetwork network) throws IOException {
        try (Browser browser = Browser.start()) {
            browser.open(network.url() + "#/node");
            Eventually.until("an examination", ShownNetwork.SOON,
                    () -> browser.text("#doctor-time").startsWith("examined"));
            List<?> links = (List<?>) browser.run(LINKS);
            String findings = get(network.url() + "docs/findings").body();

            assertTrue(links.size() > 10, links.toString());
            assertEquals(List.of(), links.stream().filter(link -> !findings.contains("id=\""
                    + link.toString().replace("docs/findings#", "") + "\"")).toList());
        }
    }

    @Test
    void shouldServeEveryDocumentThatAnotherLeadsTo(ShownNetwork network) {
        Map<String, String> pages = new HashMap<>();
        List<String> broken = new ArrayList<>();
        List<String> next = new ArrayList<>(List.of(""));
        while (!next.isEmpty()) {
            String name = next.remove(0);
            HttpResponse<String> page = get(network.url() + "docs/" + name);
            pages.put(name, page.body());
            assertEquals(200, page.statusCode(), name);
            assertEquals("text/html; charset=utf-8", page.headers().firstValue("content-type").orElse(""));
            assertTrue(page.headers().firstValue("content-security-policy").orElse("").startsWith(
                    "default-src 'none'"), name);
            names(page.body()).filter(each -> !pages.containsKey(each) && !next.contains(each)).forEach(next::add);
        }
        pages.forEach((name, page) -> LINK.matcher(page).results().filter(DocumentsIT::isDocument)
                .filter(link -> !link.group(2).isEmpty()).forEach(link -> {
                    String target = link.group(1).isEmpty() ? name : link.group(1);
                    if (!pages.get(target).contains("id=\"" + link.group(2) + "\"")) {
                        broken.add(name + " " + link.group());
                    }
                }));

        assertEquals(List.of(), broken);
        assertTrue(pages.size() > 10, pages.keySet().toString());
    }

    private static Stream<String> names(String page) {
        return LINK.matcher(page).results().filter(DocumentsIT::isDocument).map(link -> link.group(1))
                .filter(name -> !name.isEmpty() && !name.equals("./"));
    }

    private static boolean isDocument(MatchResult link) {
        return !link.group(1).startsWith("../");
    }

    private HttpResponse<String> get(String url) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("org.ippan.network.itests.web.Browser#looks")
    void shouldFitTheWindowInTheColoursOfTheSystem(Browser.Look look, ShownNetwork network) throws IOException {
        try (Browser browser = Browser.start()) {
            browser.showOn(look);
            // All are made alike; long ones take axe-core a minute.
            List<String> names = Browser.showsAll() ? List.of("", "findings", "operations", "configuration")
                    : List.of("", "findings");
            for (String name : names) {
                browser.open(network.url() + "docs/" + name);
                browser.picture("document-" + (name.isEmpty() ? "list" : name) + "-" + look, false);

                assertEquals(List.of(), browser.look("tooFaint('" + look.scheme() + "').concat(moving())"), name);
                assertEquals(List.of(), browser.barriers(look, names.indexOf(name)), name);
                assertEquals((long) look.width(), browser.run("return document.documentElement.scrollWidth"), name);
                assertEquals(List.of(), browser.complaints(), name);
            }
        }
    }
}
