// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ippan.network.api.Ticker;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;

class WarmCipherTest {

    /** In Java, without the processor's instructions, it takes 250 to 420. */
    private static final long FAST_MICROS = 150;
    private static final int RECORD = 16 * 1024;
    private static final int TRIES = 10;
    /** The compiler works in the background, and waits for a processor where other tests run. */
    private static final Duration COMPILED = Duration.ofSeconds(30);

    private int number;

    @Test
    void longRecordsAreFastAfterIt() throws GeneralSecurityException {
        assertTrue(new WarmCipher(Ticker.system()).run() > 0);
        Eventually.until(() -> best() + " ns for a record of 16 KiB", COMPILED,
                () -> best() < TimeUnit.MICROSECONDS.toNanos(FAST_MICROS));
    }

    private long best() {
        return LongStream.generate(this::nanosOfRecord).limit(TRIES).min().orElseThrow();
    }

    private long nanosOfRecord() {
        byte[] iv = ByteBuffer.allocate(12).putInt(number++).array();
        try {
            return nanosOfRecord(iv);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static long nanosOfRecord(byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, iv));
        byte[] record = new byte[RECORD];
        long since = System.nanoTime();
        cipher.doFinal(record);
        return System.nanoTime() - since;
    }

    @Test
    void anInterruptEndsItAndStays() throws GeneralSecurityException {
        Thread.currentThread().interrupt();
        int records = new WarmCipher(Ticker.system()).run();
        assertTrue(Thread.interrupted());
        assertEquals(0, records);
    }
}
