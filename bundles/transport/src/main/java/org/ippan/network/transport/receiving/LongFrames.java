// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.HeapArrays;
import org.ippan.network.api.rate.StrangersPart;

/**
 * Room for frames so long that they come in many reads, on all connections together: a part of the heap, of which
 * connections that others opened leave a quarter. One may always be gathered, however long it is. Room for the whole
 * frame is taken when it begins, so that frames never wait for each other half-way. Safe for any thread.
 */
public final class LongFrames {

    /** What a frame may take to arrive, beside the time its length needs. */
    private static final long BASE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Slowest rate at which a body may arrive, in bytes per second. */
    private static final long BYTES_PER_SECOND = 16 * 1024;
    /** The same of a long frame while others wait for its room. */
    private static final long SHORT_BASE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORT_BYTES_PER_SECOND = 64 * 1024;
    /** For so long after a frame found no room there is little. */
    private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Shorter frames need no room: they are soon there. With little memory those of a part of it do. */
    private static final int LONG = 64 * 1024;
    private static final int LONG_PART = 256;
    private static final int LEAST_LONG = 16 * 1024;

    private final long most;
    private final long longest;
    private final AtomicLong all = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private volatile boolean wasShort;
    private volatile long shortAt;

    /** Room for so many bytes. */
    public LongFrames(long most) {
        this.most = most;
        this.longest = Math.max(LEAST_LONG, Math.min(LONG, most / LONG_PART));
    }

    /** What one connection may take. */
    public Share share(boolean dialled) {
        return new Share(dialled);
    }

    private boolean take(boolean dialled, long bytes, long now) {
        long others = all.getAndAdd(bytes);
        long strangers = dialled ? 0 : accepted.getAndAdd(bytes);
        boolean admits = (others == 0 || others + bytes <= most)
                && (strangers == 0 || strangers + bytes <= StrangersPart.of(most));
        if (!admits) {
            giveBack(dialled, bytes);
            shortAt = now;
            wasShort = true;
        }
        return admits;
    }

    private void giveBack(boolean dialled, long bytes) {
        all.addAndGet(-bytes);
        accepted.addAndGet(dialled ? 0 : -bytes);
    }

    /** The room as one connection sees it. Confined to its event loop. */
    public final class Share {

        private final boolean dialled;
        private long taken;
        /** Whether the frame that it was taken for was handed on. */
        private boolean done;

        private Share(boolean dialled) {
            this.dialled = dialled;
        }

        /** Takes room for a frame, if it needs some and none was taken for it. Whether it has what it needs. */
        boolean take(int length, long now) {
            long bytes = HeapArrays.taken(length);
            settled();
            if (length > longest && taken == 0 && LongFrames.this.take(dialled, bytes, now)) {
                taken = bytes;
            }
            return length <= longest || taken > 0;
        }

        /** The frame was handed on: whose connection is not read because of it keeps the room, as the frame stays. */
        void done() {
            done = true;
        }

        /** What was handed on needs no more room here. */
        void settled() {
            if (done) {
                giveBack();
            }
        }

        /** The frame was dealt with, or given up. */
        void giveBack() {
            if (taken > 0) {
                LongFrames.this.giveBack(dialled, taken);
                taken = 0;
            }
            done = false;
        }

        /** How long a frame of this length may take to arrive. */
        long nanosFor(int length, long now) {
            boolean hurry = taken > 0 && wasShort && now - shortAt < SHORT_NANOS;
            return (hurry ? SHORT_BASE_NANOS : BASE_NANOS)
                    + TimeUnit.SECONDS.toNanos(length) / (hurry ? SHORT_BYTES_PER_SECOND : BYTES_PER_SECOND);
        }
    }
}
