// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The process and its JVM under the names that every dashboard knows. What the system does not tell, as {@code /proc}
 * outside Linux, is left out. Confined to one thread.
 */
public final class ProcessMetrics {

    private static final Path PROC = Path.of("/proc/self");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
    private static final Pattern MOST_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+) .*$");
    private static final double BYTES_PER_KB = 1024;
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private final List<MetricSnapshot> found = new ArrayList<>();

    private ProcessMetrics() {
    }

    /** How they are now. */
    public static List<MetricSnapshot> all() {
        ProcessMetrics metrics = new ProcessMetrics();
        metrics.process();
        metrics.jvm();
        return metrics.found;
    }

    private void process() {
        ProcessHandle.Info info = ProcessHandle.current().info();
        info.totalCpuDuration().map(Duration::toNanos).ifPresent(nanos -> found.add(new CounterSnapshot(
                new MetricMetadata("process_cpu_seconds", "Processor time used by the process, in seconds."),
                List.of(new CounterDataPointSnapshot(nanos / NANOS, Labels.EMPTY, null, 0)))));
        info.startInstant().map(Instant::toEpochMilli).ifPresent(millis -> gauge("process_start_time_seconds",
                "Time at which the process started, in seconds since 1970.", millis / MILLIS));
        read("status", RESIDENT).ifPresent(kilobytes -> gauge("process_resident_memory_bytes",
                "Memory of the process that is in RAM, in bytes.", kilobytes * BYTES_PER_KB));
        read("limits", MOST_FILES).ifPresent(most -> gauge("process_max_fds", "Most file descriptors.", most));
        try (Stream<Path> open = Files.list(PROC.resolve("fd"))) {
            gauge("process_open_fds", "File descriptors that are open.", open.count());
        } catch (IOException e) {
            return; // No such system.
        }
    }

    private static Optional<Double> read(String file, Pattern line) {
        try {
            Matcher matcher = line.matcher(Files.readString(PROC.resolve(file)));
            return matcher.find() ? Optional.of(Double.valueOf(matcher.group(1))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void jvm() {
        Map<String, MemoryUsage> areas = new LinkedHashMap<>();
        areas.put("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
        areas.put("nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        byArea("jvm_memory_used_bytes", "Memory of the JVM in use, in bytes.", areas, MemoryUsage::getUsed);
        byArea("jvm_memory_committed_bytes", "Memory the JVM has reserved, in bytes.", areas,
                MemoryUsage::getCommitted);
        byArea("jvm_memory_max_bytes", "Most memory the JVM may use, in bytes; -1 without a limit.", areas,
                MemoryUsage::getMax);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        gauge("jvm_threads_current", "Threads that live.", threads.getThreadCount());
        gauge("jvm_threads_daemon", "Daemon threads that live.", threads.getDaemonThreadCount());
        gauge("jvm_classes_currently_loaded", "Classes that are loaded.",
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        found.add(new SummarySnapshot(new MetricMetadata("jvm_gc_collection_seconds",
                "Garbage collections, and the time they took, in seconds."),
                ManagementFactory.getGarbageCollectorMXBeans().stream().map(ProcessMetrics::collections).toList()));
    }

    private static SummaryDataPointSnapshot collections(GarbageCollectorMXBean collector) {
        return SummaryDataPointSnapshot.builder().labels(Labels.of("gc", collector.getName()))
                .count(collector.getCollectionCount()).sum(collector.getCollectionTime() / MILLIS).build();
    }

    private void byArea(String name, String help, Map<String, MemoryUsage> areas,
            ToLongFunction<MemoryUsage> amount) {
        found.add(new GaugeSnapshot(new MetricMetadata(name, help), areas.entrySet().stream().map(area ->
                new GaugeDataPointSnapshot(amount.applyAsLong(area.getValue()), Labels.of("area", area.getKey()), null))
                .toList()));
    }

    private void gauge(String name, String help, double value) {
        found.add(new GaugeSnapshot(new MetricMetadata(name, help),
                List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null))));
    }
}
