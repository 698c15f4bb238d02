// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other projects write to depend on this one: the bom, which has no parent, and the README. */
class CoordinatesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path BOM = ROOT.resolve("features/bom/pom.xml");
    private static final Pattern MANAGED = Pattern.compile("<groupId>org\\.ippan\\.network</groupId>\\s*"
            + "<artifactId>([\\w.]+)</artifactId>\\s*<version>([^<]*)</version>");
    private static final Pattern PLUGIN = Pattern.compile("<artifactId>maven-(\\w+)-plugin</artifactId>\\s*"
            + "<version>([^<]*)</version>");

    @Test
    void shouldListEveryLibraryInTheBom() throws IOException {
        Set<String> expected = new TreeSet<>(Set.of(Code.ROOT + "api", Code.ROOT + "bom", Code.ROOT + "node",
                Code.ROOT + "testkit"));
        Code.PROVIDERS.forEach(part -> expected.add(Code.ROOT + part));

        assertEquals(expected, new TreeSet<>(managed(Files.readString(BOM)).stream().map(found -> found.group(1))
                .toList()));
    }

    @Test
    void shouldGiveEveryLibraryTheVersionOfTheParent() throws IOException {
        String version = element("version", Files.readString(ROOT.resolve("pom.xml")));

        String bom = Files.readString(BOM);

        assertEquals(version, element("version", bom));
        managed(bom).forEach(found -> assertEquals(version, found.group(2), found.group(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "inceptionYear", "organization", "licenses", "developers", "scm", "ippan.home"})
    void shouldRepeatInTheBomWhatTheParentSays(String element) throws IOException {
        assertEquals(element(element, Files.readString(ROOT.resolve("pom.xml"))),
                element(element, Files.readString(BOM)));
    }

    @Test
    void shouldUseThePluginsOfTheParentInTheBom() throws IOException {
        String parent = Files.readString(ROOT.resolve("pom.xml"));
        List<MatchResult> plugins = PLUGIN.matcher(Files.readString(BOM)).results().toList();

        assertFalse(plugins.isEmpty());
        plugins.forEach(plugin -> assertEquals(element("maven." + plugin.group(1) + ".plugin.version", parent),
                plugin.group(2), plugin.group(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/release.md"})
    void shouldPrintInTheDocumentsWhatTheBomLists(String page) throws IOException {
        Set<String> published = managed(Files.readString(BOM)).stream()
                .map(found -> found.group(1) + ":" + found.group(2)).collect(Collectors.toSet());

        List<MatchResult> printed = managed(Files.readString(ROOT.resolve(page)));

        assertFalse(printed.isEmpty(), page + " has no coordinates");
        printed.forEach(found -> assertTrue(published.contains(found.group(1) + ":" + found.group(2)),
                found.group(1) + ":" + found.group(2) + " is not published"));
    }

    private static List<MatchResult> managed(String text) {
        return MANAGED.matcher(text).results().toList();
    }

    /** The first element of that name without its attributes, comments of others aside: poms begin with their own. */
    private static String element(String name, String pom) {
        return Pattern.compile("(?s)<" + Pattern.quote(name) + "\\b[^>]*>(.*?)</" + Pattern.quote(name) + ">")
                .matcher(pom.replaceAll("(?s)<parent>.*?</parent>|<\\?.*?\\?>", "")).results().findFirst()
                .map(found -> found.group(1).replaceAll("\\s+", " ").strip()).orElse("missing: " + name);
    }
}
