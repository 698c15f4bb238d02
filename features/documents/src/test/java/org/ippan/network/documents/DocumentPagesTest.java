// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentPagesTest {

    private static final Path DOCUMENTS = Path.of("..", "..", "docs");
    private static final Pattern LINK = Pattern.compile("href=\"(?!\\.\\./)([^\"#]*)#?([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("<(?:h\\d|main) id=\"([^\"]+)\"");

    private final DocumentPages pages = new DocumentPages(List.of("findings", "network"));

    @TempDir
    private Path folder;

    @Test
    void shouldMakeAPageInTheLookOfTheNode() {
        String page = pages.page("# A & b\n\n## Behind a router\n\nText\n");

        assertTrue(page.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"), page);
        assertTrue(page.contains("<title>A &amp; b · ippan-network</title>"), page);
        assertTrue(page.contains("href=\"../style.css\""), page);
        assertTrue(page.contains("<h2 id=\"behind-a-router\">Behind a router</h2>\n<p>Text</p>"), page);
    }

    @Test
    void shouldLeadToServedDocumentsOnly() {
        String page = pages.page("# A\n\n[a](#b) [c *d*](network.md#states) [e](protocol.md) [f](../CONTRIBUTING.md) "
                + "[g](https://example.org) [h](../README.md#documents) [i](adr/0001-x.md)\n");

        assertTrue(page.contains("<p><a href=\"#b\">a</a> <a href=\"network#states\">c <em>d</em></a> e f g "
                + "<a href=\"./\">h</a> i</p>"), page);
    }

    @Test
    void shouldLeaveOutWhatIsNotForReaders() {
        String page = pages.page("# A\n\n![b](images/b.png)\n\n<!-- Checked by C. -->\n```\n<d>\n```\n\n"
                + "e<!-- f -->g\n");

        assertTrue(page.contains("<h1 id=\"a\">A</h1>\n<pre tabindex=\"0\"><code>&lt;d&gt;\n</code></pre>\n<p>eg</p>"),
                page);
    }

    @Test
    void shouldLetTablesBeScrolled() {
        String page = pages.page("# A\n\n| b | |\n|---|---|\n| [d](network.md) | e |\n");

        assertTrue(page.contains("<div class=\"scroll\" tabindex=\"0\">\n<table>"), page);
        assertTrue(page.contains("<th>b</th>\n<td></td>\n"), "a heading says what stands below it: " + page);
        assertTrue(page.contains("<td><a href=\"network\">d</a></td>"), page);
        assertTrue(page.contains("</table>\n</div>"), page);
    }

    @Test
    void shouldRefuseADocumentWithoutTitle() {
        assertThrows(IllegalArgumentException.class, () -> pages.page("Text\n"));
    }

    /** The documents of this project: every link leads to a page and to a heading of it. */
    @Test
    void shouldLeadSomewhere() throws IOException {
        List<String> names;
        try (var files = Files.list(DOCUMENTS)) {
            names = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".md"))
                    .map(name -> name.replace(".md", "")).sorted().toList();
        }
        DocumentPages.main(Stream.concat(Stream.of(DOCUMENTS.toString(), folder.toString()),
                names.stream()).toArray(String[]::new));
        Set<String> broken = new TreeSet<>();
        int links = 0;
        for (String name : names) {
            String page = Files.readString(folder.resolve(name + ".html"));
            assertFalse(page.contains("<!--") || page.contains("<img src=\"images"), name);
            for (MatchResult link : LINK.matcher(page).results().toList()) {
                links++;
                String target = link.group(1).isEmpty() ? name : link.group(1);
                if (!target.equals("./") && !link.group(2).isEmpty()
                        && !anchors(target).contains(link.group(2))) {
                    broken.add(name + ": " + link.group());
                }
            }
        }

        assertEquals(Set.of(), broken);
        assertTrue(links > 200, "only " + links + " links");
        assertEquals(String.join("\n", names), Files.readString(folder.resolve(DocumentPages.NAMES)));
        assertTrue(Files.readString(folder.resolve("index.html")).contains("<a href=\"findings\">Findings: what is"));
    }

    private Set<String> anchors(String name) throws IOException {
        return ANCHOR.matcher(Files.readString(folder.resolve(name + ".html"))).results().map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
