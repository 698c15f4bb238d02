// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a payload begins with: phase and publisher, number, and the nanosecond it was due or handed over. The clock is
 * one for all processes of a machine on Linux.
 */
public final class Stamp {

    /** Bytes it takes. */
    public static final int BYTES = 3 * Long.BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Stamp() {
    }

    /**
     * Stamps a payload.
     *
     * @param payload at least {@link #BYTES} long
     * @param phase 0 or 1
     * @param publisher index of the node that publishes it
     * @param number counts up from 0 in each phase
     * @param nanos when it was due or handed over
     */
    public static void write(byte[] payload, int phase, int publisher, long number, long nanos) {
        LONG.set(payload, 0, (long) phase << Integer.SIZE | publisher);
        LONG.set(payload, Long.BYTES, number);
        LONG.set(payload, 2 * Long.BYTES, nanos);
    }

    /**
     * Tells a recorder of a payload in an array.
     *
     * @param recorder of the node that received it
     * @param array holds it
     * @param offset where it begins
     */
    public static void read(Recorder recorder, byte[] array, int offset) {
        recorder.heard((long) LONG.get(array, offset), (long) LONG.get(array, offset + Long.BYTES),
                (long) LONG.get(array, offset + 2 * Long.BYTES));
    }

    /**
     * Tells a recorder of a payload in a buffer.
     *
     * @param recorder of the node that received it
     * @param buffer begins with it
     */
    public static void read(Recorder recorder, ByteBuffer buffer) {
        int at = buffer.position();
        recorder.heard(buffer.getLong(at), buffer.getLong(at + Long.BYTES), buffer.getLong(at + 2 * Long.BYTES));
    }
}
