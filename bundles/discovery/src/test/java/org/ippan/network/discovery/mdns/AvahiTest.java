// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finds what a real responder, avahi-daemon, announces, in network namespaces of their own. Needs root, and the
 * packages iproute2 and avahi-daemon; so it runs only when asked for:
 * {@code mvn -pl bundles/discovery -am test -Dtest=AvahiTest -Dcounterparts=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "counterparts", matches = "true")
class AvahiTest {

    @TempDir
    private Path folder;

    @Test
    void shouldFindWhatAvahiAnnounces() throws IOException, InterruptedException {
        Path script = Path.of("src", "test", "resources", "avahi", "neighbour.sh").toAbsolutePath();
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder("sh", script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"), AvahiClient.class.getName()).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(out.toFile()).start();

        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it hangs");

        List<String> said = Files.readAllLines(out, StandardCharsets.UTF_8);
        said.stream().filter(line -> line.startsWith("found ")).forEach(System.out::println);
        assertTrue(said.stream().anyMatch(line -> line.startsWith("found 192.168.78.1:9700#01010101 ")),
                String.join("\n", said));
    }
}
