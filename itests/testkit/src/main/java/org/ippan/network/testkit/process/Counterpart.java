// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.testkit.Eventually;

/**
 * A real server that nodes meet in the world, on a port of loopback, with files of its own, for tests on machines that
 * have it. It can be stopped and started again at the same port.
 */
public final class Counterpart implements AutoCloseable {

    /** Where programs are although the path of a user does not name it. */
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");
    private static final Duration TO_START = Duration.ofSeconds(45);

    private static final Path SQUID_PASSWORDS = Path.of("/usr/lib/squid/basic_ncsa_auth");

    private final int port;
    private final List<String> command;
    private final Path folder;
    private Process process;

    private Counterpart(Path folder, int port, List<String> command) {
        this.folder = folder;
        this.port = port;
        this.command = command;
        start();
    }

    /** Whether this machine has nginx. */
    public static boolean isNginxInstalled() {
        return program("nginx").isPresent();
    }

    /** Whether this machine has tinyproxy. */
    public static boolean isTinyproxyInstalled() {
        return program("tinyproxy").isPresent();
    }

    /** Whether this machine has squid, as Debian installs it. */
    public static boolean isSquidInstalled() {
        return program("squid").isPresent() && Files.isExecutable(SQUID_PASSWORDS);
    }

    /** Whether this machine has the name server of BIND 9. */
    public static boolean isNamedInstalled() {
        return program("named").isPresent();
    }

    /** Whether this machine has dnsmasq. */
    public static boolean isDnsmasqInstalled() {
        return program("dnsmasq").isPresent();
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                PLACES.stream()).map(place -> Path.of(place, name)).filter(Files::isExecutable).findFirst();
    }

    /**
     * A web server with TLS before a node, as {@code docs/websocket.md} has it.
     *
     * @param folder where its files are
     * @param behind port of this machine where the node accepts WebSocket connections
     * @return running
     */
    public static Counterpart nginx(Path folder, int behind) {
        return nginx(folder, CounterpartFiles.LOCATION.formatted(behind));
    }

    /**
     * Writes a new key and its certificate, as web servers want them.
     *
     * @param file for both, replaced if it is there
     * @param end of the certificate
     */
    public static void certificate(Path file, Instant end) {
        new WireKey(end).write(file);
    }

    /**
     * A web server with TLS, with a location of its configuration.
     *
     * @param folder where its files are
     * @param location what it does at a path, in its own words
     * @return running
     */
    public static Counterpart nginx(Path folder, String location) {
        new WireKey().write(folder.resolve("server.pem"));
        int port = freePort();
        Path configuration = write(folder, "nginx.conf", CounterpartFiles.NGINX.formatted(port, location));
        return new Counterpart(folder, port, List.of(program("nginx").orElseThrow().toString(), "-c",
                configuration.toString(), "-p", folder + "/"));
    }

    /**
     * A proxy that connects to what it is asked for.
     *
     * @param folder where its files are
     * @param target the only port it connects to
     * @return running
     */
    public static Counterpart tinyproxy(Path folder, int target) {
        int port = freePort();
        Path configuration = write(folder, "tinyproxy.conf", CounterpartFiles.TINYPROXY.formatted(port, target));
        return new Counterpart(folder, port, List.of(program("tinyproxy").orElseThrow().toString(), "-d", "-c",
                configuration.toString()));
    }

    /**
     * A proxy that connects the user {@code node} with the password {@code secret} to what it asks for.
     *
     * @param folder where its files are; its own user reads it, so it lies below the folder for temporary files
     * @param target the only port it connects to
     * @return running
     */
    public static Counterpart squid(Path folder, int target) {
        int port = freePort();
        Path passwords = write(folder, "passwords", CounterpartFiles.SQUID_USER);
        Path configuration = write(folder, "squid.conf", CounterpartFiles.SQUID.formatted(port, SQUID_PASSWORDS,
                passwords, target));
        readableByAll(folder, passwords);
        return new Counterpart(folder, port, List.of(program("squid").orElseThrow().toString(), "-N", "-f",
                configuration.toString()));
    }

    private static void readableByAll(Path folder, Path file) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A name server, for names that end in {@code ippan.test}.
     *
     * @param folder where its files are
     * @param records lines of its configuration
     * @return running
     */
    public static Counterpart dnsmasq(Path folder, List<String> records) {
        int port = freePort();
        Path configuration = write(folder, "dnsmasq.conf", CounterpartFiles.DNSMASQ.formatted(port,
                System.getProperty("user.name")) + String.join("\n", records) + "\n");
        return new Counterpart(folder, port, List.of(program("dnsmasq").orElseThrow().toString(), "-C",
                configuration.toString()));
    }

    /**
     * The name server of BIND 9, for the zone {@code ippan.test}.
     *
     * @param folder where its files are
     * @param records lines of the zone
     * @return running
     */
    public static Counterpart named(Path folder, List<String> records) {
        int port = freePort();
        write(folder, "zone", CounterpartFiles.ZONE + String.join("\n", records) + "\n");
        Path configuration = write(folder, "named.conf", CounterpartFiles.NAMED.formatted(folder, port));
        return new Counterpart(folder, port, List.of(program("named").orElseThrow().toString(), "-g", "-c",
                configuration.toString()));
    }

    private static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it where it was stopped, and waits until it answers. */
    public void start() {
        Path log = folder.resolve(Path.of(command.get(0)).getFileName() + ".log");
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            Eventually.until(() -> command + " answers, but see " + log, TO_START, this::answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Where it listens.
     *
     * @return its port
     */
    public int port() {
        return port;
    }

    /**
     * What it cost so far.
     *
     * @return processor time since it was started last
     */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it, and with it every connection through it. */
    @Override
    public void close() {
        Programs.end(process);
    }
}
