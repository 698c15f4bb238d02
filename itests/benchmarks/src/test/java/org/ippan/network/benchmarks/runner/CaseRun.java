// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.runner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ippan.network.benchmarks.measure.Figures;
import org.ippan.network.benchmarks.scenario.Scenario;

/** Plays a case once: start, warm up, wait for the rest, measure, wait for the rest, read. */
final class CaseRun implements AutoCloseable {

    private static final int WARM_UP = 0;
    private static final int MEASURED = 1;
    private static final long ANSWER_SECONDS = 120;
    private static final long CONNECT_SECONDS = 120;
    private static final String PROFILE_INTERVAL = "1ms";
    private static final long POLL_MILLIS = 100;
    /** A message that comes twice may come the second time a little later. */
    private static final long GRACE_MILLIS = 500;

    private final List<HostProcess> processes = new ArrayList<>();
    private final Scenario scenario;
    private final RunOptions options;

    CaseRun(Scenario scenario, RunOptions options) {
        this.scenario = scenario;
        this.options = options;
    }

    /** Plays it; a system that fails is a result as well. */
    static Outcome play(Scenario scenario, RunOptions options) throws InterruptedException {
        try (CaseRun run = new CaseRun(scenario, options)) {
            return run.play();
        } catch (IOException e) {
            return Outcome.failed(scenario, e.getMessage());
        }
    }

    private Outcome play() throws IOException, InterruptedException {
        start();
        long warmUpExpected = options.warmUpSeconds() == 0 ? 0 : phase(WARM_UP, options.warmUpSeconds());
        Map<String, long[]> warmUp = counters();
        profile("start,event=itimer,interval=" + PROFILE_INTERVAL);
        long expected = phase(MEASURED, options.seconds());
        profile("stop," + options.profile());
        List<String> told = all("figures " + MEASURED, ANSWER_SECONDS);
        Figures figures = told.stream().map(Figures::parse).reduce(Figures.NONE, Figures::plus);
        return new Outcome(scenario, "", figures, expected / (scenario.nodes() - 1), expected - figures.distinct(),
                warmUpExpected - arrived(WARM_UP), warmUp, counters());
    }

    private void start() throws IOException, InterruptedException {
        for (int i = 0; i < scenario.processes(); i++) {
            processes.add(new HostProcess(scenario, i, options));
        }
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < scenario.nodes(); i++) {
            String dialled = scenario.topology().dialled(i, scenario.nodes()).stream().map(addresses::get)
                    .collect(Collectors.joining(","));
            addresses.add(of(i, "start " + i + " " + dialled));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
        while (!all("connected", ANSWER_SECONDS).stream().allMatch(Boolean::parseBoolean)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("not all nodes are connected after " + CONNECT_SECONDS + " s");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Plays a phase and waits for what is under way; how many deliveries there are to be. */
    private long phase(int phase, int seconds) throws IOException, InterruptedException {
        long published = all("play " + phase + " " + seconds, seconds + ANSWER_SECONDS).stream()
                .flatMap(told -> Arrays.stream(told.split(","))).filter(told -> !told.isEmpty())
                .mapToLong(told -> Long.parseLong(told.split(":")[1])).sum();
        long expected = published * (scenario.nodes() - 1);
        long arrived = -1;
        long since = System.nanoTime();
        for (long now = arrived(phase); now < expected; now = arrived(phase)) {
            if (now != arrived) {
                arrived = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(options.patienceSeconds())) {
                break;
            }
            Thread.sleep(POLL_MILLIS);
        }
        Thread.sleep(GRACE_MILLIS);
        return expected;
    }

    private long arrived(int phase) throws IOException, InterruptedException {
        return all("arrived " + phase, ANSWER_SECONDS).stream().mapToLong(Long::parseLong).sum();
    }

    /** Tells the profiler of each process something; it samples by time, and only during the measured phase. */
    private void profile(String command) throws IOException, InterruptedException {
        if (!options.profile().isEmpty()) {
            for (HostProcess process : processes) {
                process.send("profile " + command + ",file=" + process.file(".profile.txt"));
                process.answer(ANSWER_SECONDS);
            }
        }
    }

    private Map<String, long[]> counters() throws IOException, InterruptedException {
        Map<String, long[]> counters = new TreeMap<>();
        for (int i = 0; i < scenario.nodes(); i++) {
            for (String counter : of(i, "counters " + i).split(",")) {
                int colon = counter.lastIndexOf(':');
                if (colon > 0) {
                    counters.computeIfAbsent(counter.substring(0, colon), name -> new long[scenario.nodes()])[i] =
                            Long.parseLong(counter.substring(colon + 1));
                }
            }
        }
        return counters;
    }

    private String of(int node, String line) throws IOException, InterruptedException {
        HostProcess process = processes.get(scenario.jvmEach() ? node : 0);
        process.send(line);
        return process.answer(ANSWER_SECONDS);
    }

    private List<String> all(String line, long seconds) throws IOException, InterruptedException {
        for (HostProcess process : processes) {
            process.send(line);
        }
        List<String> answers = new ArrayList<>();
        for (HostProcess process : processes) {
            answers.add(process.answer(seconds));
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        // All at once: each says goodbye to those that are still there.
        for (HostProcess process : processes) {
            process.quit();
        }
        for (HostProcess process : processes) {
            process.close();
        }
    }
}
