// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;

/**
 * One codec with its idle workers: as many as are ever busy at once, up to a bound; more are made and thrown away. Not
 * kept by thread: publishers' threads are not ours, and the memory of a worker lies outside the heap. A worker that
 * throws is not used again. Safe for any thread, without a lock.
 */
final class WorkerPool {

    private static final int MAX_IDLE = 16;
    /** The longest scratch space a worker keeps. */
    private static final int MAX_KEPT = 1 << 16;

    private final PayloadCodec codec;
    private final AtomicReferenceArray<Bench> idle = new AtomicReferenceArray<>(MAX_IDLE);
    private volatile boolean closed;

    /** A worker with its scratch space. */
    private static final class Bench {

        private final CodecWorker worker;
        private byte[] scratch = {};

        Bench(CodecWorker worker) {
            this.worker = worker;
        }

        byte[] scratch(int length) {
            if (length > MAX_KEPT) {
                return new byte[length];
            }
            if (scratch.length < length) {
                scratch = new byte[length];
            }
            return scratch;
        }
    }

    WorkerPool(PayloadCodec codec) {
        this.codec = codec;
    }

    /** The compressed form of a payload, or null if it has more bytes than the limit. */
    byte[] compress(byte[] raw, int limit) {
        Bench bench = take();
        byte[] scratch = bench.scratch(limit);
        int length = bench.worker.compress(raw, scratch, limit);
        byte[] packed = length == CodecWorker.TOO_LONG ? null : Arrays.copyOf(scratch, length);
        give(bench);
        return packed;
    }

    /** Whether the compressed form is one whole that filled the payload exactly. */
    boolean inflate(ByteBuffer packed, byte[] raw) {
        Bench bench = take();
        boolean whole = bench.worker.inflate(packed, raw);
        give(bench);
        return whole;
    }

    private Bench take() {
        for (int i = 0; i < MAX_IDLE; i++) {
            Bench bench = idle.get(i);
            if (bench != null && idle.compareAndSet(i, bench, null)) {
                return bench;
            }
        }
        return new Bench(codec.newWorker());
    }

    private void give(Bench bench) {
        for (int i = 0; i < MAX_IDLE; i++) {
            if (idle.compareAndSet(i, null, bench)) {
                if (closed) {
                    closeIdle();
                }
                return;
            }
        }
        bench.worker.close();
    }

    /** Ends the idle workers now, and the busy ones when they have done. */
    void close() {
        closed = true;
        closeIdle();
    }

    /** Whether it was ended, as far as its codec let it. */
    boolean isClosed() {
        return closed;
    }

    private void closeIdle() {
        for (int i = 0; i < MAX_IDLE; i++) {
            Bench bench = idle.getAndSet(i, null);
            if (bench != null) {
                bench.worker.close();
            }
        }
    }
}
