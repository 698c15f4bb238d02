// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.ippan.network.api.Ticker;

/**
 * Gets the cipher of TLS compiled. The JDK uses the processor's instructions for AES-GCM only where the callers of two
 * of its methods have passed the last stage of the compiler, which counts calls. Records are long and calls are few: at
 * full speed it took most of a minute, in which a record of 16 KiB cost 420 µs, and where all are of one length it may
 * end at 57. Short calls of many lengths bring it to 5 µs in half a second. For one thread.
 */
final class WarmCipher {

    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 5;
    private static final int LONGEST = 512;
    /** Prime to it: all lengths come up, short and long ones by turns. */
    private static final int STEP = 197;
    /** Several times what the compiler counts to: it counts further where much waits for it. */
    private static final int CALLS = 30_000;
    /** Between two looks at the clock. */
    private static final int ROUND = 500;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Cipher sender;
    private final Cipher receiver;
    private final SecretKeySpec key = new SecretKeySpec(new byte[KEY_BYTES], "AES");
    private final byte[] header = new byte[HEADER_BYTES];
    private final ByteBuffer iv = ByteBuffer.allocate(IV_BYTES);
    private final ByteBuffer plain = ByteBuffer.allocate(LONGEST);
    private final ByteBuffer secret = ByteBuffer.allocate(LONGEST + TAG_BYTES);
    private final Ticker ticker;
    private int length;

    WarmCipher(Ticker ticker) throws GeneralSecurityException {
        this.ticker = ticker;
        sender = Cipher.getInstance("AES/GCM/NoPadding");
        receiver = Cipher.getInstance("AES/GCM/NoPadding");
    }

    /** Works for some seconds at most, or until the thread is interrupted. How many records it made. */
    int run() throws GeneralSecurityException {
        long since = ticker.nanos();
        int calls = 0;
        while (calls < CALLS && ticker.nanos() - since < MOST_NANOS && !Thread.currentThread().isInterrupted()) {
            for (int i = 0; i < ROUND; i++) {
                length = (length + STEP) % LONGEST;
                record(length);
            }
            calls += ROUND;
        }
        return calls;
    }

    /** One record there and back, as the engine of the JDK makes and reads it. */
    private void record(int bytes) throws GeneralSecurityException {
        iv.putLong(0, iv.getLong(0) + 1);
        GCMParameterSpec parameters = new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv.array());
        sender.init(Cipher.ENCRYPT_MODE, key, parameters);
        receiver.init(Cipher.DECRYPT_MODE, key, parameters);
        plain.clear().limit(bytes);
        secret.clear();
        sender.updateAAD(header);
        sender.doFinal(plain, secret);
        secret.flip();
        plain.clear();
        receiver.updateAAD(header);
        receiver.doFinal(secret, plain);
    }
}
