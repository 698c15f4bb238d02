// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A sequence lock: even while nothing changes, odd while one thread changes something. Readers write nothing: they take
 * the version, read plain fields (and may see nonsense), and believe it only if the version is still {@link #same}.
 * Taking the word with the version a reader saw proves that nothing changed since. Fences as in
 * {@link java.util.concurrent.locks.StampedLock}, whose read path is the same; unlike there, waiters allocate nothing.
 */
final class VersionWord {

    /** About 10 µs: longer than any change takes, so that then the holder is not running. */
    private static final int SPINS = 200;

    /** Short enough to be no pause, long enough to let the holder run. */
    private static final long PARK_NANOS = 50_000;

    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(VersionWord.class, "version", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long version;

    /** The version once no thread changes anything; waits if need be. */
    long read() {
        long seen = (long) VERSION.getAcquire(this);
        return (seen & 1) == 0 ? seen : await();
    }

    private long await() {
        for (int spins = 0;; spins++) {
            long seen = (long) VERSION.getAcquire(this);
            if ((seen & 1) == 0) {
                return seen;
            }
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, PARK_NANOS);
            }
        }
    }

    /** Whether nothing changed since {@link #read} gave this version, so that what was read between is true. */
    boolean same(long seen) {
        VarHandle.acquireFence();
        return (long) VERSION.getOpaque(this) == seen;
    }

    /** Takes the word if nothing changed since {@link #read} gave this version. */
    boolean take(long seen) {
        boolean taken = VERSION.compareAndSet(this, seen, seen + 1);
        VarHandle.storeStoreFence();
        return taken;
    }

    /** Takes the word, whatever changed. */
    void take() {
        while (!take(read())) {
            Thread.onSpinWait();
        }
    }

    /** Gives the word back; only by the thread that took it. */
    void release() {
        VERSION.setRelease(this, (long) VERSION.getOpaque(this) + 1);
    }
}
