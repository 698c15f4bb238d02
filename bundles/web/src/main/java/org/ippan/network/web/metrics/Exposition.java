// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.metrics.HistogramSnapshot;
import org.ippan.network.api.operator.SourceNames;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.web.http.Answer;

/**
 * What Prometheus reads: every number of every snapshot, named by {@link MetricName}, and of every connected or
 * configured peer. Confined to one thread.
 */
public final class Exposition {

    /** Label sets of one name; what is beyond is added up under {@link #OTHER}. */
    static final int MAX_LABELS = 256;
    static final int MAX_PEERS = 512;
    static final String OTHER = "other";

    private static final ExpositionFormatWriter OPEN_METRICS = OpenMetricsTextFormatWriter.create();
    private static final ExpositionFormatWriter PROMETHEUS = PrometheusTextFormatWriter.create();
    private static final int SHORT_ID = 16;

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final List<MetricSnapshot> others = new ArrayList<>();

    /** All numbers of one name: what they are, and one value or more, told apart by labels. */
    private record Family(MetricName name, Measured first, int most, Map<List<String>, Object> values) {

        String owner() {
            return first.path().get(0);
        }

        /** Whether a number is one of these: those of an application join no others. */
        boolean takes(Measured measured) {
            String from = measured.path().get(0);
            return from.equals(owner()) && first.counter() == measured.counter()
                    && first.value().getClass() == measured.value().getClass() || SourceNames.isOfNetwork(from);
        }

        void add(List<String> labels, Object value) {
            List<String> bounded = values.containsKey(labels) || values.size() < most ? labels : others(labels);
            values.merge(bounded, value, (a, b) -> a instanceof Double x && b instanceof Double y ? x + y : b);
        }

        private static List<String> others(List<String> labels) {
            List<String> others = new ArrayList<>(labels);
            for (int i = 1; i < others.size(); i += 2) {
                others.set(i, OTHER);
            }
            return others;
        }
    }

    /** Adds the numbers of a bundle; behind a dot stands which of several of one kind it is. */
    public Exposition add(String source, Record snapshot) {
        int dot = source.indexOf('.');
        List<String> labels = dot < 0 ? List.of() : List.of("name", source.substring(dot + 1));
        return addAll(Measured.of(snapshot, List.of(dot < 0 ? source : source.substring(0, dot)), labels));
    }

    /** Adds numbers that are told apart by their labels. */
    public Exposition addAll(List<Measured> numbers) {
        numbers.forEach(each -> add(each, MAX_LABELS));
        return this;
    }

    /** Adds what is named by others than this bundle. */
    public Exposition addOthers(List<MetricSnapshot> snapshots) {
        others.addAll(snapshots);
        return this;
    }

    /** Adds what tells this node from others, to be joined to any of its numbers. */
    public Exposition build(String version, String network, String node) {
        String id = node.substring(0, Math.min(SHORT_ID, node.length()));
        return addOthers(List.of(InfoSnapshot.builder().name("ippan_build").help("What this node is.")
                .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of("java", System.getProperty("java.version"),
                        "network", network, "node", id, "version", version)).build()).build()));
    }

    /** Adds the numbers of peers, connected ones first. */
    public Exposition add(List<Peer> peers) {
        peers.stream().filter(peer -> peer.connected() || peer.configured()).forEach(peer ->
                Measured.of(peer, List.of("Peer"), List.of("peer", name(peer))).forEach(each -> add(each, MAX_PEERS)));
        return this;
    }

    private static String name(Peer peer) {
        return peer.alias().isEmpty() ? peer.id().map(id -> id.toString().substring(0, SHORT_ID))
                .orElse(peer.address().toString()) : peer.alias();
    }

    private void add(Measured measured, int most) {
        if (!MetricName.isRate(measured.unit())) {
            MetricName name = MetricName.of(measured.path(), measured.unit());
            Family family = families.compute(name.text(), (any, known) -> known != null && !isReplaced(known, measured)
                    ? known : new Family(name, measured, most, new LinkedHashMap<>()));
            if (family.takes(measured)) {
                family.add(measured.labels(), measured.value());
            }
        }
    }

    /** Whether an application has the name of a number of the network. */
    private static boolean isReplaced(Family known, Measured by) {
        return !SourceNames.isOfNetwork(known.owner()) && !known.owner().equals(by.path().get(0))
                && SourceNames.isOfNetwork(by.path().get(0));
    }

    /** The answer in the format a scraper asks for: OpenMetrics or, if it asks for nothing we know, the older text. */
    public Answer answer(String accept) {
        ExpositionFormatWriter writer = OPEN_METRICS.accepts(accept) ? OPEN_METRICS : PROMETHEUS;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, new MetricSnapshots(Stream.concat(families.values().stream()
                    .flatMap(Exposition::snapshots), others.stream()).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Answer.of(writer.getContentType(), out.toByteArray());
    }

    /** None where no scraper would read it: one name of an application must not cost all other numbers. */
    private static Stream<MetricSnapshot> snapshots(Family family) {
        try {
            return Stream.of(snapshot(family));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static MetricSnapshot snapshot(Family family) {
        MetricMetadata metadata = new MetricMetadata(family.name().text(), family.first().text(),
                family.name().unit().isEmpty() ? null : new Unit(family.name().unit()));
        double scale = family.name().scale();
        if (family.first().value() instanceof HistogramSnapshot) {
            return new io.prometheus.metrics.model.snapshots.HistogramSnapshot(metadata, family.values().values()
                    .stream().map(value -> point((HistogramSnapshot) value, scale)).toList());
        }
        if (family.first().counter()) {
            return new CounterSnapshot(metadata, family.values().entrySet().stream().map(each ->
                    new CounterDataPointSnapshot(scale * (Double) each.getValue(), labels(each.getKey()), null, 0))
                    .toList());
        }
        return new GaugeSnapshot(metadata, family.values().entrySet().stream().map(each ->
                new GaugeDataPointSnapshot(scale * (Double) each.getValue(), labels(each.getKey()), null)).toList());
    }

    private static Labels labels(List<String> labels) {
        return Labels.of(labels.toArray(String[]::new));
    }

    /** Buckets of Prometheus count what lies between their bounds, ours what lies below them. */
    private static HistogramDataPointSnapshot point(HistogramSnapshot durations, double scale) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (HistogramSnapshot.Bucket bucket : durations.buckets()) {
            buckets.bucket(bucket.upToMillis() * scale, bucket.count() - below);
            below = bucket.count();
        }
        buckets.bucket(Double.POSITIVE_INFINITY, durations.samples() - below);
        return HistogramDataPointSnapshot.builder().classicHistogramBuckets(buckets.build())
                .sum(durations.sumMillis() * scale).build();
    }
}
