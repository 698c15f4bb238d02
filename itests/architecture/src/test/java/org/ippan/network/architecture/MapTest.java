// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code docs/architecture.md} names is there, and every package and thread is named. */
class MapTest {

    private static final Path ROOT = Path.of("..", "..");
    /** Each of its classes makes the threads it needs; in a bundle one class does, or its component. */
    private static final Path LAUNCHER = ROOT.resolve("features");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][a-z.]*)` \\|");
    private static final Pattern TYPE = Pattern.compile("`@?([A-Z][a-z]+(?:[A-Z][a-z]*)*)`");
    private static final Pattern THREAD = Pattern.compile("\"(ippan-[a-z]+-(?:[a-z]+)?)");
    private static final Pattern PREFIXED = Pattern.compile("PREFIX \\+ \"([a-z]+)\"");
    /** What stands for a name of each bundle, and what OSGi and the tests call things. */
    private static final Set<String> PLACEHOLDERS = Set.of("MetatypeTest");

    private static String page;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(ROOT.resolve("docs").resolve("architecture.md"));
    }

    @Test
    void shouldListEveryPackage() throws IOException {
        Set<String> packages = files("package-info.java").map(file -> file.getParent().toString()
                .replaceFirst(".*org/ippan/network/", "").replace('/', '.')).collect(Collectors.toCollection(
                        TreeSet::new));
        String tables = page.substring(page.indexOf("## Packages"));

        assertEquals(packages, ROW.matcher(tables).results().map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void shouldNameOnlyTypesThatExist() throws IOException {
        Set<String> sources = new TreeSet<>();
        for (String folder : List.of("bundles", "features", "itests")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().matches(".*/src/.*\\.java"))
                        .forEach(file -> sources.add(file.getFileName().toString().replace(".java", "")));
            }
        }
        Set<String> named = TYPE.matcher(page).results().map(found -> found.group(1))
                .filter(name -> !name.startsWith("Xxx") && !PLACEHOLDERS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(named.size() > 40, named.toString());
        named.removeAll(sources);
        assertEquals(Set.of(), named, "are no types any more");
    }

    @Test
    void shouldNameEveryThread() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Path file : Stream.concat(files("Threads.java"), files("Component.java")).toList()) {
            String source = Files.readString(file);
            missing.addAll(unnamed(source));
            PREFIXED.matcher(source).results().map(found -> "ippan-gossip-" + found.group(1))
                    .filter(name -> !page.contains("`" + name)).forEach(missing::add);
        }
        for (Path file : files(".java").filter(file -> file.startsWith(LAUNCHER)).toList()) {
            missing.addAll(unnamed(Files.readString(file)));
        }

        assertEquals(Set.of(), missing);
    }

    private static List<String> unnamed(String source) {
        return THREAD.matcher(source).results().map(found -> found.group(1)).filter(name -> !page.contains("`" + name))
                .toList();
    }

    private static Stream<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("bundles", "features")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().contains("src/main/") && file.toString().endsWith(ending))
                        .forEach(found::add);
            }
        }
        return found.stream();
    }
}
