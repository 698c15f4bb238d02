// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one process, or all of a case together, tell of a phase.
 *
 * @param distinct deliveries, none counted twice
 * @param doubled deliveries of what the node had received before
 * @param disordered deliveries after one of the same publisher with a higher number
 * @param begin when the phase began, as the machine's clock has it
 * @param last when the last message arrived
 * @param usage processor time and bytes of the phase and of the time until all had arrived
 * @param longestMillis longest collection
 * @param peakBytes most that was on the heap after a collection
 * @param liveBytes what is alive on the heap at the end
 * @param micros latencies
 * @param urgentMicros latencies of what is urgent, which are not among the others
 */
public record Figures(long distinct, long doubled, long disordered, long begin, long last, Usage usage,
        long longestMillis, long peakBytes, long liveBytes, Histogram micros, Histogram urgentMicros) {

    private static final double NANOS = 1e9;

    /** Nothing at all: what others are added to. */
    public static final Figures NONE = new Figures(0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, new Usage(0, 0), 0, 0, 0,
            Arrivals.latencies(), Arrivals.latencies());

    /**
     * What arrived at a node.
     *
     * @param recorder of the node
     * @param phase which phase
     * @param sequences how many sequences of messages there are
     * @param urgent the first of those that are urgent
     * @return without anything that is the process's
     */
    public static Figures of(Recorder recorder, int phase, int sequences, int urgent) {
        Figures sum = NONE;
        for (int sequence = 0; sequence < sequences; sequence++) {
            Arrivals arrivals = recorder.of(phase, sequence);
            boolean hurries = sequence >= urgent;
            sum = sum.plus(new Figures(arrivals.distinct(), arrivals.doubled(), arrivals.disordered(), NONE.begin,
                    arrivals.distinct() == 0 ? NONE.last : arrivals.last(), NONE.usage, 0, 0, 0,
                    hurries ? NONE.micros : arrivals.micros(), hurries ? arrivals.micros() : NONE.micros));
        }
        return sum;
    }

    /**
     * Both together; of collections the longest, of heaps the sum.
     *
     * @param other of another process or node
     * @return new figures
     */
    public Figures plus(Figures other) {
        return new Figures(distinct + other.distinct, doubled + other.doubled, disordered + other.disordered,
                Math.min(begin, other.begin), Math.max(last, other.last),
                new Usage(usage.cpuNanos() + other.usage.cpuNanos(), usage.allocated() + other.usage.allocated()),
                Math.max(longestMillis, other.longestMillis), peakBytes + other.peakBytes,
                liveBytes + other.liveBytes, sum(micros, other.micros), sum(urgentMicros, other.urgentMicros));
    }

    private static Histogram sum(Histogram one, Histogram other) {
        Histogram both = one.copy();
        both.add(other);
        return both;
    }

    /**
     * From the begin to the last arrival.
     *
     * @return 0 if nothing arrived
     */
    public double seconds() {
        return distinct == 0 ? 0 : (last - begin) / NANOS;
    }

    /**
     * What {@link #parse} reads.
     *
     * @return one line without spaces
     */
    public String text() {
        return "distinct:" + distinct + ",doubled:" + doubled + ",disordered:" + disordered + ",begin:" + begin
                + ",last:" + last + ",cpuNanos:" + usage.cpuNanos() + ",allocated:" + usage.allocated()
                + ",longestMillis:" + longestMillis + ",peakBytes:" + peakBytes + ",liveBytes:" + liveBytes
                + ",micros:" + text(micros) + ",urgentMicros:" + text(urgentMicros);
    }

    private static String text(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /**
     * The opposite of {@link #text}.
     *
     * @param text what it returned
     * @return equal figures
     */
    public static Figures parse(String text) {
        Map<String, String> values = Arrays.stream(text.split(",")).map(pair -> pair.split(":"))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Figures(number(values, "distinct"), number(values, "doubled"), number(values, "disordered"),
                number(values, "begin"), number(values, "last"),
                new Usage(number(values, "cpuNanos"), number(values, "allocated")),
                number(values, "longestMillis"), number(values, "peakBytes"), number(values, "liveBytes"),
                histogram(values.get("micros")), histogram(values.get("urgentMicros")));
    }

    private static long number(Map<String, String> values, String name) {
        return Long.parseLong(values.get(name));
    }

    private static Histogram histogram(String encoded) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("no histogram: " + encoded, e);
        }
    }
}
