// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ippan.network.api.Ticker;
import org.junit.jupiter.api.Test;

class WarmCipherTest {

    /** In Java, without the processor's instructions, it takes 250 to 420. */
    private static final long FAST_MICROS = 150;
    private static final int RECORD = 16 * 1024;
    private static final int TRIES = 100;

    @Test
    void longRecordsAreFastAfterIt() throws GeneralSecurityException {
        assertTrue(new WarmCipher(Ticker.system()).run() > 0);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            best = Math.min(best, nanosOfRecord(i));
        }
        assertTrue(best < TimeUnit.MICROSECONDS.toNanos(FAST_MICROS), best + " ns for a record of 16 KiB");
    }

    private static long nanosOfRecord(int number) throws GeneralSecurityException {
        byte[] iv = new byte[12];
        iv[0] = (byte) number;
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
