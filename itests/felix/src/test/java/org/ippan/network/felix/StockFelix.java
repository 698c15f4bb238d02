// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Programs;

/**
 * A Felix laid out as its distribution is, with our archive unpacked over it and the Web Console added, as a process of
 * its own with Gogo's shell at its standard input. Used by one thread.
 */
final class StockFelix implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int TO_STOP_SECONDS = 30;
    private static final Path ARCHIVE = Path.of("..", "..", "features", "felix", "target", "ippan-network-felix.zip");
    private static final String PROMPT = "g! ";

    /** What the distribution's own file says that matters here, what the documents have one add, a port of our own. */
    private static final String CONFIG = """
            felix.auto.deploy.action=install,start
            felix.fileinstall.noInitialDelay=true
            org.ippan.network.state=state
            org.apache.felix.http.host=127.0.0.1
            org.osgi.service.http.port=0
            """;

    private final Path home;
    private final Process process;
    private int typed;

    private StockFelix(Path home, Process process) {
        this.home = home;
        this.process = process;
    }

    /** Lays it out anew and starts it; the node and its page take ports of their own. */
    static StockFelix start() throws IOException {
        Path home = Container.TARGET.resolve("felix").resolve("stock");
        Container.delete(home);
        copy(Container.TARGET.resolve("distribution"), home);
        copy(Container.TARGET.resolve("web-console"), home.resolve("bundle"));
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/config.properties"), CONFIG);
        Programs.run(home, Path.of(System.getProperty("java.home"), "bin", "jar").toString(), "xf",
                ARCHIVE.toAbsolutePath().normalize().toString());
        Files.createDirectories(home.resolve("load"));
        for (String bundle : List.of("transport", "web")) {
            Files.writeString(file(home, bundle), "listenAddress = 127.0.0.1:0\n");
        }
        return new StockFelix(home, new ProcessBuilder(Programs.java("-jar", "bin/felix.jar")).directory(home.toFile())
                .redirectOutput(home.resolve("out").toFile()).redirectError(home.resolve("err").toFile()).start());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(each));
                Files.createDirectories(target.getParent());
                Files.copy(each, target);
            }
        }
    }

    private static Path file(Path home, String bundle) {
        return home.resolve("load").resolve("org.ippan.network." + bundle + ".cfg");
    }

    /** The configuration file of a bundle; it need not be there. */
    Path file(String bundle) {
        return file(home, bundle);
    }

    long pid() {
        return process.pid();
    }

    /** Types a line into the shell, and gives what it prints. */
    String type(String line) throws IOException {
        String end = "typed-" + ++typed;
        int before = read("out").length();
        process.getOutputStream().write((line + "\necho " + end + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        Eventually.until(() -> line + " is answered: " + read("out").substring(before), SOON,
                () -> read("out").indexOf(end, before) >= 0);
        String said = read("out");
        return said.substring(before, said.indexOf(end, before)).replace(PROMPT, "").strip();
    }

    /** The part of the log that a pattern finds, once it is there. */
    String logged(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        Eventually.until(() -> pattern + " is logged: " + log(), SOON, () -> wanted.matcher(log()).find());
        Matcher found = wanted.matcher(log());
        return found.find() ? found.group(1) : "";
    }

    String log() {
        return read("err");
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the framework from its shell; whether the process ended by itself, well. */
    boolean stop() throws IOException, InterruptedException {
        process.getOutputStream().write("stop 0\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return process.waitFor(TO_STOP_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
