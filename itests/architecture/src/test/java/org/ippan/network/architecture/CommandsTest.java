// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shells of Karaf and Gogo have the same commands, but for those that {@code docs/running.md} names. */
class CommandsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern KARAF = Pattern.compile("@Command\\(scope = \"ippan\", name = \"([a-z-]+)\"");
    private static final Pattern GOGO = Pattern.compile("\\b(?:asks|takes)\\(\"([a-z-]+)\"");
    private static final String SENTENCE = "In Gogo the commands have the same names. Karaf alone has %s; Gogo alone"
            + " has %s.";

    @Test
    void shouldNameTheCommandsThatOneShellAloneHas() throws IOException {
        Set<String> karaf = names("shell", KARAF);
        Set<String> gogo = names("gogo", GOGO);
        String expected = SENTENCE.formatted(without(karaf, gogo), without(gogo, karaf));

        assertTrue(Files.readString(ROOT.resolve("docs").resolve("running.md")).contains(expected), expected);
    }

    private static String without(Set<String> all, Collection<String> others) {
        return all.stream().filter(name -> !others.contains(name)).map(name -> "`" + name + "`")
                .collect(Collectors.joining(" and "));
    }

    private static Set<String> names(String bundle, Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("bundles").resolve(bundle).resolve("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                pattern.matcher(Files.readString(file)).results().map(found -> found.group(1))
                        .forEach(names::add);
            }
        }
        assertTrue(names.size() > 15, bundle + ": " + names);
        return names;
    }
}
