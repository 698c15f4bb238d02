// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.testkit.process.Programs;

/** A command of a document as a shell runs it in the project's folder; does not outlive the test. */
final class ShellCommand implements AutoCloseable {

    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final long TO_RUN_SECONDS = 60;

    private final String command;
    private final Path out;
    private final Path err;
    private final Process process;

    /** Starts it; what it prints is kept in files of this name. */
    ShellCommand(Nodes nodes, String name, String command) {
        this.command = command;
        this.out = nodes.path(name + ".out");
        this.err = nodes.path(name + ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + command).directory(ROOT.toFile())
                    .redirectOutput(out.toFile()).redirectError(err.toFile());
            // Of a command that is given as printed.
            builder.environment().put("JDK_JAVA_OPTIONS", String.join(" ", Programs.SHORT_LIVED));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    /** Types a line at its standard input. */
    void type(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes());
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    /** What it printed so far. */
    List<String> printed() {
        return Nodes.lines(out);
    }

    /** Ends its standard input, waits until it has ended well. What it printed. */
    List<String> end() {
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(TO_RUN_SECONDS, TimeUnit.SECONDS);
            assertTrue(ended, () -> command + " still runs: " + printed() + errors());
            assertEquals(0, process.exitValue(), this::errors);
            return printed();
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command, e);
        }
    }

    private String errors() {
        try {
            return Files.readString(err);
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
