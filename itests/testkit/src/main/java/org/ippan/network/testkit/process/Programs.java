// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the machine that a test needs done with, such as {@code tar}. */
public final class Programs {

    /** Options of a JVM that lives for a minute or two and sends little: what C2 and G1 cost is never earned back. */
    public static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int SECONDS_TO_END = 5;

    private Programs() {
    }

    /**
     * The command line of a JVM like this one that is small and quick to start.
     *
     * @param arguments what comes behind its options
     * @return the words, which may be added to
     */
    public static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(SHORT_LIVED);
        command.addAll(List.of(arguments));
        return command;
    }

    /** Asks a program to end, and ends it by force if it does not do so soon. */
    public static void end(Process program) {
        program.destroy();
        try {
            if (!program.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                program.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs a program to its end; what it says goes where the test's own output does.
     *
     * @param folder where it runs
     * @param command its name and arguments; it has to exit with 0
     */
    public static void run(Path folder, String... command) {
        try {
            int exit = new ProcessBuilder(command).inheritIO().directory(folder.toFile()).start().waitFor();
            if (exit != 0) {
                throw new AssertionError(String.join(" ", command) + " exits with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + String.join(" ", command), e);
        }
    }

    /**
     * Runs a class of the test's own class path in a network that a script makes.
     *
     * @param script is given the JVM, the class path and the class
     * @param client has a main method
     * @param folder where it runs, and where what it says is kept
     * @param limit it has to end within
     * @return what script and class said, line by line
     */
    public static List<String> inNetworkOf(Path script, Class<?> client, Path folder, Duration limit) {
        try {
            Path out = folder.resolve("out");
            Process process = new ProcessBuilder("sh", script.toAbsolutePath().toString(),
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    System.getProperty("java.class.path"), client.getName()).directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(out.toFile()).start();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(script + " hangs");
            }
            return Files.readAllLines(out, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + script, e);
        }
    }
}
