// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process in good order when its memory is exhausted: a node that lost a thread to that, or only collects
 * garbage, answers its peers and its operator wrongly or not at all. It is told by uncaught errors of any thread, and
 * sees by itself when the heap stays full. Its thread is started while there is memory, and needs none to act.
 */
public final class MemoryGuard {

    private static final String LINE = "ippan-node: ERROR out of memory; stopping with exit code "
            + ExitCode.OUT_OF_MEMORY + ". Give the process a larger heap (java -Xmx)";
    private static final long LOOK_MILLIS = 500;
    /** So often in a row the heap must be full after a collection. */
    private static final int LOOKS = 10;
    private static final double FULL = 0.98;
    private static final int RESERVE_BYTES = 1 << 18;

    private final Shutdown shutdown;
    private final CountDownLatch exhausted = new CountDownLatch(1);
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().matches(".*(Old|Tenured).*")).toList();

    /** Let go of before anything else is done: to say why, and to end in good order, takes memory too. */
    private volatile byte[] reserve = new byte[RESERVE_BYTES];

    private MemoryGuard(Shutdown shutdown) {
        this.shutdown = shutdown;
    }

    /** Begins to watch the process. */
    public static void install(Shutdown shutdown) {
        MemoryGuard guard = new MemoryGuard(shutdown);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof OutOfMemoryError) {
                guard.exhausted.countDown();
            } else if (before != null) {
                before.uncaughtException(thread, failure);
            } else {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                failure.printStackTrace();
            }
        });
        Thread thread = new Thread(guard::watch, "ippan-node-memory");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        int full = 0;
        long collections = 0;
        try {
            while (full < LOOKS && !exhausted.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
                full = now > collections && isFull() ? full + 1 : 0;
                collections = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (OutOfMemoryError e) {
            // What this thread was looking for.
            full = LOOKS;
        }
        reserve = null;
        say();
        shutdown.fail(ExitCode.OUT_OF_MEMORY);
    }

    private static void say() {
        try {
            System.err.println(LINE);
        } catch (OutOfMemoryError e) {
            // Others took the reserve: the exit code has to say it.
            return;
        }
    }

    /** Whether next to nothing was free after the last collection of what lives long. */
    private boolean isFull() {
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage after = pool.getCollectionUsage();
            if (after != null && after.getMax() > 0 && after.getUsed() > FULL * after.getMax()) {
                return true;
            }
        }
        return false;
    }
}
