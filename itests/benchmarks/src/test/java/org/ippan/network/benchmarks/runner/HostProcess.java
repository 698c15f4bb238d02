// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ippan.network.benchmarks.host.Host;
import org.ippan.network.benchmarks.scenario.Scenario;

/** One process of a case as the runner sees it. Lines are sent and answers taken by one thread. */
final class HostProcess implements AutoCloseable {

    private static final long QUIT_SECONDS = 60;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final String name;
    private final Path folder;
    private final Path log;
    private final Process process;
    private final BufferedWriter lines;

    /**
     * Starts it.
     *
     * @param scenario what it is to play
     * @param number which process of the case it is
     * @param run options, and where its log goes
     */
    HostProcess(Scenario scenario, int number, RunOptions run) throws IOException {
        name = scenario.label().replace('/', '-').replace(' ', '_') + "-" + number;
        folder = run.folder();
        log = file(".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + run.heap(), "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError", "-Djava.net.preferIPv4Stack=true"));
        command.addAll(run.jvmArguments());
        command.addAll(List.of("-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Host.class.getName(), scenario.text(), run.folder().toString()));
        command.addAll(run.settings());
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        lines = process.outputWriter();
        Thread reader = new Thread(this::read, "benchmark-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader said = process.inputReader()) {
            said.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            answers.add(Host.FAILED + " cannot be heard any more: " + e.getMessage());
            return;
        }
        answers.add(Host.FAILED + " ended, see " + log);
    }

    /** A file of this process; the next round writes it anew. */
    Path file(String ending) {
        return folder.resolve(name + ending);
    }

    void send(String line) throws IOException {
        lines.write(line);
        lines.newLine();
        lines.flush();
    }

    /** The answer to the line sent last, without its first word. */
    String answer(long seconds) throws IOException, InterruptedException {
        String answer = answers.poll(seconds, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IOException(name + " does not answer within " + seconds + " s, see " + log);
        }
        if (!answer.startsWith(Host.DONE)) {
            throw new IOException(name + " " + answer);
        }
        return answer.substring(Host.DONE.length()).strip();
    }

    /** Tells it that there are no more lines, so that it ends. */
    void quit() throws IOException {
        lines.close();
    }

    /** Waits for its end. */
    @Override
    public void close() throws IOException {
        try {
            quit();
            if (!process.waitFor(QUIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
