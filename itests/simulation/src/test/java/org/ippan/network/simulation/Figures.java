// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.ippan.network.api.transport.FrameType;

/**
 * What a stretch of steady traffic cost and how fast it was.
 *
 * @param messages published in it
 * @param missed deliveries that did not happen
 * @param rmr bodies sent for each delivery, less the one that is needed
 * @param bytes on the wire for each delivery, everything included
 * @param p50 median time of delivery, in mean one-way delays
 * @param p99 the same for all but one in a hundred
 * @param max for the slowest
 * @param hops most hops a message took
 */
record Figures(int messages, long missed, double rmr, double bytes, double p50, double p99, double max, int hops) {

    private static final Duration LAST_ARRIVALS = Duration.ofSeconds(10);

    /** Sends for a while without looking, then measures. */
    static Figures measure(Overlay overlay, int perSecond, Duration warmUp, Duration measured, Progress progress) {
        stretch(overlay, perSecond, warmUp, progress);
        int first = overlay.ledger.entries().size();
        long bodies = overlay.network.framesDelivered(FrameType.GOSSIP);
        long bytes = overlay.network.bytesDelivered();
        stretch(overlay, perSecond, measured, progress);
        long bytesSent = overlay.network.bytesDelivered() - bytes;
        overlay.pass(LAST_ARRIVALS);
        long bodiesSent = overlay.network.framesDelivered(FrameType.GOSSIP) - bodies;
        List<Ledger.Entry> entries = overlay.ledger.since(first);
        long due = (long) entries.size() * (overlay.nodes.size() - 1);
        double[] seconds = overlay.ledger.sortedSeconds(entries);
        return new Figures(entries.size(), due - seconds.length, (double) bodiesSent / due - 1,
                (double) bytesSent / due, delays(seconds, 0.5), delays(seconds, 0.99), delays(seconds, 1),
                entries.stream().mapToInt(Ledger.Entry::mostHops).max().orElse(0));
    }

    private static void stretch(Overlay overlay, int perSecond, Duration duration, Progress progress) {
        for (long second = 1; second <= duration.toSeconds(); second++) {
            overlay.traffic(perSecond, Duration.ofSeconds(1));
            progress.at(overlay);
        }
    }

    /** A quantile in mean one-way delays. */
    static double delays(double[] sortedSeconds, double quantile) {
        if (sortedSeconds.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(quantile * sortedSeconds.length) - 1;
        return sortedSeconds[Math.max(0, index)] * 1000 / Wan.MEAN.toMillis();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "messages %d, missed %d, RMR %.3f, bytes %.0f, p50/p99/max %.1f/%.1f/%.1f,"
                + " hops %d", messages, missed, rmr, bytes, p50, p99, max, hops);
    }
}
