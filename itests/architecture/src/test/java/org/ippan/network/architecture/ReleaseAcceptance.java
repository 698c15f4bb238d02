// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a release publishes: built twice from copies of the sources in two folders, by Maven itself. The second build
 * has another time zone and language; both take from a repository that had nothing of ours before. Takes ten minutes;
 * {@code mvn -Pacceptance verify -pl itests/architecture -am -Dit.test=ReleaseAcceptance}.
 */
class ReleaseAcceptance {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path FIRST = Path.of("target", "release", "first").toAbsolutePath();
    private static final Path SECOND = Path.of("target", "release", "the", "second").toAbsolutePath();
    private static final Path REPOSITORY = Path.of("target", "release", "repository").toAbsolutePath();
    private static final String OWN_REPOSITORY = "-Dmaven.repo.local=" + REPOSITORY;
    private static final List<String> ELSEWHERE = List.of("-Duser.timezone=Pacific/Auckland", "-Duser.language=de");
    private static final Path README = ROOT.resolve("README.md");
    private static final Duration FOR_A_READER = Duration.ofMinutes(5);
    private static final String PROJECT = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.acme</groupId>
              <artifactId>hello</artifactId>
              <version>1</version>
              <dependencies>
            %s
              </dependencies>
            </project>
            """;
    private static final String OURS = "org/ippan";
    private static final Set<String> LIBRARIES = Set.of("dnsjava/dnsjava@",
            "io.netty/netty-handler@", "io.netty/netty-buffer@",
            "io.netty/netty-codec-http@", "io.netty/netty-common@", "io.netty/netty-transport@",
            "io.prometheus/prometheus-metrics-exposition-textformats@", "org.hdrhistogram/HdrHistogram@",
            "org.apache.felix/org.apache.felix.framework@", "org.apache.felix/org.apache.felix.scr@",
            "org.apache.felix/org.apache.felix.configadmin@", "org.slf4j/slf4j-simple@",
            "com.github.luben/zstd-jni@");

    /** A jar of another project: its artifact and version. */
    private static final Pattern BUNDLE = Pattern.compile("(?:.*/)?((?!org\\.ippan)[\\w.-]+?)-(\\d[\\w.-]*)\\.jar");

    private static final Pattern VERSION = Pattern.compile("/uPlot \\(v([\\d.]+)\\)");

    private static Duration toInstall;
    private static boolean testsInstalled;

    @BeforeAll
    static void build() throws Exception {
        delete(FIRST.getParent());
        copySources(FIRST);
        copySources(SECOND);
        linkRepository();
        // Without the profile everything is installed, examples included. Built over that without "clean", bundles with
        // libraries inside would list their packages in another order.
        long start = System.nanoTime();
        maven(SECOND, ELSEWHERE, OWN_REPOSITORY, "install");
        toInstall = since(start);
        testsInstalled = Files.exists(SECOND.resolve("bundles/gossip/target/test-classes"));
        // The bill of materials has the checksum of Karaf's features from the repository: not from that of the machine,
        // where older ones may be installed.
        maven(FIRST, List.of(), OWN_REPOSITORY, "-T1", "-Prelease,!users", "package");
        maven(SECOND, ELSEWHERE, OWN_REPOSITORY, "-T1", "-Prelease,!users", "clean", "package");
    }

    @Test
    void shouldBuildTheSameFilesTwice() throws IOException {
        TreeMap<String, String> differing = new TreeMap<>();
        List<String> built = artifacts(FIRST);
        for (String artifact : built) {
            Path other = SECOND.resolve(artifact);
            long at = Files.exists(other) ? Files.mismatch(FIRST.resolve(artifact), other) : 0;
            if (at >= 0) {
                differing.put(artifact, "differs at byte " + at);
            }
        }

        assertEquals(new TreeMap<>(), differing);
        assertTrue(built.size() > 3 * 17, built.toString());
    }

    @Test
    void shouldMakeSourcesAndJavadocOfEveryLibrary() throws IOException {
        List<String> built = artifacts(FIRST);
        List<String> jars = built.stream().filter(name -> name.endsWith("-SNAPSHOT.jar")).toList();

        assertTrue(jars.size() >= 16, jars.toString());
        for (String jar : jars) {
            for (String classifier : List.of("-sources.jar", "-javadoc.jar")) {
                assertTrue(built.contains(jar.replace(".jar", classifier)), jar + " has no " + classifier);
            }
        }
    }

    @Test
    void shouldNameEveryEmbeddedLibraryInTheBillOfMaterials() throws IOException {
        String bill = Files.readString(FIRST.resolve("target/bom.json"));

        for (String library : LIBRARIES) {
            assertTrue(bill.contains("pkg:maven/" + library), library);
        }
    }

    /** Once, by reference and address. It comes from no Maven repository: its version stands in the pom too. */
    @Test
    void shouldNameTheLibraryOfThePageInTheBillsOfMaterials() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(
                ROOT.resolve("bundles/web/src/main/resources/page/uplot/uPlot.esm.js")));
        assertTrue(version.find());
        String named = "\"pkg:npm/uplot@" + version.group(1) + "\"";
        for (String bill : List.of("target/bom.json", "bundles/web/target/bom.json")) {
            assertEquals(2, Files.readString(FIRST.resolve(bill)).split(Pattern.quote(named)).length - 1, bill);
        }
    }

    @Test
    void shouldNameEveryBundleOfTheArchivesInTheBillOfMaterials() throws IOException {
        String bill = Files.readString(FIRST.resolve("target/bom.json"));
        List<String> missing = new ArrayList<>();
        for (String archive : List.of("karaf/target/ippan-network.kar", "felix/target/ippan-network-felix.zip")) {
            try (ZipFile zip = new ZipFile(FIRST.resolve("features").resolve(archive).toFile())) {
                zip.stream().map(entry -> BUNDLE.matcher(entry.getName())).filter(Matcher::matches)
                        .filter(jar -> !bill.contains("/" + jar.group(1) + "@" + jar.group(2) + "?"))
                        .forEach(jar -> missing.add(archive + ": " + jar.group()));
            }
        }

        assertEquals(List.of(), missing);
    }

    @Test
    void shouldInstallWhatADependencyNeeds() {
        for (String artifact : List.of("api", "bom", "node", "parent", "gossip", "examples.prices")) {
            assertTrue(Files.isDirectory(REPOSITORY.resolve(OURS + "/network/org.ippan.network." + artifact)),
                    artifact);
        }
    }

    /** They would take a third of the time a reader waits for. */
    @Test
    void shouldCompileNoTestsForAReader() {
        assertFalse(testsInstalled);
    }

    /** On a machine that has nothing of ours, with what the README says and no more, in the time a reader gives it. */
    @Test
    void shouldRunTheFirstProgramWithTheDependencyOfTheReadme() throws Exception {
        Path project = Files.createDirectories(FIRST.resolveSibling("reader"));
        Path program = project.resolve("Hello.java");
        Path classPath = project.resolve("classpath");
        CodeBlock session = block("Hello.java\n");
        Files.writeString(project.resolve("pom.xml"),
                PROJECT.formatted(block("<artifactId>org.ippan.network.node</artifactId>").text()));
        Files.writeString(program, block("public class Hello").text());
        long start = System.nanoTime();

        maven(project, List.of(), OWN_REPOSITORY, "org.apache.maven.plugins:maven-dependency-plugin:"
                + System.getProperty("maven.dependency.plugin") + ":build-classpath",
                "-Dmdep.outputFile=" + classPath);
        Process hello = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                Files.readString(classPath), program.toString()).redirectError(project.resolve("log").toFile()).start();
        List<String> printed = new String(hello.getInputStream().readAllBytes(), UTF_8).lines().toList();

        assertEquals(session.output(), printed, () -> text(project.resolve("log")));
        Duration taken = toInstall.plus(since(start));
        System.out.println("Installing takes a reader " + toInstall + ", all until the message is seen " + taken);
        assertTrue(taken.compareTo(FOR_A_READER) < 0, "it takes " + taken + ", of it to install " + toInstall);
    }

    private static CodeBlock block(String content) {
        return CodeBlock.of(README).stream().filter(block -> block.text().contains(content)).findFirst().orElseThrow();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Without what Karaf's plugin makes: it writes the time into its distribution, and into snapshots' metadata. */
    private static List<String> artifacts(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(file -> file.getParent().getFileName().toString().equals("target")
                            && file.toString().matches(".*(\\.jar|\\.zip|bom\\.json)"))
                    .map(file -> project.relativize(file).toString()).filter(name -> !name.startsWith("examples"))
                    .sorted().toList();
        }
    }

    private static void maven(Path project, List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("maven.command"), "-B", "-q", "-ntp",
                "-DskipTests"));
        command.addAll(List.of(arguments));
        Path log = project.resolveSibling(project.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MAVEN_OPTS", String.join(" ", options));
        assertEquals(0, builder.start().waitFor(), () -> command + ": " + text(log));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copySources(Path target) throws IOException {
        for (Path file : below(ROOT, path -> !path.matches("(.*/)?(target|\\.git)(/.*)?"))) {
            Files.createDirectories(target.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), target.resolve(file));
        }
    }

    /** The libraries of others as links, so that nothing is fetched again, and nothing of ours. */
    private static void linkRepository() throws IOException {
        Path own = Path.of(System.getProperty("maven.repository"));
        for (Path file : below(own, path -> !path.startsWith(OURS))) {
            Files.createDirectories(REPOSITORY.resolve(file).getParent());
            link(own.resolve(file), REPOSITORY.resolve(file));
        }
    }

    /** A copy where the repository lies on another disk. */
    private static void link(Path file, Path link) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (NoSuchFileException e) {
            // Another build took its file away meanwhile.
            return;
        } catch (FileSystemException e) {
            Files.copy(file, link);
        }
    }

    /** Folders that are not wanted are not looked into: builds that run meanwhile take files away there. */
    private static List<Path> below(Path folder, Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                return wanted.test(folder.relativize(each).toString()) ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path name = folder.relativize(file);
                if (attributes.isRegularFile() && wanted.test(name.toString())) {
                    found.add(name);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return found;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }
}
