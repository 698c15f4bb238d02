// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;

/**
 * Commands that build the project, and lines of configuration files: what they name exists. Running every build that
 * is printed inside a build would take hours.
 */
class PrintedNamesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Set<String> GOALS = Set.of("clean", "test", "package", "verify", "install", "deploy",
            "gpg:sign", "spotless:apply");
    /** Properties of Maven and of its plugins. */
    private static final Set<String> PROPERTIES = Set.of("skipTests", "skipITs", "test", "it.test",
            "altDeploymentRepository", "gpg.keyname");
    private static final Pattern SETTING = Pattern.compile("([\\w.]+) *= *\\S.*");
    private static final Set<String> OTHERS_KEYS = Set.of("felix.fileinstall.noInitialDelay");

    private final List<String> wrong = new ArrayList<>();

    @Test
    void shouldNameWhatExists() throws IOException {
        String keys = Files.readString(ROOT.resolve("docs/configuration.md"));
        String everything = keys + Files.readString(ROOT.resolve("itests/felix/src/test/java/org/ippan/network/felix/"
                + "StockFelix.java"));
        List<CodeBlock> blocks = CodeBlock.pages(ROOT).stream()
                .flatMap(page -> CodeBlock.of(page, PrintedNamesTest.class).stream()).toList();
        for (CodeBlock block : blocks) {
            for (String command : block.commands()) {
                Matcher setting = SETTING.matcher(command);
                if (command.startsWith("mvn ")) {
                    maven(block, List.of(command.split(" +")));
                } else if (setting.matches()) {
                    require(block, setting.group(1), keys.contains("| `" + setting.group(1) + "`")
                            || OTHERS_KEYS.contains(setting.group(1)) || everything.contains(setting.group(1)));
                } else if (command.startsWith("apt-get install ")) {
                    require(block, command, Files.readString(ROOT.resolve(".ci/run"))
                            .contains(command.substring("apt-get install ".length())));
                } else {
                    paths(block, command);
                }
            }
        }

        assertEquals(List.of(), wrong);
        assertTrue(blocks.size() >= 8, "only " + blocks.size() + " blocks");
    }

    private void maven(CodeBlock block, List<String> arguments) throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String poms = pom + Files.readString(ROOT.resolve("features/node/pom.xml"))
                + Files.readString(ROOT.resolve("itests/benchmarks/pom.xml"))
                + Files.readString(ROOT.resolve("itests/simulation/pom.xml"));
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-pl")) {
                for (String module : arguments.get(++i).split(",")) {
                    require(block, module, Files.exists(ROOT.resolve(module).resolve("pom.xml")));
                }
            } else if (argument.startsWith("-P")) {
                require(block, argument, pom.contains("<id>" + argument.substring(2) + "</id>"));
            } else if (argument.startsWith("-D")) {
                String property = argument.substring(2).replaceFirst("=.*", "");
                require(block, argument, PROPERTIES.contains(property) || Stream.of("<" + property + ">",
                        "<" + property + "/>", "<name>" + property + "</name>", "${" + property + "}")
                        .anyMatch(poms::contains));
                if (!argument.endsWith("=NoUnitTest")) {
                    named(block, argument);
                }
            } else {
                require(block, argument, argument.startsWith("-") || GOALS.contains(argument));
            }
        }
    }

    /** A single test that a command names is there. */
    private void named(CodeBlock block, String argument) throws IOException {
        if (argument.startsWith("-Dtest=") || argument.startsWith("-Dit.test=")) {
            String file = argument.replaceFirst(".*=", "").replaceFirst("#.*", "") + ".java";
            boolean there = false;
            for (String folder : List.of("bundles", "features", "itests")) {
                try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                    there |= files.anyMatch(path -> path.getFileName().toString().equals(file));
                }
            }
            require(block, file, there);
        }
    }

    /** What a command is given of this project: files, and folders a build makes; else a script of the project. */
    private void paths(CodeBlock block, String command) {
        List<String> paths = Stream.of(command.split("[ :]+")).filter(part -> part.contains("/target/")
                || part.startsWith("org.ippan.network.") || part.startsWith(".ci/")).toList();
        require(block, command, !paths.isEmpty());
        paths.forEach(path -> require(block, path, exists(path)));
    }

    private static boolean exists(String path) {
        if (!path.startsWith("org.ippan.network.")) {
            return Files.exists(ROOT.resolve(path.replaceFirst("/target/.*", "/pom.xml")));
        }
        try (Stream<Path> files = Files.walk(ROOT.resolve("itests"))) {
            return files.anyMatch(file -> file.toString().endsWith(path.replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(CodeBlock block, String what, boolean there) {
        if (!there) {
            wrong.add(block + ": there is no " + what);
        }
    }
}
