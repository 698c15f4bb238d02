// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/** What a process holds as time goes on, as its JVM says over JMX: in numbers, and in a picture. */
final class Vitals {

    private static final double NANOS_AN_HOUR = 3.6e12;
    private static final double MIB = 1 << 20;
    private static final int WIDTH = 800;
    private static final int HEIGHT = 150;
    private static final int MARGIN = 60;

    private final JmxClient jmx;
    private final long begun = System.nanoTime();
    private final List<Double> hours = new ArrayList<>();
    private final Map<Vital, List<Double>> values = new EnumMap<>(Vital.class);

    /** What is looked at. */
    enum Vital {
        /** MiB that are left after a full collection. */
        HEAP("Memory", "HeapMemoryUsage"),
        THREADS("Threading", "ThreadCount"),
        /** Sockets and files. */
        DESCRIPTORS("OperatingSystem", "OpenFileDescriptorCount"),
        /** Those of class loaders that are gone are unloaded. */
        CLASSES("ClassLoading", "LoadedClassCount");

        private final String bean;
        private final String attribute;

        Vital(String bean, String attribute) {
            this.bean = bean;
            this.attribute = attribute;
        }
    }

    Vitals(JmxClient jmx) {
        this.jmx = jmx;
        for (Vital vital : Vital.values()) {
            values.put(vital, new ArrayList<>());
        }
    }

    /** Collects what is garbage, and looks. */
    void look() throws IOException, JMException {
        jmx.beans().invoke(new ObjectName("java.lang:type=Memory"), "gc", new Object[0], new String[0]);
        hours.add((System.nanoTime() - begun) / NANOS_AN_HOUR);
        for (Vital vital : Vital.values()) {
            Object value = jmx.beans().getAttribute(new ObjectName("java.lang:type=" + vital.bean), vital.attribute);
            values.get(vital).add(value instanceof CompositeData usage
                    ? ((Number) usage.get("used")).longValue() / MIB : ((Number) value).doubleValue());
        }
    }

    /** What is left of the first third is warm-up. */
    private int warm() {
        return hours.size() / 3;
    }

    /** How much more it is at least in the last third than in the one before: what comes and goes is not counted. */
    double growth(Vital vital) {
        List<Double> all = values.get(vital);
        int last = 2 * all.size() / 3;
        return least(all.subList(last, all.size())) - least(all.subList(warm(), last));
    }

    private static double least(List<Double> some) {
        return some.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /**
     * How many percent an hour it grows after the warm-up, by least squares.
     *
     * @param errors how many standard errors less are named: 2 for what it surely grows
     */
    double percentAnHour(Vital vital, int errors) {
        List<Double> y = values.get(vital).subList(warm(), hours.size());
        List<Double> x = hours.subList(warm(), hours.size());
        double meanX = mean(x);
        double meanY = mean(y);
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < x.size(); i++) {
            xx += (x.get(i) - meanX) * (x.get(i) - meanX);
            xy += (x.get(i) - meanX) * (y.get(i) - meanY);
        }
        double slope = xy / xx;
        double squares = 0;
        for (int i = 0; i < x.size(); i++) {
            double off = y.get(i) - meanY - slope * (x.get(i) - meanX);
            squares += off * off;
        }
        return 100 * (slope - errors * Math.sqrt(squares / (x.size() - 2) / xx)) / meanY;
    }

    private static double mean(List<Double> some) {
        return some.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** A curve for each, one below the other. */
    void draw(Path file) throws IOException {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"14\"><rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH, values.size() * HEIGHT + MARGIN / 2));
        double longest = hours.get(hours.size() - 1);
        int bottom = 0;
        for (Map.Entry<Vital, List<Double>> each : values.entrySet()) {
            bottom += HEIGHT;
            double most = each.getValue().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < hours.size(); i++) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L",
                        MARGIN + (WIDTH - 2 * MARGIN) * hours.get(i) / longest,
                        bottom - (HEIGHT - MARGIN / 2.0) * each.getValue().get(i) / most));
            }
            svg.append(String.format(Locale.ROOT, "<path d=\"M%d %dH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%d\">%s,"
                    + " at most %.0f</text><path fill=\"none\" stroke=\"#1f77b4\" stroke-width=\"2\" d=\"%s\"/>%n",
                    MARGIN, bottom, WIDTH - MARGIN, MARGIN, bottom - HEIGHT + 20,
                    each.getKey().name().toLowerCase(Locale.ROOT), most, path));
        }
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f min</text></svg>%n",
                WIDTH - MARGIN, bottom + 20, 60 * longest));
        Files.writeString(file, svg);
    }
}
