// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Programs;
import org.ippan.network.testkit.process.Sockets;

/** A Karaf unpacked from an archive by hand and started by its script, with ports of its own for Karaf's services. */
final class KarafProcess implements AutoCloseable {

    static final Pattern LOUD = Pattern.compile("\\| (WARN|ERROR|FATAL) +\\|.*org\\.ippan\\.network");

    private static final Path ARCHIVE = Path.of("..", "..", "features", "karaf", "target", "ippan-network.kar")
            .toAbsolutePath().normalize();
    private static final String DEPLOYED = "deploy/ippan-network.kar";
    private static final Duration TO_START = Duration.ofSeconds(120);
    private static final int TO_STOP_SECONDS = 30;

    private final Path home;
    private final int registryPort = freePort();
    private final int rmiPort = freePort();
    private final int sshPort = freePort();
    private Process process;

    private KarafProcess(Path home) {
        this.home = home;
    }

    /** Unpacks an archive; what an earlier run left is removed. */
    static KarafProcess unpack(Path archive, Path home) {
        delete(home);
        try {
            Files.createDirectories(home);
            Programs.run(home, "tar", "xzf", archive.toString(), "--strip-components=1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        KarafProcess karaf = new KarafProcess(home);
        karaf.file("org.apache.karaf.management").write("rmiRegistryPort", "" + karaf.registryPort);
        karaf.file("org.apache.karaf.management").write("rmiServerPort", "" + karaf.rmiPort);
        karaf.file("org.apache.karaf.shell").write("sshPort", "" + karaf.sshPort);
        karaf.file("org.apache.karaf.shell").write("sshHost", "127.0.0.1");
        // Its key of RSA is made when it starts, and used by each command: the usual one takes long for both.
        karaf.file("org.apache.karaf.shell").write("keySize", "1024");
        Container.lookOftenAtFiles(home.resolve(Container.FRAMEWORK));
        return karaf;
    }

    /** A stock container with users of its own, our archive in {@code deploy/} and no repository it could ask. */
    static KarafProcess stock(String name, String users) throws IOException {
        KarafProcess karaf = bare(name, users, "");
        karaf.deploy();
        return karaf;
    }

    /** Puts our archive into {@code deploy/}. */
    void deploy() throws IOException {
        Files.copy(ARCHIVE, home.resolve(DEPLOYED));
    }

    /** Takes our archive out of {@code deploy/} again. */
    void undeploy() throws IOException {
        Files.delete(home.resolve(DEPLOYED));
    }

    /** A stock container into which nothing of ours was put, and which finds it in the only repository it knows. */
    static KarafProcess withRepository(String name, String users) throws IOException {
        Path repository = Path.of("target", "published").toAbsolutePath();
        delete(repository);
        Files.createDirectories(repository);
        Programs.run(repository, Path.of(System.getProperty("java.home"), "bin", "jar").toString(), "xf",
                ARCHIVE.toString());
        return bare(name, users, repository.resolve("repository").toUri() + "@id=published@snapshots@checksum=ignore");
    }

    private static KarafProcess bare(String name, String users, String repositories) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        KarafProcess karaf = unpack(target.resolve("apache-karaf.tar.gz"), target.resolve("stock").resolve(name));
        Files.writeString(karaf.home.resolve("etc/users.properties"), users, StandardOpenOption.APPEND);
        ConfigFile maven = karaf.file("org.ops4j.pax.url.mvn");
        maven.write("org.ops4j.pax.url.mvn.localRepository", karaf.home.resolve("data/local").toString());
        Files.writeString(maven.path(), String.join("\n", maven.lines()).replaceAll(
                "(?m)^(org\\.ops4j\\.pax\\.url\\.mvn\\.repositories=).*\\\\\\R(.*\\\\\\R)*.*$", "$1" + repositories));
        return karaf;
    }

    /** Removes what an earlier run left, if anything. */
    static void delete(Path folder) {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user at its console, as soon as that answers: it comes by itself, and may be replaced just after. */
    Ssh console(String user) {
        Ssh console = new Ssh(sshPort, user);
        Eventually.until("the console of " + home + " answers " + user, TO_START, console::answers);
        return console;
    }

    Path home() {
        return home;
    }

    ConfigFile file(String pid) {
        return new ConfigFile(home.resolve("etc").resolve(pid + ".cfg"));
    }

    List<String> log() {
        return new ConfigFile(home.resolve("data/log/karaf.log")).lines();
    }

    /** What our bundles said at WARN or above. */
    List<String> loud() {
        return log().stream().filter(line -> LOUD.matcher(line).find()).toList();
    }

    KarafProcess start() {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString(), "server")
                .redirectErrorStream(true).redirectOutput(home.resolveSibling(home.getFileName() + ".out").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // What a developer has set for another Karaf.
        builder.environment().keySet().removeIf(name -> name.startsWith("KARAF_"));
        builder.environment().put("EXTRA_JAVA_OPTS", String.join(" ", Programs.SHORT_LIVED));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** How many sockets it has open, without those of consoles: RMI keeps one or another open for a while. */
    int sockets() {
        Pattern consoles = Pattern.compile(Stream.of(registryPort, rmiPort, sshPort).map("%04X"::formatted)
                .collect(Collectors.joining("|", "\\w+ \\d+: \\w+:(", ") .*")));
        return process.descendants().mapToInt(child -> (int) Sockets.of(child.pid()).stream()
                .filter(socket -> !consoles.matcher(socket).matches()).count()).sum();
    }

    /** Logs in as soon as that is possible. */
    Jmx login(String user) {
        Jmx[] client = new Jmx[1];
        Eventually.until("login as " + user + " at " + home, TO_START, () -> {
            try {
                client[0] = Jmx.login(registryPort, user);
            } catch (UncheckedIOException | SecurityException e) {
                // Not there yet, or without its users.
                return false;
            }
            return true;
        });
        return client[0];
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(TO_STOP_SECONDS, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
