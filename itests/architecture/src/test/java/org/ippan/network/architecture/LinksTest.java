// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;

/** Every link from a document to a file, a picture or a heading of this project leads somewhere. */
class LinksTest {

    private static final Path ROOT = Path.of("..", "..");
    /** Of every page but the glossary. */
    private static final String HEAD = "[Documents](../README.md#documents) · [Glossary](glossary.md)";
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");

    @Test
    void shouldLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : CodeBlock.pages(ROOT)) {
            // What is printed in examples is no link.
            String text = CODE.matcher(Files.readString(page)).replaceAll("");
            for (MatchResult link : LINK.matcher(text).results().toList()) {
                links++;
                if (!link.group(1).contains("://") && !leads(page, link.group(1), link.group(2))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group());
                }
            }
        }

        assertEquals(List.of(), broken);
        assertTrue(links > 30, "only " + links + " links");
    }

    @Test
    void shouldListEveryPageInTheReadmeAndLeadFromThereToTheGlossary() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<String> lost = new ArrayList<>();
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(ROOT.resolve("docs"), "*.md")) {
            for (Path page : pages) {
                String name = page.getFileName().toString();
                boolean explained = name.equals("glossary.md") || Files.readString(page).contains(HEAD);
                if (!readme.contains("](docs/" + name + ")") || !explained) {
                    lost.add(name);
                }
            }
        }

        assertEquals(List.of(), lost);
    }

    private static boolean leads(Path page, String path, String anchor) throws IOException {
        Path target = path.isEmpty() ? page : page.resolveSibling(path);
        return Files.exists(target) && (anchor == null || anchors(target).contains(anchor));
    }

    /** As the sites that show Markdown make them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page)).results().map(heading -> heading.group(1)
                .toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-')).collect(Collectors.toSet());
    }
}
