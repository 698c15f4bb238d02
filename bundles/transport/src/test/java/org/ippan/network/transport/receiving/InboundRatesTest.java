// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.ippan.network.transport.settings.TransportSettings.Inbound;
import org.junit.jupiter.api.Test;

/** What a peer may send, with time as a number. */
final class InboundRatesTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Reads whatever comes as fast as it may for 10 s; gives how many messages that were. */
    private static int read(Inbound limits, int length) {
        InboundRates rates = new InboundRates(limits, 0);
        int messages = 0;
        for (long now = 0; now < 10 * SECOND; now += rates.message(length, now)) {
            messages++;
        }
        return messages;
    }

    @Test
    void shouldReadMessagesAtTheirRate() {
        assertEquals(10_100, read(new Inbound(1_000, 0, 5_000), 200), 1);
    }

    @Test
    void shouldReadBytesAtTheirRateHoweverLongAMessageIs() {
        assertEquals(10_100, read(new Inbound(0, 200_000, 5_000), 200), 1);
        assertEquals(3, read(new Inbound(0, 200_000, 5_000), 1_000_000));
    }

    @Test
    void shouldKeepTheStricterOfBothRates() {
        assertEquals(1_010, read(new Inbound(100, 200_000, 5_000), 200), 1);
    }

    @Test
    void shouldReadAsManyAsComeWithoutARate() {
        InboundRates rates = new InboundRates(new Inbound(0, 0, 5_000), 0);

        for (int i = 0; i < 1_000_000; i++) {
            assertEquals(0, rates.message(1 << 20, 0));
        }
    }

    @Test
    void shouldHeedASecondsWorthOfControlFramesAtOnceAndThenTheirRate() {
        InboundRates rates = new InboundRates(new Inbound(0, 0, 5_000), 0);
        int heeded = 0;

        for (long now = 0; now < 10 * SECOND; now += MILLI / 20) {
            heeded += rates.control(now) ? 1 : 0;
        }

        assertEquals(55_000, heeded, 2);
        assertFalse(rates.isOffence());
    }

    @Test
    void shouldTakeItForAnOffenceAfterThirtySecondsOnEnd() {
        InboundRates rates = new InboundRates(new Inbound(0, 0, 100), 0);

        assertEquals(31, secondsToOffence(rates, 0), 1);
    }

    @Test
    void shouldBeginAnewAfterTwoSecondsWithoutExcess() {
        InboundRates rates = new InboundRates(new Inbound(0, 0, 100), 0);
        flood(rates, 0, 29 * SECOND);
        assertFalse(rates.isOffence());

        assertEquals(31, secondsToOffence(rates, 31 * SECOND), 1);
    }

    private static long secondsToOffence(InboundRates rates, long from) {
        for (int second = 0; second < 60; second++) {
            flood(rates, from + second * SECOND, SECOND);
            if (rates.isOffence()) {
                return second;
            }
        }
        throw new AssertionError("no offence in a minute");
    }

    private static void flood(InboundRates rates, long from, long nanos) {
        boolean refused = false;
        for (long now = from; now < from + nanos; now += MILLI) {
            refused |= !rates.control(now);
        }
        assertTrue(refused || nanos <= SECOND);
    }
}
