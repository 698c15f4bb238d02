// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Packages are rooms: small, named by what happens in them, and never in need of each other. */
class PackagesTest {

    static final List<String> BUNDLES = Code.PROVIDERS;
    /** The bundles on the path of a message, where a part that knows the whole core costs most. */
    static final List<String> DATA_PATH = List.of("gossip", "peers", "transport");

    private static final int MOST_CLASSES = 18;
    private static final int LARGEST_KNOT = 4;
    /** What lives there, who calls it, on which threads. */
    private static final int SENTENCES = 3;
    private static final Path ROOT = Path.of("..", "..");
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final String DESCRIPTION = "package-info.java";
    private static final Pattern SENTENCE_END = Pattern.compile("[.](?=\\s|$)");

    private static final Map<Path, List<Path>> SOURCES = sources();

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void shouldHaveNoCycleBetweenPackages(String part) {
        checkCycles("bundle " + part, classesOf(part));
    }

    @Test
    void shouldHaveNoCycleBetweenThePackagesOfTheLauncher() {
        assertTrue(Code.LAUNCHER.size() > MOST_CLASSES, "the launcher is not compiled: the rule holds for nothing");
        checkCycles("the launcher", Code.LAUNCHER);
    }

    private static void checkCycles(String part, JavaClasses classes) {
        slices().assignedFrom(packages(part)).should().beFreeOfCycles()
                .as("packages of " + part + " form no cycle")
                .because("a reader of one room needs those below it, and no other")
                .allowEmptyShould(true)
                .check(classes);
    }

    @ParameterizedTest
    @FieldSource("DATA_PATH")
    void shouldHaveNoKnotOfClasses(String part) {
        List<Set<String>> knots = Knots.of(classesOf(part));

        assertTrue(knots.size() > MOST_CLASSES, "only " + knots.size() + " sets found: the rule holds for nothing");
        assertTrue(knots.get(0).size() <= LARGEST_KNOT, "more than " + LARGEST_KNOT
                + " classes all need each other; give each what it uses instead: " + knots.get(0));
    }

    @Test
    void shouldKeepPackagesSmall() {
        List<String> wrong = new ArrayList<>();
        SOURCES.forEach((folder, files) -> {
            long classes = files.stream().filter(file -> !file.endsWith(DESCRIPTION)).count();
            if (isMain(folder) && classes > MOST_CLASSES) {
                wrong.add(folder + " has " + classes + " classes, more than " + MOST_CLASSES);
            }
        });

        assertFalse(SOURCES.isEmpty(), "no sources found: the rule would hold for nothing");
        assertEquals(List.of(), wrong);
    }

    @Test
    void shouldSayOfEveryPackageWhatLivesThereWhoCallsItAndOnWhichThreads() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<Path, List<Path>> sources : SOURCES.entrySet()) {
            Path folder = sources.getKey();
            if (!isMain(folder) && isDescribedElsewhere(folder)) {
                continue;
            }
            Path description = folder.resolve(DESCRIPTION);
            if (!sources.getValue().contains(description)) {
                wrong.add(folder + " has no " + DESCRIPTION);
            } else if (sentences(Files.readString(description)) < SENTENCES) {
                wrong.add(description + " has fewer than " + SENTENCES + " sentences");
            }
        }

        assertEquals(List.of(), wrong);
    }

    private static long sentences(String description) {
        String text = description.substring(description.indexOf("/**"), description.indexOf("*/")).strip();
        return SENTENCE_END.matcher(text).results().count();
    }

    private static SliceAssignment packages(String part) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages of " + part;
            }
        };
    }

    private static JavaClasses classesOf(String part) {
        return Code.BUNDLES.that(DescribedPredicate.describe("in bundle " + part,
                type -> (type.getPackageName() + '.').startsWith(Code.ROOT + part + '.')));
    }

    private static boolean isMain(Path folder) {
        return folder.toString().contains(MAIN.toString());
    }

    /** Tests lie in the package of what they test, which describes itself. */
    private static boolean isDescribedElsewhere(Path folder) {
        return SOURCES.keySet().stream().anyMatch(other -> isMain(other) && name(other).equals(name(folder)));
    }

    private static String name(Path folder) {
        String path = folder.toString();
        String java = Path.of("src", "x", "java").toString().replace("x", isMain(folder) ? "main" : "test");
        return path.substring(path.indexOf(java) + java.length());
    }

    /** The Java files of each folder that has any. */
    private static Map<Path, List<Path>> sources() {
        Map<Path, List<Path>> found = new TreeMap<>();
        for (String top : List.of("bundles", "features", "itests")) {
            try (Stream<Path> paths = Files.walk(ROOT.resolve(top))) {
                paths.filter(path -> path.toString().endsWith(".java") && !path.toString().contains("target"))
                        .forEach(path -> found.computeIfAbsent(path.getParent(), key -> new ArrayList<>()).add(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
