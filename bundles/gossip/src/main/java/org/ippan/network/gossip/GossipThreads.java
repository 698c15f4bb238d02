// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Call;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackThreads;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.Environment;

/** The threads of the bundle. All are daemons, and gone when it stops, but for those that hang in an application. */
final class GossipThreads {

    private static final String PREFIX = "ippan-gossip-";
    /** Of all stages: which application's one that hangs is, its stack trace tells. */
    private static final Subject STAGE = new Subject(CallbackKind.COMPLETION_STAGE, CompletableFuture.class.getName(),
            "", CallbackKind.COMPLETION_STAGE);
    private static final int MAX_LISTENER_THREADS = 256;
    private static final int MAX_PUBLISHER_THREADS = 64;
    /** Each validator uses as many as are configured, one more, and those that are written off. */
    private static final int MAX_VALIDATOR_THREADS = 1024;
    /** Bytes of frames in one segment of a log: a read or a write of a socket fills about one. */
    private static final int SEGMENT_BYTES = 64 * 1024;
    /** How long validators and listeners are waited for when the node stops: one of them may hang. */
    private static final long DELIVER_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** How long links are waited for: a slow line takes its time. */
    private static final long SEND_NANOS = TimeUnit.SECONDS.toNanos(4);
    /** How long publishers are told what became of their messages where that takes more threads than there are. */
    private static final long TELL_MILLIS = 2_000;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Consumer<Throwable> onFailure;
    private final TimerThreads relay = new TimerThreads(PREFIX + "relay") {
        @Override
        protected void failed(Throwable failure) {
            super.failed(failure);
            onFailure.accept(failure);
        }
    };
    private final CallbackThreads validators = new CallbackThreads(PREFIX + "validator", MAX_VALIDATOR_THREADS);
    private final CallbackThreads listeners = new CallbackThreads(PREFIX + "listener", MAX_LISTENER_THREADS);
    private final CallbackThreads publishers = new CallbackThreads(PREFIX + "publisher", MAX_PUBLISHER_THREADS);

    GossipThreads(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        // A link that comes up just now still decides: after the bundle stopped nothing is left to do later.
        relay.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    private static Callbacks callbacks(CallbackThreads threads) {
        return new Callbacks(threads, threads::isCrowded);
    }

    /** What applications do when a future completes may hang, and then has to be told of. */
    private static Runnable watched(Runnable task, CallbackFaults faults) {
        return () -> {
            Call call = faults.begin(STAGE);
            try {
                task.run();
            } finally {
                call.end();
            }
        };
    }

    /** For callbacks that are neither validators nor listeners. */
    Executor publishers() {
        return publishers;
    }

    /** What the core takes from the world. */
    Environment environment(CallbackFaults faults) {
        // Peers see some of what it chooses, and are not to know how it began.
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        return new Environment(Ticker.system(), System::currentTimeMillis, random, relay,
                callbacks(validators), callbacks(listeners),
                new Callbacks(task -> publishers.execute(watched(task, faults)), publishers::isCrowded), faults,
                Runtime.getRuntime().maxMemory(), SEGMENT_BYTES);
    }

    /**
     * Waits until all work is done, but only so long for each kind. An interrupted thread waits too: that must not cost
     * messages.
     *
     * @param delivered whether applications have had what was accepted
     * @param sent whether links have sent it
     */
    void drain(BooleanSupplier delivered, BooleanSupplier sent) {
        long start = System.nanoTime();
        boolean interrupted = false;
        long waited;
        do {
            interrupted |= Thread.interrupted();
            // First of all: a link's thread may be in the middle of taking a message in.
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            waited = System.nanoTime() - start;
        } while (waited < DELIVER_NANOS && !delivered.getAsBoolean() || waited < SEND_NANOS && !sent.getAsBoolean());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the threads.
     *
     * @param last tells publishers that nothing more is sent: what they do then may hang, and there are threads for it
     */
    void stop(Runnable last) {
        relay.shutdownNow();
        Uninterrupted.end(validators);
        Uninterrupted.end(listeners);
        last.run();
        Uninterrupted.poll(Ticker.system(), TELL_MILLIS, () -> !publishers.isCrowded());
        publishers.stop();
    }
}
