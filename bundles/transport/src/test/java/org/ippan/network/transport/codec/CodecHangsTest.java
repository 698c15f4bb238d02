// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Codecs that do not return: they hold the thread that called them no longer than some seconds, and no other one. */
final class CodecHangsTest {

    private static final int ZSTD = PayloadCodec.ZSTD;
    private static final Map<String, Object> FIRST = Map.of("service.id", 1L);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] TEXT = "all work and no play ".repeat(200).getBytes();

    private final AtomicLong now = new AtomicLong();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Throwable> traces = new CopyOnWriteArrayList<>();
    private final CallbackFaults faults = new CallbackFaults(now::get, (line, trace) -> {
        log.add(line);
        traces.add(trace == null ? new Throwable() : trace);
    });
    private final Codecs codecs = new Codecs(() -> 1, new CodecCounters(), now::get, faults);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Hanging hanging = new Hanging();

    /** Does not return until it is interrupted, or the test is over; says then that what it got is malformed. */
    private final class Hanging extends FakeCodec {

        private volatile boolean ignoresInterrupts;
        private volatile boolean quick;
        private volatile boolean compresses;
        private volatile Thread inside;

        Hanging() {
            super(ZSTD);
        }

        private void hang() {
            inside = Thread.currentThread();
            if (quick) {
                return;
            }
            try {
                if (ignoresInterrupts) {
                    Uninterrupted.await(System::nanoTime, 60_000, nanos -> {
                        over.await();
                        return true;
                    });
                } else {
                    over.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public CodecWorker newWorker() {
            CodecWorker worker = super.newWorker();
            return new CodecWorker() {
                @Override
                public int compress(byte[] raw, byte[] target, int limit) {
                    if (!compresses) {
                        hang();
                    }
                    return worker.compress(raw, target, limit);
                }

                @Override
                public boolean inflate(ByteBuffer packed, byte[] raw) {
                    hang();
                    return over.getCount() == 0 || quick;
                }

                @Override
                public void close() {
                    worker.close();
                }
            };
        }
    }

    /** What a thread of the node got, and whether it goes on with an interrupt. */
    private record Result(Object value, boolean interrupted) {
    }

    private static CompletableFuture<Result> call(String thread, Callable<Object> task) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                Object value = task.call();
                result.complete(new Result(value, Thread.currentThread().isInterrupted()));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        }, thread);
        caller.setDaemon(true);
        caller.start();
        return result;
    }

    private CompletableFuture<Result> inflate(String thread) {
        return call(thread, () -> codecs.inflate(ZSTD, ByteBuffer.allocate(1), new byte[1]));
    }

    private CompletableFuture<Result> compress(String thread) {
        return call(thread, () -> codecs.compress(ZSTD, TEXT));
    }

    private void await(String what, BooleanSupplier condition) {
        Eventually.until(() -> what + " " + log + " " + faults.callbackFaults(), SOON, condition);
    }

    private void awaitInside() {
        await("a thread is inside", () -> hanging.inside != null);
    }

    private List<CallbackFault> faults(CallbackProblem problem) {
        return faults.callbackFaults().stream().filter(fault -> fault.problem() == problem).toList();
    }

    @AfterEach
    void end() {
        over.countDown();
        codecs.close();
    }

    @Test
    void shouldInterruptAndGiveUpACodecThatHangsWhileItInflates() throws Exception {
        codecs.put(hanging, FIRST);
        CompletableFuture<Result> link = inflate("io-7");
        awaitInside();

        now.addAndGet(CodecCalls.LIMIT_NANOS);

        assertEquals(new Result(false, false), link.get(), "no fault of the peer's, and no interrupt left");
        assertEquals(1, codecs.codecs(), "peers are told");
        CallbackFault fault = faults(CallbackProblem.DISMISSED).get(0);
        assertEquals("a call did not return within 3 s and was interrupted, thread=io-7", fault.detail());
        assertEquals("codec " + Hanging.class.getName(), fault.subject());
        assertEquals(List.of("The codec " + Hanging.class.getName() + " failed and is not used any more: "
                + fault.detail()), log);
        assertTrue(List.of(traces.get(0).getStackTrace()).toString().contains("Hanging.hang"), "it says where");
        assertEquals(0, hanging.closed, "that might hang, too");
        codecs.remove(hanging, FIRST);
        assertEquals(1, hanging.closed);
    }

    @Test
    void shouldFreeAPublisherFromACodecThatHangsWhileItCompresses() throws Exception {
        codecs.put(hanging, FIRST);
        CompletableFuture<Result> publisher = compress("publisher");
        awaitInside();

        now.addAndGet(CodecCalls.LIMIT_NANOS);

        assertEquals(new Result(null, false), publisher.get());
        assertEquals(1, codecs.codecs());
    }

    @Test
    void shouldNotUseItAgainBeforeItsRegistrationEnds() throws Exception {
        codecs.put(hanging, FIRST);
        CompletableFuture<Result> link = inflate("io-7");
        awaitInside();
        now.addAndGet(CodecCalls.LIMIT_NANOS);
        link.get();
        hanging.quick = true;

        codecs.put(hanging, Map.of("service.id", 1L, "service.ranking", 5));
        assertEquals(1, codecs.codecs(), "other properties make it no better");
        assertEquals(1, faults(CallbackProblem.DISMISSED).size());
        codecs.remove(hanging, FIRST);
        assertEquals(List.of(), faults.callbackFaults());
        codecs.put(hanging, Map.of("service.id", 2L));

        assertEquals(3, codecs.codecs());
        assertNotNull(codecs.compress(ZSTD, TEXT));
    }

    /** The first that hangs is one too many; the others do without, or wait for a moment. */
    @Test
    void shouldKeepOtherThreadsOutWhileACallTakesLong() throws Exception {
        codecs.put(hanging, FIRST);
        CompletableFuture<Result> first = inflate("io-7");
        awaitInside();
        hanging.quick = true;

        now.addAndGet(CodecCalls.LONG_NANOS);
        await("nothing is compressed with it", () -> codecs.compress(ZSTD, TEXT) == null);
        hanging.inside = null;
        CompletableFuture<Result> second = inflate("io-8");
        Eventually.always("it waits outside", Duration.ofMillis(300),
                () -> !second.isDone() && hanging.inside == null);
        over.countDown();

        assertEquals(new Result(true, false), first.get());
        assertEquals(new Result(true, false), second.get());
        assertEquals(3, codecs.codecs());
        assertEquals(List.of(), faults.callbackFaults());
        await("it is used again", () -> codecs.compress(ZSTD, TEXT) != null);
    }

    @Test
    void shouldLoseOnlyTheThreadThatIsInACodecThatIgnoresInterrupts() throws Exception {
        hanging.ignoresInterrupts = true;
        hanging.compresses = true;
        codecs.put(hanging, FIRST);
        CompletableFuture<Result> lost = inflate("io-7");
        awaitInside();
        now.addAndGet(CodecCalls.LONG_NANOS);
        await("others stay out", () -> codecs.compress(ZSTD, TEXT) == null);
        CompletableFuture<Result> waits = inflate("io-8");

        now.addAndGet(CodecCalls.LIMIT_NANOS);
        assertEquals(new Result(false, false), waits.get());
        assertEquals(List.of(), faults(CallbackProblem.HUNG));
        now.addAndGet(CodecCalls.LOST_NANOS);
        await("it is told", () -> !faults(CallbackProblem.HUNG).isEmpty());

        assertEquals("thread=io-7", faults(CallbackProblem.HUNG).get(0).detail());
        assertFalse(lost.isDone());
        codecs.remove(hanging, FIRST);
        assertEquals(List.of(), faults(CallbackProblem.DISMISSED));
        await("the thread is still lost", () -> !faults(CallbackProblem.HUNG).isEmpty());
        over.countDown();
        assertEquals(new Result(false, false), lost.get());
        await("it has returned", () -> faults(CallbackProblem.HUNG).isEmpty());
    }

    /** Of a bundle that went while it was called nothing is told, but that its thread is lost. */
    @Test
    void shouldInterruptACodecThatHangsAfterItWent() throws Exception {
        codecs.put(hanging, FIRST);
        CompletableFuture<Result> link = inflate("io-7");
        awaitInside();
        codecs.remove(hanging, FIRST);

        now.addAndGet(CodecCalls.LIMIT_NANOS);

        assertEquals(new Result(false, false), link.get());
        assertEquals(List.of(), faults.callbackFaults());
        assertEquals(List.of(), log);
    }

    @Test
    void shouldNotWaitForACodecThatHangsWhenTheNodeStops() throws Exception {
        codecs.put(hanging, FIRST);
        CompletableFuture<Result> link = inflate("io-7");
        awaitInside();

        codecs.close();

        assertEquals(new Result(false, false), link.get());
    }

    /** The thread that looks is there only while there is something to look at. */
    @Test
    void shouldNeedNoThreadForDeflate() {
        assertNotNull(codecs.compress(PayloadCodec.DEFLATE, TEXT));
        assertEquals(0, watchers());
        codecs.put(hanging, FIRST);
        await("one looks", () -> watchers() == 1);

        codecs.remove(hanging, FIRST);
        codecs.close();

        await("it has ended", () -> watchers() == 0);
        assertNull(codecs.compress(ZSTD, TEXT));
    }

    private static long watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ippan-transport-codecs")).count();
    }
}
