// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node says that runs from a jar from which something was lost, for example when it was packed anew. */
@Tag(Nodes.WAITING)
class DamagedJarIT {

    private static final String FACTORY = "/META-INF/services/org.osgi.framework.connect.ConnectFrameworkFactory";
    private static final String BUNDLES = "/bundles/";
    /** Of the node, before they are packed. */
    private static final Path CLASSES = Path.of("..", "..", "features", "node", "target", "classes");

    @RegisterExtension
    final Nodes nodes = new Nodes();

    /** A copy of the jar without these files and folders. */
    static Path without(Path copy, String... lost) throws IOException {
        Files.copy(Nodes.JAR, copy);
        try (FileSystem jar = FileSystems.newFileSystem(copy)) {
            for (String each : lost) {
                try (Stream<Path> files = Files.walk(jar.getPath(each))) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
        return copy;
    }

    private NodeProcess run(Path jar, String... arguments) {
        return nodes.launch(jar, jar.getFileName().toString().replace(".jar", ""), arguments);
    }

    private void ends(String lost, String why) throws IOException {
        NodeProcess node = run(without(nodes.path(lost.substring(lost.lastIndexOf('/') + 1) + ".jar"), lost));

        assertEquals(1, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().contains("ippan-node: " + why), why + " in " + node.err());
        assertEquals("", node.out());
    }

    @Test
    void shouldSayWhatTheJarLacksWithoutWhichItCannotStart() throws IOException {
        ends(FACTORY, "the jar has no OSGi framework: it is damaged, or was packed anew without META-INF/services");
        ends(BUNDLES + "org.apache.felix.configadmin", "the configuration service is not there");
        ends(BUNDLES + "org.apache.felix.scr", "a bundle does not start: ");
    }

    @Test
    void shouldSayWhatIsAbsentWhereItRunsWithoutIt() throws Exception {
        Path lacking = without(nodes.path("incomplete.jar"), BUNDLES + "org.ippan.network.metrics",
                BUNDLES + "org.ippan.network.web/OSGI-INF");
        Path said = nodes.path("said");
        Process program = program(said, "-Xshare:auto", lacking);
        NodeProcess incomplete = run(lacking, "--http", Nodes.ANY_PORT);

        says(incomplete, "ippan-node: up, but not complete: services absent: metrics; the log says why");
        says(incomplete, "ippan-node: there is no page: its bundle does not run");
        assertEquals("the node is not complete: services absent: metrics; the log says why\n", said(program, said));
    }

    private static void says(NodeProcess node, String sentence) {
        Eventually.until(() -> "'" + sentence + "' in " + node.err(), Nodes.SOON.multipliedBy(2),
                () -> node.err().contains(sentence));
    }

    /** Starts a program with this class path. */
    private Process program(Path out, String option, Path... classPath) throws IOException {
        String path = Stream.concat(Stream.of(classPath), Stream.of(Path.of("target", "test-classes")))
                .map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(Programs.java("-Xmx192m", option, "-cp", path, StartingProgram.class.getName()))
                .redirectOutput(out.toFile())
                .redirectError(nodes.path("err").toFile()).start();
    }

    /** What it has said when it has ended. */
    private static String said(Process program, Path out) throws Exception {
        try {
            assertTrue(program.waitFor(2 * Nodes.SOON.toSeconds(), TimeUnit.SECONDS));
            return Files.readString(out);
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void shouldTellAProgramWhyItsNodeDoesNotStart() throws Exception {
        Path gone = nodes.path("gone");
        Path said = nodes.path("said");

        assertEquals("cannot make a temporary directory: " + gone + ": there is no such file or folder\n",
                said(program(said, "-Djava.io.tmpdir=" + gone, Nodes.JAR), said).replaceFirst("/ippan-node-\\d+", ""));
        assertEquals("the node runs from ippan-node.jar only, not from " + "file:" + CLASSES.toRealPath() + "/\n",
                said(program(said, "-Xshare:auto", CLASSES, Nodes.JAR), said));
    }
}
