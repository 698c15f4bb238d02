// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final int MEASURED = 1;

    private final Recorder recorder = new Recorder(2);

    @Test
    void shouldCountWhatCameOnceTwiceAndLate() {
        for (long number : new long[] {0, 1, 3, 2, 3, 100_000}) {
            hear(MEASURED, 0, number, 0);
        }
        hear(MEASURED, 1, 0, 0);
        hear(0, 0, 0, 0);

        Figures figures = Figures.of(recorder, MEASURED, 2, 2);
        assertEquals(6, figures.distinct());
        assertEquals(1, figures.doubled());
        assertEquals(1, figures.disordered());
        assertEquals(6, recorder.distinct(MEASURED));
        assertEquals(1, recorder.distinct(0));
    }

    @Test
    void shouldMeasureFromTheStampToTheDelivery() {
        hear(MEASURED, 0, 0, TimeUnit.SECONDS.toNanos(3));

        long micros = Figures.of(recorder, MEASURED, 1, 1).micros().getMaxValue();
        assertTrue(micros >= 3_000_000 && micros < 60_000_000, micros + " us");
    }

    @Test
    void shouldKeepLatenciesOfWhatIsUrgentApart() {
        hear(MEASURED, 0, 0, TimeUnit.SECONDS.toNanos(3));
        hear(MEASURED, 1, 0, 0);

        Figures figures = Figures.parse(Figures.of(recorder, MEASURED, 2, 1).text());

        assertEquals(2, figures.distinct());
        assertEquals(1, figures.micros().getTotalCount());
        assertEquals(1, figures.urgentMicros().getTotalCount());
        assertTrue(figures.urgentMicros().getMaxValue() < 3_000_000);
    }

    @Test
    void shouldReadBuffersAsItReadsArrays() {
        byte[] payload = new byte[Stamp.BYTES];
        Stamp.write(payload, MEASURED, 1, 5, System.nanoTime());

        Stamp.read(recorder, payload, 0);
        Stamp.read(recorder, ByteBuffer.wrap(payload).asReadOnlyBuffer());

        assertEquals(1, Figures.of(recorder, MEASURED, 2, 2).doubled());
    }

    @Test
    void shouldAddUpWhatProcessesTell() {
        hear(MEASURED, 0, 0, 0);
        Figures node = Figures.of(recorder, MEASURED, 2, 2);
        Figures one = node.plus(new Figures(0, 0, 0, 5, Figures.NONE.last(), new Usage(7, 11), 13, 17, 19,
                Figures.NONE.micros(), Figures.NONE.micros()));
        Figures two = Figures.parse(one.text());

        Figures both = one.plus(two);

        assertEquals(one, two);
        assertEquals(2, both.distinct());
        assertEquals(new Usage(14, 22), both.usage());
        assertEquals(13, both.longestMillis());
        assertEquals(38, both.liveBytes());
        assertEquals(5, both.begin());
        assertEquals(2, both.micros().getTotalCount());
        assertEquals(0, Figures.NONE.micros().getTotalCount());
    }

    private void hear(int phase, int publisher, long number, long nanosAgo) {
        byte[] payload = new byte[Stamp.BYTES + 1];
        byte[] stamped = new byte[Stamp.BYTES];
        Stamp.write(stamped, phase, publisher, number, System.nanoTime() - nanosAgo);
        System.arraycopy(stamped, 0, payload, 1, stamped.length);
        Stamp.read(recorder, payload, 1);
    }
}
