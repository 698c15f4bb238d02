// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import one.profiler.AsyncProfiler;
import org.ippan.network.benchmarks.contender.Contenders;
import org.ippan.network.benchmarks.contender.Member;
import org.ippan.network.benchmarks.contender.Seat;
import org.ippan.network.benchmarks.measure.Collections;
import org.ippan.network.benchmarks.measure.Figures;
import org.ippan.network.benchmarks.measure.Meter;
import org.ippan.network.benchmarks.measure.Recorder;
import org.ippan.network.benchmarks.scenario.Scenario;

/** The members of this process. One thread calls it. */
final class Stage implements AutoCloseable {

    /** How long after the end of a phase a publisher may still wait for room before the system stands still. */
    private static final long STANDSTILL_SECONDS = 30;

    private final Map<Integer, Member> members = new TreeMap<>();
    private final Map<Integer, Recorder> recorders = new TreeMap<>();
    private final Collections collections = new Collections();
    private final Scenario scenario;
    private final Path folder;
    private final Map<String, String> settings;
    /** Kept to the end: a thread that has ended tells no more what it allocated. */
    private final ExecutorService threads;
    private Meter meter = new Meter();
    private long begin;

    Stage(Scenario scenario, Path folder, Map<String, String> settings) {
        this.scenario = scenario;
        this.folder = folder;
        this.settings = settings;
        threads = Executors.newFixedThreadPool(scenario.sequences(),
                task -> new Thread(task, "benchmark-publisher"));
    }

    /** Starts a member, and says where it is. */
    String start(int index, List<String> dialled) throws Exception {
        Recorder recorder = new Recorder(scenario.sequences());
        recorders.put(index, recorder);
        Member member = Contenders.start(new Seat(scenario, index, dialled,
                scenario.topology().links(index, scenario.nodes()), recorder, settings, folder.resolve("keys.p12")));
        members.put(index, member);
        return member.address();
    }

    boolean connected() {
        return members.values().stream().allMatch(Member::connected);
    }

    /** Plays a phase, and says how much each publisher of this process published, as {@code index:count}. */
    String play(int phase, int seconds) throws InterruptedException, ExecutionException {
        collections.reset();
        meter = new Meter();
        begin = System.nanoTime();
        List<Publisher> publishers = IntStream.range(0, scenario.sequences())
                .filter(sequence -> members.containsKey(sequence % scenario.publishers()))
                .mapToObj(sequence -> new Publisher(scenario, phase, sequence,
                        members.get(sequence % scenario.publishers()), begin, TimeUnit.SECONDS.toNanos(seconds)))
                .toList();
        for (Future<Void> end : threads.invokeAll(publishers, seconds + STANDSTILL_SECONDS, TimeUnit.SECONDS)) {
            if (end.isCancelled()) {
                throw new IllegalStateException("it stands still: a publisher still waits " + STANDSTILL_SECONDS
                        + " s after its phase, published so far: " + published(publishers));
            }
            end.get();
        }
        return published(publishers);
    }

    private static String published(List<Publisher> publishers) {
        return publishers.stream().map(publisher -> publisher.sequence() + ":" + publisher.published())
                .collect(Collectors.joining(","));
    }

    /** How many different messages of a phase have arrived at the members of this process. */
    long arrived(int phase) {
        return recorders.values().stream().mapToLong(recorder -> recorder.distinct(phase)).sum();
    }

    /** What was measured since {@link #play}. */
    Figures figures(int phase) {
        Figures process = new Figures(0, 0, 0, begin, Figures.NONE.last(), meter.read(),
                collections.longestMillis(), collections.peakBytes(), Collections.liveBytes(), Figures.NONE.micros(),
                Figures.NONE.micros());
        return recorders.values().stream()
                .map(recorder -> Figures.of(recorder, phase, scenario.sequences(), scenario.publishers()))
                .reduce(process, Figures::plus);
    }

    /** What a member counted, as {@code name:value}. */
    String counters(int index) {
        List<String> all = new ArrayList<>();
        members.get(index).counters().forEach((name, value) -> all.add(name + ":" + value));
        return String.join(",", all);
    }

    /** Tells the profiler something in its own language. */
    String profile(String command) throws IOException {
        String answer = AsyncProfiler.getInstance().execute(command);
        return answer.lines().findFirst().orElse("");
    }

    /** Members have files to remove and threads to end. */
    @Override
    public void close() {
        members.values().forEach(Member::close);
        threads.shutdownNow();
    }
}
