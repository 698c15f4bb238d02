// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.testkit.Eventually;

/**
 * A real node process, started from {@code ippan-node.jar}. Its output is kept in {@code NAME.out} and {@code NAME.err}
 * of the folder given; a restart under the same name begins them anew. Closing kills it, whatever its state.
 */
public final class NodeProcess implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile(
            "(?m)^READY id=([0-9a-f]{64}) listen=(\\S+)(?: jmx=(\\S+))?(?: http=(\\S+))?$");

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;
    private final Writer input;

    private NodeProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
        this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a process and does not wait for it.
     *
     * @param jar the node's jar
     * @param folder where its output is kept
     * @param name what its output files are called
     * @param arguments of the command line
     * @return the process
     */
    public static NodeProcess start(Path jar, Path folder, String name, List<String> arguments) {
        return start(List.of(), jar, folder, name, arguments);
    }

    /**
     * Starts a process by another command and does not wait for it.
     *
     * @param prefix what runs the command that follows it, for example a shell that sets limits before
     * @param jar the node's jar
     * @param folder where its output is kept
     * @param name what its output files are called
     * @param arguments of the command line
     * @return the process
     */
    public static NodeProcess start(List<String> prefix, Path jar, Path folder, String name, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        try {
            command.addAll(Programs.java("-Xmx192m"));
            command.addAll(NodeProcessArchive.options(jar));
            // As the archive names it, and as the processes of a demo do.
            command.addAll(List.of("-jar", jar.toRealPath().toString()));
            command.addAll(arguments);
            Files.createDirectories(folder);
            Path out = folder.resolve(name + ".out");
            Path err = folder.resolve(name + ".err");
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            return new NodeProcess(name, process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /**
     * Waits until the node says that it is ready.
     *
     * @return this
     */
    public NodeProcess awaitReady() {
        Eventually.until(() -> this + " ready, but it says: " + out() + err(), TO_START,
                () -> ready().isPresent() || !process.isAlive());
        if (ready().isEmpty()) {
            throw new AssertionError(this + " ended before it was ready: " + out() + err());
        }
        return this;
    }

    private Optional<Matcher> ready() {
        Matcher line = READY.matcher(out());
        return line.find() ? Optional.of(line) : Optional.empty();
    }

    /**
     * Who the node is.
     *
     * @return its peer id, 64 hex digits
     */
    public String id() {
        return ready().orElseThrow().group(1);
    }

    /**
     * Where the node listens.
     *
     * @return {@code host:port}, or whatever it says instead
     */
    public String listen() {
        return ready().orElseThrow().group(2);
    }

    /**
     * Where the node is managed.
     *
     * @return {@code host:port} if it was started with {@code --jmx}
     */
    public String jmx() {
        return Optional.ofNullable(ready().orElseThrow().group(3)).orElseThrow();
    }

    /**
     * Where the node's page is.
     *
     * @return {@code host:port} if it was started with {@code --http}
     */
    public String http() {
        return Optional.ofNullable(ready().orElseThrow().group(4)).orElseThrow();
    }

    /**
     * Writes a line to the node's standard input.
     *
     * @param line without its end
     */
    public void send(String line) {
        try {
            input.write(line);
            input.write('\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(this + " takes no input", e);
        }
    }

    /**
     * What the node wrote to standard output so far.
     *
     * @return the text
     */
    public String out() {
        return read(out);
    }

    /**
     * What the node wrote to standard error so far.
     *
     * @return the text
     */
    public String err() {
        return read(err);
    }

    /**
     * Whether it runs.
     *
     * @return false once it ended
     */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * What it cost so far.
     *
     * @return processor time since its start
     */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * The processes it started and that still run.
     *
     * @return one for each node of a demo
     */
    public List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Stops it with SIGSTOP where it is, as a machine that is suspended does: it answers nobody, and does not know. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Programs.run(Path.of("."), "kill", signal, Long.toString(process.pid()));
    }

    /** Ends the process with SIGKILL and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode(Duration.ofSeconds(10));
    }

    /** Asks the process with SIGTERM to end. */
    public void terminate() {
        // Process.destroy would close its streams as well.
        process.toHandle().destroy();
    }

    /**
     * Waits for the end of the process.
     *
     * @param atMost how long
     * @return its exit code
     */
    public int exitCode(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(this + " runs after " + atMost.toMillis() + " ms: " + out() + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + this, e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name + " (pid " + process.pid() + ")";
    }
}
